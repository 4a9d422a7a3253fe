"""What waits for a chat's next daily digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from storage import changes, outbox, tables
from storage.chats import Chat
from storage.database import Connection
from storage.reasons import Kept
from storage.upsert import insert

_ENTRIES = tables.digest_entries
_CHATS = tables.chats


async def due(conn: Connection, now: dt.datetime, limit: int) -> tuple[Chat, ...]:
    """Active chats whose digest is to be looked at now, the longest overdue first."""
    chosen = (_CHATS.c.look_at <= now, _CHATS.c.state == "active", _CHATS.c.barred_at.is_(None))
    rows = await conn.execute(sa.select(_CHATS).where(*chosen).order_by(_CHATS.c.look_at, _CHATS.c.key).limit(limit))
    return tuple(Chat(**row._mapping) for row in rows)


async def look_again(
    conn: Connection, moments: Mapping[str, dt.datetime | None], seen: Mapping[str, dt.datetime] | None = None
) -> None:
    """When to look at each chat the next time; None: not before something is put there, or its wishes change.

    `seen`: the `look_at` of those that were looked at. One whose wishes have changed since then stays due.
    """
    if not moments:
        return
    again = sa.update(_CHATS).where(_CHATS.c.key == sa.bindparam("chat")).values(look_at=sa.bindparam("moment"))
    rows: list[dict[str, object]] = [{"chat": key, "moment": moment} for key, moment in moments.items()]
    if seen is not None:
        again = again.where(_CHATS.c.look_at == sa.bindparam("seen"))
        rows = [{**row, "seen": seen[str(row["chat"])]} for row in rows if row["chat"] in seen]
    if rows:
        await conn.execute(again, rows)


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
    labels: Sequence[Kept],
    now: dt.datetime,
    not_before: dt.date | None = None,
) -> None:
    """Let a resolution wait for the digest; one that waits already is brought to the new revision.

    A reader who has not heard of it yet is still told that it is new, and of all changes since what was told before,
    so `change` and `since` stay as they were first put. `labels`: see `storage.reasons`. `not_before`: the local date
    of the first digest that it may stand in; of two such dates the earlier one holds, None being the earliest.
    """
    since = revision - 1 if change == "changed" else 0
    values = {"chat": chat, "resolution_id": resolution_id, "change": change, "since": since, "created_at": now}
    renewed = {"revision": revision, "labels": list(labels), "not_before": _earlier(not_before)}
    statement = insert(conn, _ENTRIES).values(values | renewed | {"not_before": not_before})
    await conn.execute(statement.on_conflict_do_update(index_elements=["chat", "resolution_id"], set_=renewed))
    forgotten = sa.update(_CHATS).where(_CHATS.c.key == chat, _CHATS.c.look_at.is_(None))
    await conn.execute(forgotten.values(look_at=now))


def _earlier(date: dt.date | None) -> sa.ColumnElement[dt.date] | None:
    """That date, or the one that stands there, if it is earlier or none."""
    if date is None:
        return None
    there = _ENTRIES.c.not_before
    return sa.case((sa.or_(there.is_(None), there <= date), there), else_=date)


@dataclass(frozen=True, slots=True)
class Closing:
    """A digest to close: the chat, its local date, and whether it is told that a day brought nothing.

    `last`: the date closed last by which it was found due; where that lies ahead, a wrong clock closed it.
    """

    chat: str
    date: dt.date
    empty_too: bool = False
    last: dt.date | None = None


async def close(conn: Connection, chat: str, local_date: dt.date, now: dt.datetime) -> int:
    """Close the chat's digest of that local date: all entries that wait become ONE outbox row.

    Returns how many entries it holds. A date that was closed before, or an earlier one, gives 0 and changes nothing
    (unless `Closing.last` says by which one it was found due); a day without entries is closed silently.
    """
    return (await close_all(conn, [Closing(chat, local_date)], now)).get(chat, 0)


async def close_all(conn: Connection, closings: Sequence[Closing], now: dt.datetime) -> Mapping[str, int]:
    """As `close`, for many chats in a few statements: how many entries each chat's digest holds that got one."""
    await changes.lock_news(conn)
    closed = await _mark_closed(conn, closings)
    collected = await _take(conn, closed)
    written = [closing for closing in closed if closing.empty_too or collected.get(closing.chat)]
    events = await _events(conn, written, now)
    rows = [
        outbox.Row(closing.chat, events[closing.chat], "digest", _payload(closing, collected.get(closing.chat, [])))
        for closing in written
    ]
    await outbox.enqueue_all(conn, rows, now)
    return {closing.chat: len(collected.get(closing.chat, [])) for closing in written}


async def _mark_closed(conn: Connection, closings: Sequence[Closing]) -> list[Closing]:
    """Those that were still open."""
    keys = [closing.chat for closing in closings]
    last = dict(
        (await conn.execute(sa.select(_CHATS.c.key, _CHATS.c.last_digest_on).where(_CHATS.c.key.in_(keys)))).all()
    )
    still = [one for one in closings if one.chat in last and _is_open(one, last[one.chat])]
    if still:
        closing = sa.update(_CHATS).where(_CHATS.c.key == sa.bindparam("chat"))
        values = [{"chat": one.chat, "date": one.date} for one in still]
        await conn.execute(closing.values(last_digest_on=sa.bindparam("date")), values)
    return still


def _is_open(one: Closing, last: dt.date | None) -> bool:
    return last is None or last < one.date or (one.last is not None and last == one.last != one.date)


async def _take(conn: Connection, closings: Sequence[Closing]) -> dict[str, list[dict[str, object]]]:
    """The entries that wait, off the table; those about held resolutions and for a later day stay."""
    free = _ENTRIES.c.resolution_id.not_in(sa.select(tables.holds.c.resolution_id))
    theirs = (sa.or_(sa.false(), *_up_to(closings)), free)
    taken = await conn.execute(sa.delete(_ENTRIES).where(*theirs).returning(*_ENTRIES.c))
    rows = sorted(taken, key=lambda row: (row.chat, row.created_at, row.resolution_id))
    return {chat: [_entry(row) for row in own] for chat, own in groupby(rows, key=lambda row: row.chat)}


def _up_to(closings: Sequence[Closing]) -> Iterator[sa.ColumnElement[bool]]:
    """One condition for each local date, which few chats do not share."""
    for date in sorted({closing.date for closing in closings}):
        keys = [closing.chat for closing in closings if closing.date == date]
        ripe = sa.or_(_ENTRIES.c.not_before.is_(None), _ENTRIES.c.not_before <= date)
        yield sa.and_(_ENTRIES.c.chat.in_(keys), ripe)


def _entry(row: sa.Row[Any]) -> dict[str, object]:
    return {
        "resolution": row.resolution_id,
        "revision": row.revision,
        "subscriptions": row.labels,
        "change": row.change,
        "since": row.since,
    }


async def _events(conn: Connection, closings: Sequence[Closing], now: dt.datetime) -> Mapping[str, str]:
    """By chat; where a wrong clock has written one of that date already, with the moment behind it."""
    names = {closing.chat: f"digest:{closing.date.isoformat()}" for closing in closings}
    box = tables.outbox
    twins = sa.select(box.c.chat, box.c.event).where(box.c.chat.in_(names), box.c.event.in_(set(names.values())))
    taken = {(chat, event) for chat, event in (await conn.execute(twins)).all()}
    return {chat: f"{event}:{now.isoformat()}" if (chat, event) in taken else event for chat, event in names.items()}


def _payload(closing: Closing, entries: list[dict[str, object]]) -> dict[str, object]:
    return {"date": closing.date.isoformat(), "entries": entries}
