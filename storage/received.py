"""Updates that a webhook brought: kept before they are acknowledged, gone when they were handled.

So what Telegram was told we have, we have, also after a crash; and any process that shares the store may handle it.
Of each chat only the oldest update can be claimed, so a chat's updates are handled in their order, whoever does it.
The instance that it arrives at claims it in the statement that keeps it, if nothing of its chat waits already.
(Telegram sends the next update of a chat only when it knows that we have the one before.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage.column_types import Moment
from storage.database import Connection
from storage.tables import received as table
from storage.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Received:
    """`number` is the chat system's own, `body` the update as it came."""

    number: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrived(Received):
    """`chat`: whose order it belongs to."""

    chat: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Until `until`; `owner`: the number of the instance, for others to know whether it is alive."""

    until: dt.datetime
    owner: int | None = None


async def keep(
    conn: Connection, transport: str, arrived: Sequence[Arrived], now: dt.datetime, claim: Claim | None = None
) -> frozenset[int]:
    """Keep those that are new; one that waits already is left as it is. Gives the numbers of those that are `claim`ed
    with it: new, and the first of their chat."""
    chats: set[str] = set()
    rows = []
    for one in sorted(arrived, key=lambda one: one.number):  # the older first; and nobody waits in a circle
        until = claim.until if claim and one.chat not in chats else None
        chats.add(one.chat)
        row = {"transport": transport, "number": one.number, "chat": one.chat, "body": dict(one.body)}
        owned = {"claimed_by": claim.owner if claim and until else None}
        rows.append(row | owned | {"received_at": now, "of": transport, "among": one.chat, "until": until})
    kept = await conn.execute(_kept(conn.dialect.name), rows)
    return frozenset(number for number, until in kept if until is not None)


async def claim(
    conn: Connection, transport: str, now: dt.datetime, lease: dt.timedelta, limit: int, owner: int | None = None
) -> tuple[Received, ...]:
    """Take up to `limit` for oneself, oldest first, until the lease ends. `owner`: the number of the instance."""
    # A common table expression, so that it is evaluated once: a subquery might be again for each row.
    free = _claimable(transport, now, limit).cte("free")
    mine = sa.update(table).where(table.c.transport == transport, table.c.number.in_(sa.select(free.c.number)))
    rows = await conn.execute(
        mine.values(claimed_until=now + lease, claimed_by=owner).returning(table.c.number, table.c.body)
    )
    return tuple(Received(row.number, row.body) for row in sorted(rows, key=lambda row: row.number))


async def end(conn: Connection, transport: str, numbers: Collection[int]) -> bool:
    """They were handled, or never can be. Whether another waits of a chat that one of them came from."""
    ended = await conn.execute(_ended(), {"transport": transport, "numbers": list(numbers)})
    chats = set(ended.scalars())
    return (
        bool(chats)
        and (await conn.execute(_another(), {"transport": transport, "chats": list(chats)})).first() is not None
    )


async def release(conn: Connection, alive: Collection[int]) -> int:
    """Set free what instances had claimed that are not among those alive; how many."""
    left = (table.c.claimed_by.is_not(None), table.c.claimed_by.not_in(alive))
    return (await conn.execute(sa.update(table).where(*left).values(claimed_until=None, claimed_by=None))).rowcount


async def waiting(conn: Connection) -> int:
    """How many there are that were not handled yet."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


@cache
def _kept(dialect: str) -> sa.Insert:
    """One statement for all of them, whose claim falls away where their chat has something that waits."""
    older = table.alias("older")
    waits = sa.exists().where(older.c.transport == sa.bindparam("of"), older.c.chat == sa.bindparam("among"))
    until = sa.case((waits, None), else_=sa.bindparam("until", type_=Moment))
    new = insert_into(dialect, table).values(claimed_until=until).on_conflict_do_nothing()
    return new.returning(table.c.number, table.c.claimed_until)


@cache
def _ended() -> sa.Executable:
    these = table.c.number.in_(sa.bindparam("numbers", expanding=True))
    return sa.delete(table).where(table.c.transport == sa.bindparam("transport"), these).returning(table.c.chat)


@cache
def _another() -> sa.Select[tuple[int]]:
    theirs = table.c.chat.in_(sa.bindparam("chats", expanding=True))
    return sa.select(table.c.number).where(table.c.transport == sa.bindparam("transport"), theirs).limit(1)


def _claimable(transport: str, now: dt.datetime, limit: int) -> sa.Select[tuple[int]]:
    mine, older = table.alias("mine"), table.alias("older")
    same_chat = (older.c.transport == mine.c.transport, older.c.chat == mine.c.chat)
    first_waits = sa.exists().where(*same_chat, older.c.number < mine.c.number)
    return (
        sa.select(mine.c.number)
        .where(mine.c.transport == transport, ~first_waits)
        .where(sa.or_(mine.c.claimed_until.is_(None), mine.c.claimed_until <= now))
        .order_by(mine.c.number)
        .limit(limit)
        .with_for_update(skip_locked=True, of=mine)
    )
