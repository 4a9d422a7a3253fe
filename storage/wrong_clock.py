"""What a clock that ran ahead has left behind: moments that are far off now that it is right again.

Everything that waits, waits for a moment in a row. A row that was written by a clock of next week would wait until next
week, also after a restart. It is recognised by what cannot be: made in the future, or due later than any rule of ours
puts anything off. Such rows are due now; whoever looks at them then decides by the right clock.

The date of a chat's last digest heals at that look (`bot.digest_calendar.due_date`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa

from storage import tables
from storage.chats import EVERY_DAY
from storage.database import Connection

SLACK = dt.timedelta(minutes=5)
"""Clocks of several machines may differ by so much."""

LONGEST_LEASE = dt.timedelta(minutes=15)
LONGEST_WAIT = dt.timedelta(hours=25)
"""Quiet hours end within a day, also one of 25 hours; whoever is told to wait longer may ask earlier."""

NEXT_DAY = dt.timedelta(hours=26)
NEXT_WEEK = dt.timedelta(days=8)
"""No digest of every day, and none at all, is further off, whatever becomes of clocks and dates."""

FURTHEST_AHEAD = dt.timedelta(hours=14)
"""No place on earth is further ahead of UTC."""

_CHATS, _OUTBOX, _SOURCES, _ENTRIES = tables.chats, tables.outbox, tables.sources, tables.entries


async def heal(conn: Connection, now: dt.datetime) -> int:
    """Make due what waits for a moment that no right clock can have meant; how many rows. Changes nothing else."""
    return sum([(await conn.execute(one)).rowcount for one in _mending(now)])


async def heal_digests(conn: Connection, now: dt.datetime) -> int:
    """As `heal`, of the chats' digests alone: for a moment that is not the real one."""
    return (await conn.execute(_look_again(now))).rowcount


def _mending(now: dt.datetime) -> Iterator[sa.Update]:
    ahead = now + SLACK
    yield sa.update(_CHATS).where(_CHATS.c.created_at > ahead).values(created_at=now, look_at=now)
    yield _look_again(now)
    yield sa.update(_OUTBOX).where(_OUTBOX.c.state == "pending", _misdue(now, ahead)).values(due_at=now)
    leased = (_OUTBOX.c.state.in_(("pending", "sending")), _OUTBOX.c.claimed_until > now + LONGEST_LEASE)
    yield sa.update(_OUTBOX).where(*leased).values(claimed_until=now)
    mistaken = sa.select(_SOURCES.c.id).where(_SOURCES.c.last_try > ahead)
    unread = (_ENTRIES.c.source_id.in_(mistaken), _ENTRIES.c.status != "read", _ENTRIES.c.next_due > now)
    yield sa.update(_ENTRIES).where(*unread).values(next_due=now)
    yield sa.update(_SOURCES).where(_SOURCES.c.last_try > ahead).values(last_try=now, next_due=now)


def _look_again(now: dt.datetime) -> sa.Update:
    return sa.update(_CHATS).where(_CHATS.c.look_at > now, _misdated(now)).values(look_at=now)


def _misdated(now: dt.datetime) -> sa.ColumnElement[bool]:
    daily = sa.and_(_CHATS.c.digest_days == EVERY_DAY, _CHATS.c.look_at > now + NEXT_DAY)
    too_far = sa.or_(daily, _CHATS.c.look_at > now + NEXT_WEEK)
    closed_ahead = _CHATS.c.last_digest_on > (now + FURTHEST_AHEAD).date()
    pauses = sa.and_(_CHATS.c.paused_until.is_not(None), _CHATS.c.paused_until > now)
    return sa.and_(sa.or_(too_far, closed_ahead), ~pauses)


def _misdue(now: dt.datetime, ahead: dt.datetime) -> sa.ColumnElement[bool]:
    made_ahead = sa.and_(_OUTBOX.c.created_at > ahead, _OUTBOX.c.due_at > now)
    return sa.or_(made_ahead, _OUTBOX.c.due_at > now + LONGEST_WAIT)
