"""Known words whose spelling is near to what somebody typed."""

from __future__ import annotations

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
