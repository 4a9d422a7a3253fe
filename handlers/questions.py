"""Questions that the bot asks and answers that are typed: a command that the next line completes."""

from __future__ import annotations

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.subscription_commands import CancelQuestion
from storage import dialogs
from storage.database import Connection
from storage.dialogs import Opening


async def ask(conn: Connection, command: str, incoming: Incoming) -> None:
    """The next line that this person types in this chat stands behind that command."""
    await dialogs.ask(conn, incoming.chat, _person(incoming), command, incoming.at)


async def opening(conn: Connection, incoming: Incoming) -> Opening:
    """The chat's language, and the command that waits for an answer of this person."""
    return await dialogs.opening(conn, incoming.chat, _person(incoming), incoming.at)


async def end_question(incoming: Incoming, services: Services) -> None:
    async with services.database.begin() as conn:
        await dialogs.end(conn, incoming.chat, _person(incoming))


async def cancel_question(_command: CancelQuestion, _incoming: Incoming, services: Services) -> Reply:
    """Any command ends an open question, so there is nothing left to do but to say so."""
    texts = services.texts
    return Reply((plain(texts("question.cancelled")),), ((Button(texts("button.subscriptions"), "/abos"),),))


def is_answer(line: str) -> bool:
    """Whether a line is none of our commands."""
    return bool(line) and not line.startswith(("/", "~"))


def cancel_row(texts: Texts) -> ButtonRow:
    return (Button(texts("button.cancel"), "/abbrechen"),)


def _person(incoming: Incoming) -> str:
    return incoming.user or ""
