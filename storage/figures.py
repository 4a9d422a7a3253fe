"""The store in numbers, for whoever watches the service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from storage import outbox, outbox_desk, tables
from storage.database import Connection

_COUNTED = (tables.resolutions, tables.publications, tables.chats, tables.subscriptions, tables.received)


@dataclass(frozen=True, slots=True)
class Figures:
    """`rows` counts by table; `outbox` and `oldest` go by the state of a message.

    `overdue`: since when the chat is due whose digest has waited longest; None where none has. `waiting`: messages that
    are put off, by the reason.
    """

    rows: Mapping[str, int]
    outbox: Mapping[str, int]
    oldest: Mapping[str, dt.datetime]
    overdue: dt.datetime | None
    waiting: tuple[outbox_desk.Waiting, ...] = ()


async def figures(conn: Connection, now: dt.datetime) -> Figures:
    rows = {table.name: await _count(conn, table) for table in _COUNTED}
    counts, oldest = await outbox.counts(conn), await outbox_desk.oldest(conn, now)
    return Figures(rows, counts, oldest, await _overdue(conn, now), await outbox_desk.waiting(conn, now))


async def _count(conn: Connection, table: sa.Table) -> int:
    return (await conn.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


async def _overdue(conn: Connection, now: dt.datetime) -> dt.datetime | None:
    chats = tables.chats
    due = (chats.c.look_at <= now, chats.c.state == "active", chats.c.barred_at.is_(None))
    found: dt.datetime | None = (await conn.execute(sa.select(sa.func.min(chats.c.look_at)).where(*due))).scalar_one()
    return found
