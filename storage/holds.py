"""What an operator does about a resolution that was told wrongly: hold it back, let it go, correct it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from storage import changes, digests, outbox, tables
from storage.database import Connection
from storage.outbox import COLUMNS, OutboxMessage, message_of
from storage.upsert import insert

_OUTBOX = tables.outbox
_HOLDS = tables.holds


async def held(conn: Connection) -> frozenset[int]:
    """The ids of the resolutions that are held back."""
    return frozenset((await conn.execute(sa.select(_HOLDS.c.resolution_id))).scalars())


async def hold(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Tell nobody of it until `release`; how many messages that stops. What is under way goes on."""
    await changes.lock_news(conn)
    row = {"resolution_id": resolution, "held_at": now}
    await conn.execute(insert(conn, _HOLDS).values(row).on_conflict_do_nothing())
    return await stop_notices(conn, resolution) + await _leave_out(conn, resolution, now)


async def release(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Tell of it after all, at the end of each chat's queue; how many messages that sets free."""
    await changes.lock_news(conn)
    await conn.execute(sa.delete(_HOLDS).where(_HOLDS.c.resolution_id == resolution))
    waiting = _OUTBOX.c.state == "held", _OUTBOX.c.about == f"|{resolution}|"
    places = sa.select(_OUTBOX.c.id).where(*waiting).order_by(_OUTBOX.c.turn, _OUTBOX.c.part).with_for_update()
    freed = {"state": "pending", "due_at": now, "turn": outbox.next_turn(conn)}
    ids = (await conn.execute(places)).scalars().all()
    for id in ids:
        await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == id).values(freed))
    return len(ids)


async def stop_notices(conn: Connection, resolution: int) -> int:
    """Notices of a held resolution stand aside (none, if it is not held)."""
    is_held = sa.exists().where(_HOLDS.c.resolution_id == resolution)
    stopped = sa.update(_OUTBOX).where(*_unsent("notice"), _OUTBOX.c.about == f"|{resolution}|", is_held)
    return (await conn.execute(stopped.values(state="held", claimed_until=None))).rowcount


async def correct(conn: Connection, resolution: int, revision: int, words: str, now: dt.datetime) -> int:
    """Write to everybody who received a message about it, or may have; to how many chats.

    The correction shows the resolution as it is now, under the operator's `words`.
    """
    about = _OUTBOX.c.about.contains(f"|{resolution}|", autoescape=True)
    received = sa.select(_OUTBOX.c.chat).where(about, _OUTBOX.c.state.in_(("sent", "unknown"))).distinct()
    chats = (await conn.execute(received.order_by(_OUTBOX.c.chat))).scalars().all()
    event = f"correction:{resolution}:{now.isoformat()}"
    payload = {"resolution": resolution, "revision": revision, "subscriptions": [], "change": "corrected"}
    for chat in chats:
        await outbox.enqueue(conn, chat, event, "notice", payload | {"words": words}, now)
    return len(chats)


async def _leave_out(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Take it out of digests that were not composed yet; it waits for a later one."""
    contained = _OUTBOX.c.about.contains(f"|{resolution}|", autoescape=True)
    # Locked: one that is being composed at this moment is either left out of, or seen as composed.
    unsent = sa.select(*COLUMNS).where(*_unsent("digest"), contained).order_by(_OUTBOX.c.id)
    rows = (await conn.execute(unsent.with_for_update())).all()
    for message in map(message_of, rows):
        await _without(conn, message, resolution, now)
    return len(rows)


async def _without(conn: Connection, message: OutboxMessage, resolution: int, now: dt.datetime) -> None:
    all_entries: list[dict[str, Any]] = list(message.payload["entries"])
    kept = [entry for entry in all_entries if entry["resolution"] != resolution]
    for entry in all_entries:
        if entry["resolution"] == resolution:
            await digests.put(
                conn, message.chat, resolution, entry["revision"], entry["change"], entry["subscriptions"], now
            )
    payload = {**message.payload, "entries": kept}
    values: dict[str, object] = {"payload": payload, "about": outbox.about(payload)}
    if not kept:
        values |= {"state": "expired", "ended_at": now, "reason": "all it told of is held back"}
    await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == message.id).values(values))


def _unsent(kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Never begun, so not composed either: a row that was, is of kind text."""
    return _OUTBOX.c.state == "pending", _OUTBOX.c.kind == kind
