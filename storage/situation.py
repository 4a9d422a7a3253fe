"""How things stand with a chat when somebody writes there: all that must be known before an answer, in one look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import sqlalchemy as sa

from storage import tables
from storage.chats import language_chosen, whole
from storage.column_types import Text
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
    asked = {"chat": chat, "whole": whole(chat), "person": person, "now": now}
    return Situation(*(await conn.execute(_looked_up(), asked)).one())


@cache
def _looked_up() -> sa.Select[Any]:
    """Always one row, whatever is known."""
    chat, person = sa.bindparam("chat", type_=Text), sa.bindparam("person", type_=Text)
    state = sa.select(_CHATS.c.state).where(_CHATS.c.key == chat)
    language = language_chosen(chat, sa.bindparam("whole", type_=Text))
    mine = (_DIALOGS.c.chat == chat, _DIALOGS.c.person == person, _DIALOGS.c.expires_at > sa.bindparam("now"))
    question = sa.select(_DIALOGS.c.command).where(*mine)
    return sa.select(*(one.scalar_subquery() for one in (state, language, question)))
