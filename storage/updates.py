"""Which updates of a chat system were answered, kept over restarts, so that none is answered twice."""

from __future__ import annotations

import datetime as dt
import enum

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

_UPDATES = tables.updates

KEPT = dt.timedelta(days=3)
"""Telegram offers an update for a day."""


class Seen(enum.Enum):
    """NEW: nobody has answered it; it is ours now. DONE: answered. BEGUN: somebody else has begun to answer it, and
    either is still at it or died over it."""

    NEW = enum.auto()
    DONE = enum.auto()
    BEGUN = enum.auto()


async def begin(conn: Connection, transport: str, number: int, owner: str, now: dt.datetime) -> Seen:
    """Note, before the first word goes out, that `owner` answers this update."""
    row = {"transport": transport, "number": number, "owner": owner, "done": False, "begun_at": now}
    noted = insert(conn, _UPDATES).values(row).on_conflict_do_nothing().returning(_UPDATES.c.number)
    if (await conn.execute(noted)).first() is not None:
        return Seen.NEW
    done = (await conn.execute(sa.select(_UPDATES.c.done).where(*_one(transport, number)))).scalar_one()
    return Seen.DONE if done else Seen.BEGUN


async def owner(conn: Connection, transport: str, number: int) -> str | None:
    """Who is answering it; None where it is answered, or unknown."""
    asked = sa.select(_UPDATES.c.owner).where(*_one(transport, number), ~_UPDATES.c.done)
    found: str | None = (await conn.execute(asked)).scalar_one_or_none()
    return found


async def take_over(conn: Connection, transport: str, number: int, owner: str, now: dt.datetime) -> bool:
    """Whether it has become ours: it was begun by somebody else, and not finished."""
    left = sa.update(_UPDATES).where(*_one(transport, number), ~_UPDATES.c.done, _UPDATES.c.owner != owner)
    return (await conn.execute(left.values(owner=owner, begun_at=now))).rowcount > 0


async def finish(conn: Connection, transport: str, number: int, now: dt.datetime) -> None:
    """It is answered; what is too old to come again is forgotten."""
    await conn.execute(sa.update(_UPDATES).where(*_one(transport, number)).values(done=True))
    await conn.execute(sa.delete(_UPDATES).where(_UPDATES.c.begun_at < now - KEPT))


def _one(transport: str, number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return _UPDATES.c.transport == transport, _UPDATES.c.number == number
