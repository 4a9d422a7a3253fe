"""Which strangers were told today that the bot is not open to them: once a day is enough.

Kept are keyed hashes of their chats only.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

_TABLE = tables.turned_away


async def first_today(conn: Connection, who: str, today: dt.date) -> bool:
    """Whether nobody told them yet on that day; from now on somebody has. Other days are forgotten."""
    await conn.execute(sa.delete(_TABLE).where(_TABLE.c.told_on < today))
    told = insert(conn, _TABLE).values(who=who, told_on=today).on_conflict_do_nothing()
    return (await conn.execute(told.returning(_TABLE.c.who))).first() is not None
