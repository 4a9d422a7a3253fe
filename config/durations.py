"""Durations as people write them in data files: a number and a unit, such as "30m", "6h" or "180d"."""

from __future__ import annotations

import datetime as dt
import re

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_WRITTEN = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[smhd])")


def parse_duration(text: str) -> dt.timedelta:
    """The duration that `text` means; raises `ValueError` that says what would be right."""
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        raise ValueError(f'is {text!r}: right is a number and one of s, m, h, d, such as "30m", "6h" or "180d"')
    return dt.timedelta(**{_UNITS[match["unit"]]: int(match["number"])})


def write_duration(duration: dt.timedelta) -> str:
    """The shortest writing that `parse_duration` reads back; parts of a second are dropped."""
    seconds = int(duration.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
