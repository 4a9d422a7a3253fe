"""Which updates of a chat system were answered, kept over restarts, so that none is answered twice.

They are kept for longer than a chat system offers them again (`storage.retention`; Telegram: a day).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert_into

_UPDATES = tables.updates


class Seen(enum.Enum):
    """NEW: nobody has answered it; it is ours now. DONE: answered. BEGUN: somebody else has begun to answer it, and
    either is still at it or died over it."""

    NEW = enum.auto()
    DONE = enum.auto()
    BEGUN = enum.auto()


async def begin(
    conn: Connection, transport: str, numbers: Sequence[int], owner: str, now: dt.datetime
) -> tuple[Seen, ...]:
    """Note, before the first word goes out, that `owner` answers these updates. What is found of each, in their order;
    of two with the same number only the first can be new."""
    row = {"transport": transport, "owner": owner, "done": False, "begun_at": now}
    new = set(
        (
            await conn.execute(_noted(conn.dialect.name), [row | {"number": number} for number in sorted(numbers)])
        ).scalars()
    )
    done = await _done(conn, transport, set(numbers) - new)
    found: list[Seen] = []
    for number in numbers:
        found.append(Seen.NEW if number in new else Seen.DONE if done.get(number) else Seen.BEGUN)
        new.discard(number)
    return tuple(found)


async def owner(conn: Connection, transport: str, number: int) -> str | None:
    """Who is answering it; None where it is answered, or unknown."""
    asked = sa.select(_UPDATES.c.owner).where(*_one(transport, number), ~_UPDATES.c.done)
    found: str | None = (await conn.execute(asked)).scalar_one_or_none()
    return found


async def take_over(conn: Connection, transport: str, number: int, owner: str, now: dt.datetime) -> bool:
    """Whether it has become ours: it was begun by somebody else, and not finished."""
    left = sa.update(_UPDATES).where(*_one(transport, number), ~_UPDATES.c.done, _UPDATES.c.owner != owner)
    return (await conn.execute(left.values(owner=owner, begun_at=now))).rowcount > 0


async def finish(conn: Connection, transport: str, numbers: Collection[int]) -> None:
    """They are answered."""
    await conn.execute(_finished(), {"of": transport, "numbers": list(numbers)})


@cache
def _noted(dialect: str) -> sa.Insert:
    return insert_into(dialect, _UPDATES).on_conflict_do_nothing().returning(_UPDATES.c.number)


@cache
def _finished() -> sa.Update:
    these = _UPDATES.c.number.in_(sa.bindparam("numbers", expanding=True))
    return sa.update(_UPDATES).where(_UPDATES.c.transport == sa.bindparam("of"), these).values(done=True)


async def _done(conn: Connection, transport: str, numbers: Collection[int]) -> Mapping[int, bool]:
    """Of those that are known, whether they are answered."""
    if not numbers:
        return {}
    known = sa.select(_UPDATES.c.number, _UPDATES.c.done)
    rows = await conn.execute(known.where(_UPDATES.c.transport == transport, _UPDATES.c.number.in_(numbers)))
    return {row.number: row.done for row in rows}


def _one(transport: str, number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return _UPDATES.c.transport == transport, _UPDATES.c.number == number
