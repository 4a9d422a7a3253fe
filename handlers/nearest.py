"""Agenda numbers that look like what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FAR = 1000
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


def nearest_numbers(typed: str, known: Sequence[str], limit: int) -> tuple[str, ...]:
    """Agenda numbers near the typed one: those that share its beginning, then by distance; in reading order."""
    wanted = _tokens(typed)
    ranked = sorted(known, key=lambda number: _distance(wanted, _tokens(number)))[:limit]
    return tuple(sorted(ranked, key=_reading_order))


def _tokens(number: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in _TOKEN.findall(number))


def _distance(wanted: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int, int]:
    """(how much of the beginning differs, how far apart the first difference is, difference in length)."""
    common = next((at for at, (a, b) in enumerate(zip(wanted, other, strict=False)) if a != b), None)
    if common is None:
        # "2.1.a" is a part of what was typed as "2.1"; "2" is not what was meant by it.
        return -min(len(wanted), len(other)), 0 if len(other) >= len(wanted) else _FAR, abs(len(wanted) - len(other))
    return -common, _apart(wanted[common], other[common]), abs(len(wanted) - len(other))


def _apart(a: str, b: str) -> int:
    if a.isdecimal() and b.isdecimal():
        return abs(int(a) - int(b))
    return abs(ord(a[0]) - ord(b[0])) if a.isdecimal() == b.isdecimal() else _FAR


def _reading_order(number: str) -> tuple[tuple[bool, int, str], ...]:
    return tuple((not token.isdecimal(), int(token) if token.isdecimal() else 0, token) for token in _tokens(number))
