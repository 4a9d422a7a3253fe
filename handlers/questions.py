"""Questions that the bot asks and answers that are typed: a command that the next line completes."""

from __future__ import annotations

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.subscription_commands import CancelQuestion
from handlers.subscription_list import ASKS
from handlers.subscription_list import completed as list_completed
from storage import dialogs
from storage.database import Connection
from storage.situation import Situation, situation_of

CANCELS = "/abbrechen"


async def ask(conn: Connection, command: str, incoming: Incoming) -> None:
    """The next line that this person types in this chat stands behind that command."""
    await dialogs.ask(conn, incoming.chat, _person(incoming), command, incoming.at)


async def situation(conn: Connection, incoming: Incoming) -> Situation:
    """Its language, and the command that waits for an answer of this person's, among others."""
    return await situation_of(conn, incoming.chat, _person(incoming), incoming.at)


async def end_question(question: str, incoming: Incoming, services: Services) -> None:
    """That one; what was asked since stays open."""
    async with services.database.begin() as conn:
        await dialogs.end(conn, incoming.chat, _person(incoming), question)


async def cancel_question(_command: CancelQuestion, _incoming: Incoming, services: Services) -> Reply:
    """Any command ends an open question, so there is nothing left to do but to say so."""
    texts = services.texts
    return Reply((plain(texts("question.cancelled")),), ((Button(texts("button.subscriptions"), "/abos"),),))


def outlasts(question: str, line: str) -> bool:
    """Whether it waits on while something else is asked: a list that was shown is kept for its hour, unless it is
    cancelled."""
    _, asks, lines = question.partition(ASKS)
    return bool(asks and lines) and line != CANCELS


def completed(question: str | None, line: str, text: str) -> str | None:
    """The command that the question and its answer are together, if it is one; `text` is the line as it was typed."""
    if question is None:
        return None
    if ASKS in question:
        return list_completed(question, text)
    return f"{question} {line}" if line and not line.startswith(("/", "~")) else None


def cancel_row(texts: Texts) -> ButtonRow:
    return (Button(texts("button.cancel"), CANCELS),)


def _person(incoming: Incoming) -> str:
    return incoming.user or ""
