"""Questions that the bot has asked and whose answer it takes from the next typed line, one for each chat and person.

A question is kept as the command that its answer completes: "/meinabo 12 name".
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from storage import tables
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


async def open_question(conn: Connection, chat: str, person: str, now: dt.datetime) -> str | None:
    """The command that waits for its end; None where none does, or not any more."""
    mine = (_TABLE.c.chat == chat, _TABLE.c.person == person, _TABLE.c.expires_at > now)
    return (await conn.execute(sa.select(_TABLE.c.command).where(*mine))).scalar_one_or_none()


async def end(conn: Connection, chat: str, person: str, command: str | None = None) -> bool:
    """Whether there was one; with `command`: whether it was that one."""
    mine = sa.delete(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.person == person)
    if command is not None:
        mine = mine.where(_TABLE.c.command == command)
    return (await conn.execute(mine)).rowcount > 0
