"""Updates that a webhook brought: kept before they are acknowledged, gone when they were handled.

So what Telegram was told we have, we have, also after a crash; and any process that shares the store may handle it.
Of each chat only the oldest update can be claimed, so a chat's updates are handled in their order, whoever does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage.database import Connection
from storage.tables import received as table
from storage.upsert import insert


@dataclass(frozen=True, slots=True)
class Received:
    """`number` is the chat system's own, `body` the update as it came."""

    number: int
    body: Mapping[str, Any]


async def keep(
    conn: Connection, transport: str, number: int, chat: str, body: Mapping[str, Any], now: dt.datetime
) -> bool:
    """Whether it is new; one that waits already is left as it is. `chat`: whose order it belongs to."""
    row = {"transport": transport, "number": number, "chat": chat, "body": dict(body), "received_at": now}
    kept = insert(conn, table).values(row).on_conflict_do_nothing().returning(table.c.number)
    return (await conn.execute(kept)).first() is not None


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


async def end(conn: Connection, transport: str, number: int) -> None:
    """It was handled, or never can be."""
    await conn.execute(sa.delete(table).where(table.c.transport == transport, table.c.number == number))


async def release(conn: Connection, alive: Collection[int]) -> int:
    """Set free what instances had claimed that are not among those alive; how many."""
    left = (table.c.claimed_by.is_not(None), table.c.claimed_by.not_in(alive))
    return (await conn.execute(sa.update(table).where(*left).values(claimed_until=None, claimed_by=None))).rowcount


async def waiting(conn: Connection) -> int:
    """How many there are that were not handled yet."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


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
