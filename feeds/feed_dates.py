"""Dates as German publishers write them into feeds, which feedparser gives up on.

Seen: "Do, 20 Nov 2025 10:00:00 +0100", "20. November 2025, 10:00 Uhr", "20.11.2025 10:00", and the English form without
its zone. A time without a zone is German time.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from feeds.german_dates import MONTHS

_SHORT = {name[:3].lower(): number for name, number in MONTHS.items()}
_ABBREVIATED = _SHORT | {"mrz": 3, "mae": 3, "mar": 3, "may": 5, "oct": 10, "dec": 12}
_HOURS = {"GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2}
_BERLIN = "Europe/Berlin"

_DATE = re.compile(
    r"(?:[^\W\d]+\.?,?\s*)?"
    r"(?P<day>\d{1,2})(?:\.\s*|\s+)(?P<month>[^\W\d]{3,9}|\d{1,2}(?=\.))\.?\s*(?P<year>\d{4})"
    r"(?:[\s,T]+(?:um\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*Uhr)?)?"
    r"\s*(?P<zone>[+-]\d{2}:?\d{2}|[A-Z]{1,4})?"
)


def parse_feed_date(text: str) -> dt.datetime | None:
    """The moment in UTC that `text` names, or None; a date alone is its first minute."""
    match = _DATE.fullmatch(text.strip())
    month = _month(match["month"]) if match else None
    zone = _zone(match["zone"]) if match else None
    if not match or not month or not zone:
        return None
    try:
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        local = dt.datetime(int(match["year"]), month, int(match["day"]), hour, minute, second, tzinfo=zone)
        return local.astimezone(dt.UTC)
    except (ValueError, OverflowError):  # the 31st of February, or the first hour of the year 1
        return None


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _ABBREVIATED.get(text[:3].lower())


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return ZoneInfo(_BERLIN)
    if text in _HOURS:
        return dt.timezone(dt.timedelta(hours=_HOURS[text]))
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", text)
    if not match or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    offset = dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
    return dt.timezone(-offset if match[1] == "-" else offset)
