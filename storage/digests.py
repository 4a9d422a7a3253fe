"""What waits for a chat's next daily digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from storage import outbox, tables
from storage.chats import Chat
from storage.database import Connection
from storage.upsert import insert

_ENTRIES = tables.digest_entries
_CHATS = tables.chats


async def waiting(conn: Connection) -> tuple[Chat, ...]:
    """The active chats that have a digest time or entries waiting (or both)."""
    has_entries = sa.exists().where(_ENTRIES.c.chat == _CHATS.c.key)
    chosen = sa.and_(_CHATS.c.state == "active", sa.or_(_CHATS.c.digest_minute.is_not(None), has_entries))
    rows = await conn.execute(sa.select(_CHATS).where(chosen).order_by(_CHATS.c.key))
    return tuple(Chat(**row._mapping) for row in rows)


async def entries(conn: Connection, chat: str) -> int:
    """How many entries wait for that chat."""
    mine = sa.select(sa.func.count()).select_from(_ENTRIES).where(_ENTRIES.c.chat == chat)
    return (await conn.execute(mine)).scalar_one()


async def put(
    conn: Connection,
    chat: str,
    resolution_id: int,
    revision: int,
    change: str,
    labels: Sequence[str],
    now: dt.datetime,
) -> None:
    """Let a resolution wait for the digest; one that waits already is brought to the new revision.

    A reader who has not heard of it yet is still told that it is new, and of all changes since what was told before,
    so `change` and `since` stay as they were first put.
    """
    since = revision - 1 if change == "changed" else 0
    values = {"chat": chat, "resolution_id": resolution_id, "change": change, "since": since, "created_at": now}
    renewed = {"revision": revision, "labels": list(labels)}
    statement = insert(conn, _ENTRIES).values(values | renewed)
    await conn.execute(statement.on_conflict_do_update(index_elements=["chat", "resolution_id"], set_=renewed))


async def close(conn: Connection, chat: str, local_date: dt.date, now: dt.datetime) -> int:
    """Close the chat's digest of that local date: all entries that wait become ONE outbox row.

    Returns how many entries it holds. A date that was closed before, or an earlier one, gives 0 and changes nothing;
    a day without entries is closed silently.
    """
    open_still = sa.or_(_CHATS.c.last_digest_on.is_(None), _CHATS.c.last_digest_on < local_date)
    closing = sa.update(_CHATS).where(_CHATS.c.key == chat, open_still).values(last_digest_on=local_date)
    if (await conn.execute(closing)).rowcount == 0:
        return 0
    collected = await _take(conn, chat)
    if collected:
        payload = {"date": local_date.isoformat(), "entries": collected}
        await outbox.enqueue(conn, chat, f"digest:{local_date.isoformat()}", "digest", payload, now)
    return len(collected)


async def _take(conn: Connection, chat: str) -> list[dict[str, object]]:
    mine = sa.select(_ENTRIES).where(_ENTRIES.c.chat == chat)
    rows = (await conn.execute(mine.order_by(_ENTRIES.c.created_at, _ENTRIES.c.resolution_id))).all()
    await conn.execute(sa.delete(_ENTRIES).where(_ENTRIES.c.chat == chat))
    return [
        {
            "resolution": row.resolution_id,
            "revision": row.revision,
            "subscriptions": row.labels,
            "change": row.change,
            "since": row.since,
        }
        for row in rows
    ]
