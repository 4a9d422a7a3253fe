"""Whose daily digest is due: computed from the chat's own calendar and clock, never from an interval.

A day has exactly one moment for a chat's digest, also when the clocks change: an hour that comes twice counts the
first time, one that is left out gives way to the first valid time behind it. Each local date is closed once, so a
missed day (the program was down) is made up for at the next tick, and two missed days give one digest.
"""

from __future__ import annotations

import datetime as dt
import logging
from bisect import bisect_left
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.services import Services
from storage import digests
from storage.chats import Chat

# 07:30, for entries of a chat that has no time of its own: it switched its digest off while something waited.
MORNING = 7 * 60 + 30

_MINUTE = dt.timedelta(minutes=1)

_log = logging.getLogger(__name__)


def is_due(chat: Chat, now: dt.datetime) -> bool:
    """Whether a digest of that chat should be enqueued at `now` (aware)."""
    return due_date(chat, now) is not None


def due_date(chat: Chat, now: dt.datetime) -> dt.date | None:
    """The local date whose digest is due: the latest one whose moment has come, unless it was closed already.

    A moment before the chat existed was not missed. Raises `zoneinfo.ZoneInfoNotFoundError` for an unknown zone.
    """
    if chat.digest_minute is None:
        return None
    zone = ZoneInfo(chat.timezone)
    date = now.astimezone(zone).date()
    if moment_on(date, chat.digest_minute, zone) > now:
        date -= dt.timedelta(days=1)
    missed = moment_on(date, chat.digest_minute, zone) >= chat.created_at
    fresh = chat.last_digest_on is None or chat.last_digest_on < date
    return date if missed and fresh else None


def moment_on(date: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    """When the clocks of `zone` show that minute of that date (0 … 1439), as UTC."""
    wall = dt.datetime.combine(date, dt.time(minute // 60, minute % 60))
    # PEP 495: in a gap the later of the two readings is fold=0, and the first valid minute lies between them.
    moment = wall.replace(tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    earliest = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    minutes = [earliest + step * _MINUTE for step in range((moment - earliest) // _MINUTE + 1)]
    at = bisect_left(minutes, wall, key=lambda each: each.astimezone(zone).replace(tzinfo=None))
    return minutes[at]


async def enqueue_digests(services: Services, now: dt.datetime, sent_from: dt.datetime | None = None) -> int:
    """Enqueue every digest that is due at `now`; how many. Calling it again changes nothing.

    They may be sent from `now` on, or from `sent_from`: an operator who asks what another moment would bring sends it
    at once. Each chat is its own transaction: one that fails is logged and does not hold up the others.
    """
    async with services.database.read() as conn:
        waiting = await digests.waiting(conn)
    return sum([await _enqueue(services, chat, now, sent_from or now) for chat in waiting])


async def _enqueue(services: Services, chat: Chat, now: dt.datetime, sent_from: dt.datetime) -> bool:
    try:
        date = due_date(chat if chat.digest_minute is not None else replace(chat, digest_minute=MORNING), now)
        if date is None:
            return False
        async with services.database.begin() as conn:
            return await digests.close(conn, chat.key, date, sent_from) > 0
    except Exception:
        _log.exception("digest.failed", extra={"fields": {"date": now.date().isoformat(), "zone": chat.timezone}})
        return False
