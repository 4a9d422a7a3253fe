"""A day as people type it: "1.5.2026", "1. Mai 2026", "2026-05-01", "1.5.", "in 4 Wochen", "morgen"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from feeds.filter_values import date_value
from handlers.wish_arguments import days_of

_DAY_AND_MONTH = re.compile(r"(?P<day>[0-9]{1,2})\.\s*(?:(?P<month>[0-9]{1,2})\.?|(?P<name>[^\W\d_]{3,9}))")
_MONTHS = re.compile(r"(?P<number>[0-9]{1,2}|einem|ein|a|one)\s*(?:monat|monaten|monate|month|months)", re.IGNORECASE)
_WORDS = {"heute": 0, "today": 0, "morgen": 1, "tomorrow": 1, "übermorgen": 2, "uebermorgen": 2}


def typed_date(text: str, today: dt.date) -> dt.date | None:
    """The day meant; one without a year is the next such day from today on. None if it is no day."""
    plain = " ".join(text.casefold().split())
    for word in ("bis zum ", "bis ", "am ", "zum ", "on ", "until ", "by "):
        plain = plain.removeprefix(word)
    if plain in _WORDS:
        return today + dt.timedelta(days=_WORDS[plain])
    return _span(plain.removeprefix("in "), today) or _exact(plain) or _next(plain, today)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of that month."""
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def _span(text: str, today: dt.date) -> dt.date | None:
    if match := _MONTHS.fullmatch(text):
        return add_months(today, int(match["number"]) if match["number"].isdigit() else 1)
    days = None if text.isdigit() else days_of(text)
    return None if days is None else today + dt.timedelta(days=days)


def _exact(text: str) -> dt.date | None:
    value = date_value(text)
    return dt.date.fromisoformat(value) if value and value.count("-") == 2 else None


def _next(text: str, today: dt.date) -> dt.date | None:
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None:
        return None
    candidates = (
        _exact(f"{match['day']}. {match['month'] or match['name']}{'.' if match['month'] else ' '}{year}")
        for year in range(today.year, today.year + 5)
    )
    return next((day for day in candidates if day is not None and day >= today), None)
