"""Moments in the local time of a chat."""

from __future__ import annotations

import datetime as dt

MORNING = dt.time(8)
"""When the day begins for what is due on a date: early enough for that day's work, and no alarm clock."""


def morning_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Eight o'clock of that day as UTC. No zone changes its clocks at that hour; where one leaves the day out, it is
    the moment at which eight o'clock would have been."""
    return dt.datetime.combine(day, MORNING, zone).astimezone(dt.UTC)
