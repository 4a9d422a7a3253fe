"""Questions that the bot has asked and whose answer it takes from the next typed line, one for each chat and person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

LASTS = dt.timedelta(hours=1)
"""Who answers later has forgotten the question, and means something else."""

_TABLE = tables.dialogs


@dataclass(frozen=True, slots=True)
class Dialog:
    """`question` names what was asked, `about` what it was about ("" where the question says all)."""

    question: str
    about: str = ""


async def ask(conn: Connection, chat: str, person: str, dialog: Dialog, now: dt.datetime) -> None:
    """From now on the next line answers this question; an older one is dropped, and so are those of others that
    nobody answered in time."""
    await conn.execute(sa.delete(_TABLE).where(_TABLE.c.expires_at <= now))
    asked = {"question": dialog.question, "about": dialog.about, "expires_at": now + LASTS}
    statement = insert(conn, _TABLE).values({"chat": chat, "person": person, **asked})
    await conn.execute(statement.on_conflict_do_update(index_elements=["chat", "person"], set_=asked))


async def open_one(conn: Connection, chat: str, person: str, now: dt.datetime) -> Dialog | None:
    """The question that waits for an answer; None where none does, or not any more."""
    mine = (_TABLE.c.chat == chat, _TABLE.c.person == person, _TABLE.c.expires_at > now)
    row = (await conn.execute(sa.select(_TABLE.c.question, _TABLE.c.about).where(*mine))).first()
    return None if row is None else Dialog(row.question, row.about)


async def end(conn: Connection, chat: str, person: str) -> bool:
    """Whether there was one."""
    mine = sa.delete(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.person == person)
    return (await conn.execute(mine)).rowcount > 0


async def forget(conn: Connection, chat: str) -> int:
    """All of a chat; how many there were."""
    return (await conn.execute(sa.delete(_TABLE).where(_TABLE.c.chat == chat))).rowcount
