"""Agenda numbers that look like what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FAR = 1000
_NEAR_LETTERS = 3
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


def nearest_numbers(typed: str, known: Sequence[str], limit: int) -> tuple[str, ...]:
    """Agenda numbers near the typed one: by shared beginning, then by distance. Its own parts ("2.1.a" of
    "2.1") stand first, then all in reading order. () where nothing known is of its kind."""
    wanted = _tokens(typed)
    alike = (number for number in known if _is_alike(wanted, _tokens(number)))
    ranked = sorted(alike, key=lambda number: _distance(wanted, _tokens(number)))[:limit]
    return tuple(sorted(ranked, key=lambda number: (not _is_part(wanted, _tokens(number)), _reading_order(number))))


def _is_alike(wanted: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both begin with a figure, or with the same letters, or with letters next to each other in the alphabet;
    a word is near to no number."""
    if not wanted or not other:
        return False
    first, second = wanted[0], other[0]
    if first.isdecimal() or second.isdecimal():
        return first.isdecimal() and second.isdecimal()
    return first == second or (len(first) == len(second) == 1 and abs(ord(first) - ord(second)) <= _NEAR_LETTERS)


def _is_part(wanted: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(wanted) and other[: len(wanted)] == wanted


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
