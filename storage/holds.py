"""What an operator does about a resolution that was told wrongly: hold it back, let it go, correct it.

Whatever changes what a message tells takes it from whoever has claimed it (`outbox.UNCLAIMED`): words that are being
composed at that moment are not sent, and the message is composed anew.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from storage import changes, digests, outbox, tables
from storage.database import Connection
from storage.outbox import COLUMNS, UNCLAIMED, OutboxMessage, message_of
from storage.upsert import insert

_OUTBOX = tables.outbox
_HOLDS = tables.holds
_ENTRIES = tables.digest_entries


async def held(conn: Connection) -> frozenset[int]:
    """The ids of the resolutions that are held back."""
    return frozenset((await conn.execute(sa.select(_HOLDS.c.resolution_id))).scalars())


async def hold(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Tell nobody of it until `release`; how many messages that stops. What is under way goes on."""
    await changes.lock_news(conn)
    row = {"resolution_id": resolution, "held_at": now}
    await conn.execute(insert(conn, _HOLDS).values(row).on_conflict_do_nothing())
    await _lock_open(conn, resolution)
    return await _stop(conn, resolution, now)


async def keep_back(conn: Connection, message: OutboxMessage, now: dt.datetime) -> None:
    """What was under way when a hold came, and has certainly not arrived, waits again: it is held back after all."""
    if message.resolutions:
        for resolution in sorted(await held(conn) & set(message.resolutions)):
            await _stop(conn, resolution, now)


