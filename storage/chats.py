"""The chats that use the bot: no more about them than their key, zone and digest time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

_CHATS = tables.chats


@dataclass(frozen=True, slots=True)
class Chat:
    """`key` is "<transport>:<id>"; `digest_minute` counts from local midnight in `timezone` (IANA name)."""

    key: str
    timezone: str
    digest_minute: int | None
    last_digest_on: dt.date | None
    state: Literal["active", "paused"]
    created_at: dt.datetime


async def get(conn: Connection, key: str) -> Chat | None:
    """None where the chat is unknown."""
    row = (await conn.execute(sa.select(_CHATS).where(_CHATS.c.key == key))).first()
    return None if row is None else Chat(**row._mapping)


async def ensure(conn: Connection, key: str, timezone: str, now: dt.datetime) -> Chat:
    """The chat, made with that zone if it is not known yet (a known one keeps its own)."""
    new = {"key": key, "timezone": timezone, "state": "active", "created_at": now}
    await conn.execute(insert(conn, _CHATS).values(new).on_conflict_do_nothing())
    return Chat(**(await conn.execute(sa.select(_CHATS).where(_CHATS.c.key == key))).one()._mapping)


async def set_digest(conn: Connection, key: str, minute: int | None) -> Chat | None:
    """Set or clear the time of the daily digest (0 … 1439); None where the chat is unknown."""
    await _change(conn, key, digest_minute=minute)
    return await get(conn, key)


async def pause(conn: Connection, key: str) -> bool:
    """Nothing more is sent, nothing is lost: rows wait. False where the chat is unknown."""
    return await _change(conn, key, state="paused")


async def resume(conn: Connection, key: str) -> bool:
    """Send again, what waited first. False where the chat is unknown."""
    return await _change(conn, key, state="active")


async def forget(conn: Connection, key: str) -> bool:
    """Erase everything about the chat, messages included. False where nothing was kept."""
    messages = await conn.execute(sa.delete(tables.outbox).where(tables.outbox.c.chat == key))
    chat = await conn.execute(sa.delete(_CHATS).where(_CHATS.c.key == key))
    return messages.rowcount + chat.rowcount > 0


async def move(conn: Connection, old: str, new: str) -> bool:
    """A chat got a new key (group → supergroup): subscriptions and messages go along.

    If the new key is known already (it wrote before we heard of the move), both become one, with the settings of the
    old one. False where nothing was kept of the old key.
    """
    if old == new:
        return False
    messages = await _hand_over(conn, tables.outbox, old, new, ("event", "revision", "part"))
    former = await get(conn, old)
    if former is None:
        return messages > 0
    if await get(conn, new) is None:
        return await _change(conn, old, key=new)
    await _merge(conn, former, new)
    return True


async def count(conn: Connection) -> int:
    """How many chats are known."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(_CHATS))).scalar_one()


async def _change(conn: Connection, chat: str, **values: object) -> bool:
    return (await conn.execute(sa.update(_CHATS).where(_CHATS.c.key == chat).values(values))).rowcount > 0


async def _merge(conn: Connection, former: Chat, new: str) -> None:
    await _hand_over(conn, tables.subscriptions, former.key, new, ("kind", "query_key"))
    await _hand_over(conn, tables.digest_entries, former.key, new, ("resolution_id",))
    await _change(
        conn,
        new,
        timezone=former.timezone,
        digest_minute=former.digest_minute,
        last_digest_on=former.last_digest_on,
        created_at=former.created_at,
    )
    await conn.execute(sa.delete(_CHATS).where(_CHATS.c.key == former.key))


async def _hand_over(conn: Connection, table: sa.Table, old: str, new: str, unique: tuple[str, ...]) -> int:
    """Rows of `old` become rows of `new`; where `new` has the same one (by the `unique` columns), its own stays."""
    own = table.alias("own")
    twin = sa.exists().where(own.c.chat == new, *(own.c[name] == table.c[name] for name in unique))
    await conn.execute(sa.delete(table).where(table.c.chat == old, twin))
    return (await conn.execute(sa.update(table).where(table.c.chat == old).values(chat=new))).rowcount
