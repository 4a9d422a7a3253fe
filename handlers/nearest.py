"""What somebody may have meant: known words and numbers that look like what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from config.spelling import fold

_NEAR = 0.6
"""Similarity (0–1, swapped letters count once) below which a proposal is noise: "Sprachkruse" has 0.91."""
_SURE = 0.8
_LEAD = 0.08
"""How much better the best must be than the second to be taken for what was meant."""
_FAR = 1000
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Nearness:
    word: str
    score: float


def nearest_words(typed: str, known: Iterable[str], limit: int) -> tuple[Nearness, ...]:
    """The known words most like the typed one, best first; of words that differ in case only, the first."""
    by_key: dict[str, str] = {}
    for word in known:
        by_key.setdefault(fold(word), word)
    found = process.extract(
        fold(typed), by_key.keys(), scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=limit
    )
    return tuple(Nearness(by_key[key], score) for key, score, _ in found)


def nearness(typed: str, word: str) -> Nearness:
    """How near a proposal from elsewhere is."""
    return Nearness(word, OSA.normalized_similarity(fold(typed), fold(word)))


def is_clear(found: Sequence[Nearness]) -> bool:
    """Whether the first is near, and clearly nearer than the second."""
    if not found or found[0].score < _SURE:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= _LEAD


def nearest_numbers(typed: str, known: Sequence[str], limit: int) -> tuple[str, ...]:
    """Agenda numbers near the typed one: by shared beginning, then by distance. Its own parts ("2.1.a" of
    "2.1") stand first, then all in reading order."""
    wanted = _tokens(typed)
    ranked = sorted(known, key=lambda number: _distance(wanted, _tokens(number)))[:limit]
    return tuple(sorted(ranked, key=lambda number: (not _is_part(wanted, _tokens(number)), _reading_order(number))))


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
