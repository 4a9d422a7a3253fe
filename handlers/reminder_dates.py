"""When somebody is reminded of a watched demand: local dates, computed from its deadline and the lead time."""

from __future__ import annotations

import datetime as dt

from handlers.moments import morning_of

_DAY = dt.timedelta(days=1)


def first_reminder(due: dt.date | None, lead_days: int, today: dt.date) -> dt.date | None:
    """So many days before the deadline; where that is over, tomorrow; None where the deadline itself is not to come."""
    if due is None or due <= today:
        return None
    return max(due - lead_days * _DAY, today + _DAY)


def next_reminder(due: dt.date | None, today: dt.date) -> dt.date | None:
    """After a reminder that came before the deadline: the day of the deadline."""
    return due if due is not None and due > today else None


def ripe_day(now: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The latest local date whose morning has come: what was to be reminded of until then is due."""
    today = now.astimezone(zone).date()
    return today if morning_of(today, zone) <= now else today - _DAY
