"""How things stand with a chat when somebody writes there: all that must be known before an answer, in one look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import sqlalchemy as sa

from storage import tables
from storage.chats import language_chosen, whole
from storage.database import Connection

_CHATS, _DIALOGS = tables.chats, tables.dialogs


@dataclass(frozen=True, slots=True)
class Situation:
    """`state`: None where the chat is unknown, else as in `Chat`. `language`: that which was chosen (of two letters).
    `question`: the command that waits for its end from this person (see `storage.dialogs`)."""

    state: Literal["active", "paused"] | None = None
    language: str | None = None
    question: str | None = None


async def situation_of(conn: Connection, chat: str, person: str, now: dt.datetime) -> Situation:
    """One statement: it needs no transaction for a consistent view."""
    asked = {"chat": chat, "forum": whole(chat), "person": person, "now": now}
    return Situation(*(await conn.execute(_statement(), asked)).one())


@cache
def _statement() -> sa.Select[Any]:
    """Made once: it is asked before every answer."""
    asked: list[Any] = [sa.bindparam(name) for name in ("chat", "forum", "person", "now")]
    chat, forum, person, now = asked
    state = sa.select(_CHATS.c.state).where(_CHATS.c.key == chat)
    mine = (_DIALOGS.c.chat == chat, _DIALOGS.c.person == person, _DIALOGS.c.expires_at > now)
    question = sa.select(_DIALOGS.c.command).where(*mine)
    return sa.select(*(one.scalar_subquery() for one in (state, language_chosen(chat, forum), question)))
