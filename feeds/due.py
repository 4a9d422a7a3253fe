"""Until when a date that is told more or less exactly can still be meant."""

from __future__ import annotations

import calendar
import datetime as dt

from feeds.record import DateMention


def due_on(mention: DateMention) -> dt.date:
    """The last day of what the text says: of the month or year where it names no day."""
    date = mention.date
    if mention.precision == "day":
        return date
    month = 12 if mention.precision == "year" else date.month
    return dt.date(date.year, month, calendar.monthrange(date.year, month)[1])