async def release(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Tell of it after all, at the end of each chat's queue; how many messages that sets free. One that tells of
    another held resolution as well goes on waiting."""
    await changes.lock_news(conn)
    await conn.execute(sa.delete(_HOLDS).where(_HOLDS.c.resolution_id == resolution))
    waiting = sa.select(*COLUMNS).where(_OUTBOX.c.state == "held", _tells_of(resolution))
    rows = await conn.execute(waiting.order_by(_OUTBOX.c.turn, _OUTBOX.c.part).with_for_update())
    still = await held(conn)
    free = [message.id for message in map(message_of, rows) if still.isdisjoint(message.resolutions)]
    freed = {"state": "pending", "due_at": now, "turn": outbox.next_turn(conn)}
    for id in free:
        await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == id).values(freed))
    return len(free)


async def stop_notices(conn: Connection, resolution: int) -> int:
    """Notices of a held resolution stand aside (none, if it is not held), and of what was begun the rest: later parts,
    and what is sent again by hand. A reminder was asked for and goes out."""
    is_held = sa.exists().where(_HOLDS.c.resolution_id == resolution)
    notice = sa.and_(_OUTBOX.c.kind == "notice", _OUTBOX.c.about == f"|{resolution}|")
    begun = sa.and_(_OUTBOX.c.kind == "text", _tells_of(resolution), ~_OUTBOX.c.event.startswith("reminder:"))
    stopped = sa.update(_OUTBOX).where(_OUTBOX.c.state == "pending", sa.or_(notice, begun), is_held)
    return (await conn.execute(stopped.values(state="held", **UNCLAIMED))).rowcount


async def correct(conn: Connection, resolution: int, revision: int, words: str, now: dt.datetime) -> int:
    """Write to everybody who received a message about it, or may have; to how many chats.

    The correction shows the resolution as it is now, under the operator's `words`. Who has not been told yet is told of
    it as it is now.
    """
    await changes.lock_news(conn)
    await _lock_open(conn, resolution)
    await _unfix(conn, resolution)
    await _renew(conn, resolution, revision)
    left = _OUTBOX.c.state.in_(("sent", "sending", "unknown"))
    # What waits with fixed words by now has been begun.
    begun = sa.and_(_OUTBOX.c.state.in_(("pending", "held")), _OUTBOX.c.kind == "text")
    received = sa.select(_OUTBOX.c.chat).where(_tells_of(resolution), sa.or_(left, begun)).distinct()
    chats = (await conn.execute(received.order_by(_OUTBOX.c.chat))).scalars().all()
    event = f"correction:{resolution}:{now.isoformat()}"
    payload = {"resolution": resolution, "revision": revision, "subscriptions": [], "change": "corrected"}
    for chat in chats:
        await outbox.enqueue(conn, chat, event, "notice", payload | {"words": words}, now)
    return len(chats)


async def keep_all_back(conn: Connection, now: dt.datetime) -> None:
    """The same for whatever waits again, of all that is held back."""
    for resolution in sorted(await held(conn)):
        await _stop(conn, resolution, now)


async def _lock_open(conn: Connection, resolution: int) -> None:
    """Who settles one of them at this moment has either done so, or waits, and then knows of what is done here."""
    on_their_way = (_OUTBOX.c.state.in_(("pending", "sending")), _tells_of(resolution))
    await conn.execute(sa.select(_OUTBOX.c.id).where(*on_their_way).order_by(_OUTBOX.c.id).with_for_update())


async def _stop(conn: Connection, resolution: int, now: dt.datetime) -> int:
    await _unfix(conn, resolution)
    return await stop_notices(conn, resolution) + await _leave_out(conn, resolution, now)


async def _unfix(conn: Connection, resolution: int) -> None:
    """Waiting messages that tell of it, and of which certainly nothing has left, are composed anew when they go out."""
    fixed = (_OUTBOX.c.state == "pending", _OUTBOX.c.made_from.is_not(None), _tells_of(resolution))
    rows = sa.select(*COLUMNS, _OUTBOX.c.made_from).where(*fixed).order_by(_OUTBOX.c.id).with_for_update()
    for row in (await conn.execute(rows)).all():
        same = (_OUTBOX.c.chat == row.chat, _OUTBOX.c.event == row.event, _OUTBOX.c.revision == row.revision)
        await conn.execute(sa.delete(_OUTBOX).where(*same, _OUTBOX.c.part > row.part))
        loose = {**row.made_from, "made_from": None, **UNCLAIMED}
        await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == row.id).values(loose))


async def _renew(conn: Connection, resolution: int, revision: int) -> None:
    """What is to be told of it is told by this revision."""
    waiting = (_OUTBOX.c.state.in_(("pending", "held")), _OUTBOX.c.kind.in_(("notice", "digest")))
    rows = sa.select(*COLUMNS).where(*waiting, _tells_of(resolution)).order_by(_OUTBOX.c.id).with_for_update()
    for message in map(message_of, (await conn.execute(rows)).all()):
        payload = _renewed(message.payload, resolution, revision)
        if "entries" in payload:
            payload["entries"] = [_renewed(entry, resolution, revision) for entry in payload["entries"]]
        await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == message.id).values(payload=payload, **UNCLAIMED))
    older = (_ENTRIES.c.resolution_id == resolution, _ENTRIES.c.revision < revision)
    await conn.execute(sa.update(_ENTRIES).where(*older).values(revision=revision))


def _renewed(entry: outbox.Payload, resolution: int, revision: int) -> dict[str, Any]:
    """All that changed since what the reader was told before is still told."""
    if entry.get("resolution") != resolution:
        return dict(entry)
    since = entry.get("since", entry["revision"] - 1 if entry.get("change") == "changed" else 0)
    return {**entry, "revision": revision, "since": since}


async def _leave_out(conn: Connection, resolution: int, now: dt.datetime) -> int:
    """Take it out of digests that have not been begun; it waits for a later one."""
    unsent = (_OUTBOX.c.state == "pending", _OUTBOX.c.kind == "digest", _tells_of(resolution))
    # Locked: one that goes out at this moment has either been begun, or is taken from who composed it.
    rows = sa.select(*COLUMNS).where(*unsent).order_by(_OUTBOX.c.id).with_for_update()
    messages = [message_of(row) for row in await conn.execute(rows)]
    for message in messages:
        await _without(conn, message, resolution, now)
    return len(messages)


async def _without(conn: Connection, message: OutboxMessage, resolution: int, now: dt.datetime) -> None:
    all_entries: list[dict[str, Any]] = list(message.payload["entries"])
    kept = [entry for entry in all_entries if entry["resolution"] != resolution]
    for entry in all_entries:
        if entry["resolution"] == resolution:
            await digests.put(
                conn, message.chat, resolution, entry["revision"], entry["change"], entry["subscriptions"], now
            )
    payload = {**message.payload, "entries": kept}
    values: dict[str, object] = {"payload": payload, "about": outbox.about(payload), **UNCLAIMED}
    if not kept:
        values |= {"state": "expired", "ended_at": now, "reason": "all it told of is held back"}
    await conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == message.id).values(values))


def _tells_of(resolution: int) -> sa.ColumnElement[bool]:
    """Among others, perhaps."""
    return _OUTBOX.c.about.contains(f"|{resolution}|", autoescape=True)
