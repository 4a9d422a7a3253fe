"""Several notices to one chat become one overview: after an outage, after a pause, in a burst.

The first of them turns into the overview and keeps its place in the queue; the others end as `expired`, each naming the
message that tells what they would have told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from storage.database import Connection
from storage.outbox import COLUMNS, UNCLAIMED, OutboxMessage, about, message_of
from storage.reasons import merged
from storage.tables import outbox as table

MOST = 500
"""Notices in one overview; the rest makes the next one."""


async def gather(
    conn: Connection, claimed: Sequence[OutboxMessage], now: dt.datetime, most: int, old: dt.timedelta
) -> tuple[OutboxMessage, ...]:
    """The claimed messages, with those in front of many (more than `most`, or any when older than `old`) as overviews.

    Only notices that were never begun take part: the words of the others are fixed.
    """
    waiting = await _waiting(conn, [message.chat for message in claimed if message.kind == "notice"])
    return tuple([await _gathered(conn, message, waiting.get(message.chat, 0), now, most, old) for message in claimed])


async def _waiting(conn: Connection, chats: Sequence[str]) -> Mapping[str, int]:
    """How many notices of each chat could be gathered, the claimed ones included."""
    if not chats:
        return {}
    counted = sa.select(table.c.chat, sa.func.count()).where(*_open_notices(), table.c.chat.in_(chats))
    return {row[0]: row[1] for row in await conn.execute(counted.group_by(table.c.chat))}


async def _gathered(
    conn: Connection, message: OutboxMessage, waiting: int, now: dt.datetime, most: int, old: dt.timedelta
) -> OutboxMessage:
    stale = waiting > 1 and now - message.created_at > old
    if message.kind != "notice" or not (waiting > most or stale):
        return message
    rest = sa.select(*COLUMNS).where(*_open_notices(), table.c.chat == message.chat, table.c.id != message.id)
    # What is locked is about to be held back.
    free = rest.order_by(table.c.turn, table.c.part).limit(MOST - 1).with_for_update(skip_locked=True)
    rows = (await conn.execute(free)).all()
    others = [message_of(row) for row in rows]
    await _end(conn, others, message.id, now)
    return await _as_overview(conn, message, others)


async def _end(conn: Connection, others: Sequence[OutboxMessage], told_in: int, now: dt.datetime) -> None:
    ended = {"state": "expired", "ended_at": now, "reason": f"told in message {told_in}", **UNCLAIMED}
    await conn.execute(sa.update(table).where(table.c.id.in_([other.id for other in others])).values(ended))


async def _as_overview(conn: Connection, first: OutboxMessage, others: Sequence[OutboxMessage]) -> OutboxMessage:
    payload = {"date": None, "entries": entries(message.payload for message in (first, *others))}
    values = {"kind": "digest", "payload": payload, "about": about(payload)}
    changed = sa.update(table).where(table.c.id == first.id).values(values).returning(*COLUMNS)
    return message_of((await conn.execute(changed)).one())


def entries(notices: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One for each resolution, in the order of the first notices: its newest revision, and all that changed since what
    the reader was told before."""
    found: dict[int, dict[str, Any]] = {}
    for notice in notices:
        entry = found.setdefault(notice["resolution"], {"since": _told_before(notice), **notice})
        labels = merged(entry["subscriptions"], notice["subscriptions"])
        entry |= {"revision": max(entry["revision"], notice["revision"]), "subscriptions": labels}
    return list(found.values())


def _told_before(notice: Mapping[str, Any]) -> int:
    return notice["revision"] - 1 if notice.get("change") == "changed" else 0


def _open_notices() -> tuple[sa.ColumnElement[bool], ...]:
    """Corrections go out by themselves, each with its own words."""
    return table.c.state == "pending", table.c.kind == "notice", ~table.c.event.startswith("correction:")
