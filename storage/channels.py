"""Channels, and the private chats that they are managed from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import sqlalchemy as sa

from storage import chats, tables
from storage.database import Connection
from storage.upsert import insert

_TABLE = tables.channels


@dataclass(frozen=True, slots=True)
class Channel:
    """`chat` is the channel, `manager` the private chat of somebody who manages it; several may."""

    id: int
    chat: str
    manager: str
    title: str
    connected_at: dt.datetime


_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Channel))


async def connect(
    conn: Connection, chat: str, manager: str, title: str, timezone: str, now: dt.datetime
) -> tuple[Channel, bool]:
    """Let the channel be managed from there; whether that is new. `timezone`: of a channel that was not known."""
    await chats.ensure(conn, chat, timezone, now)
    row = {"chat": chat, "manager": manager, "title": title, "connected_at": now}
    made = insert(conn, _TABLE).values(row).on_conflict_do_nothing().returning(_TABLE.c.id)
    new = (await conn.execute(made)).first() is not None
    mine = (_TABLE.c.chat == chat, _TABLE.c.manager == manager)
    await conn.execute(sa.update(_TABLE).where(*mine).values(title=title))
    return Channel(**(await conn.execute(sa.select(*_COLUMNS).where(*mine))).one()._mapping), new


async def of_manager(conn: Connection, manager: str) -> tuple[Channel, ...]:
    """Oldest first."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.manager == manager).order_by(_TABLE.c.id))
    return tuple(Channel(**row._mapping) for row in rows)


async def get(conn: Connection, manager: str, id: int) -> Channel | None:
    """Only if it is managed from there."""
    row = (await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.manager == manager, _TABLE.c.id == id))).first()
    return None if row is None else Channel(**row._mapping)


async def is_one(conn: Connection, chat: str) -> bool:
    """Whether that chat is a channel that somebody manages."""
    return (await conn.execute(sa.select(_TABLE.c.id).where(_TABLE.c.chat == chat).limit(1))).first() is not None


async def disconnect(conn: Connection, channel: Channel) -> bool:
    """It is not managed from there any more. Without anybody else who manages it, all of it is erased: True."""
    await conn.execute(sa.delete(_TABLE).where(_TABLE.c.id == channel.id))
    if await is_one(conn, channel.chat):
        return False
    await chats.forget(conn, channel.chat)
    return True
