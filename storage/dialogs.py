"""Questions that the bot has asked and whose answer it takes from the next typed line, one for each chat and person.

A question is kept as the command that its answer completes: "/meinabo 12 name".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.chats import chosen_language, language_parameters
from storage.database import Connection
from storage.upsert import insert

LASTS = dt.timedelta(hours=1)
"""Who answers later has forgotten the question, and means something else."""

_TABLE = tables.dialogs


async def ask(conn: Connection, chat: str, person: str, command: str, now: dt.datetime) -> None:
    """From now on the next line completes this command; an older question is dropped, and so are those of others that
    nobody answered in time."""
    await conn.execute(sa.delete(_TABLE).where(_TABLE.c.expires_at <= now))
    asked = {"command": command, "expires_at": now + LASTS}
    statement = insert(conn, _TABLE).values({"chat": chat, "person": person, **asked})
    await conn.execute(statement.on_conflict_do_update(index_elements=["chat", "person"], set_=asked))


@dataclass(frozen=True, slots=True)
class Opening:
    """What must be known before a line is answered: the language that the chat has chosen, and the command that waits
    for its end; None where there is none."""

    language: str | None
    question: str | None


async def opening(conn: Connection, chat: str, person: str, now: dt.datetime) -> Opening:
    """As `chats.language_of` and `open_question`, read at once."""
    asked = {**language_parameters(chat), **_parameters(chat, person, now)}
    return Opening(*(await conn.execute(_opening(), asked)).one())


async def open_question(conn: Connection, chat: str, person: str, now: dt.datetime) -> str | None:
    """The command that waits for its end; None where none does, or not any more."""
    return (await conn.execute(_waiting(), _parameters(chat, person, now))).scalar_one_or_none()


@cache
def _opening() -> sa.Select[str | None, str | None]:
    return sa.select(chosen_language().scalar_subquery(), _waiting().scalar_subquery())


@cache
def _waiting() -> sa.Select[str]:
    mine = (_TABLE.c.chat == sa.bindparam("chat"), _TABLE.c.person == sa.bindparam("person"))
    return sa.select(_TABLE.c.command).where(*mine, _TABLE.c.expires_at > sa.bindparam("now"))


def _parameters(chat: str, person: str, now: dt.datetime) -> dict[str, Any]:
    return {"chat": chat, "person": person, "now": now}


async def end(conn: Connection, chat: str, person: str) -> bool:
    """Whether there was one."""
    mine = sa.delete(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.person == person)
    return (await conn.execute(mine)).rowcount > 0
