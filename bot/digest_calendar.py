"""When a chat's digest is due and when it wants quiet: computed from its own calendar and clock, never from an
interval. Pure; the time is an argument.

A day has exactly one moment for a chat's digest, also when the clocks change: an hour that comes twice counts the
first time, one that is left out gives way to the first valid time behind it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from zoneinfo import ZoneInfo

from storage.chats import EVERY_DAY, Chat

_MINUTE = dt.timedelta(minutes=1)
_DAY = dt.timedelta(days=1)
_WEEK = 7


def due_date(chat: Chat, now: dt.datetime) -> dt.date | None:
    """The local date whose digest is due: the latest of its days whose moment has come, unless it was closed already.

    So many missed days give one digest. A moment before the chat existed was not missed. A date that has not come yet
    was closed by a clock that ran ahead and stands in the way of none: what a digest holds is taken once, whatever its
    date. (Who changes to a zone with an earlier date keeps none of these: `handlers.wishes`.) Raises
    `zoneinfo.ZoneInfoNotFoundError` for an unknown zone.
    """
    if chat.digest_minute is None:
        return None
    zone = ZoneInfo(chat.timezone)
    today = now.astimezone(zone).date()
    for back in range(_WEEK + 1):
        date = today - back * _DAY
        if _is_its_day(chat, date) and moment_on(date, chat.digest_minute, zone) <= now:
            missed = moment_on(date, chat.digest_minute, zone) >= chat.created_at
            last = chat.last_digest_on
            fresh = last is None or last < date or last > today
            return date if missed and fresh else None
    return None


def next_moment(chat: Chat, now: dt.datetime) -> dt.datetime | None:
    """The next moment of its digest after `now`; None if it wants none."""
    if chat.digest_minute is None:
        return None
    zone = ZoneInfo(chat.timezone)
    today = now.astimezone(zone).date()
    moments = (
        moment_on(date, chat.digest_minute, zone)
        for date in (today + ahead * _DAY for ahead in range(_WEEK + 2))
        if _is_its_day(chat, date)
    )
    return next((moment for moment in moments if moment > now), None)


def quiet_until(chat: Chat, now: dt.datetime) -> dt.datetime | None:
    """The end of the quiet hours that `now` lies in (UTC); None outside of them."""
    if chat.quiet_from is None or chat.quiet_until is None:
        return None
    zone = ZoneInfo(chat.timezone)
    today = now.astimezone(zone).date()
    for date in (today - _DAY, today):
        last = date if chat.quiet_from < chat.quiet_until else date + _DAY
        begin, end = moment_on(date, chat.quiet_from, zone), moment_on(last, chat.quiet_until, zone)
        if begin <= now < end:
            return end
    return None


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


def _is_its_day(chat: Chat, date: dt.date) -> bool:
    return bool((chat.digest_days & EVERY_DAY or EVERY_DAY) >> date.weekday() & 1)
