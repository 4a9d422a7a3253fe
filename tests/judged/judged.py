"""What a reader would name for a word, and how well an order of hits does against that.

nDCG as Järvelin and Kekäläinen (2002) define it, with gains 2^grade - 1 and the discount log2(1 + rank).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

FOLDER = Path(__file__).parent
PARTS = ("tuning", "held_out")

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A typed query with the grade (1 to 3) of each resolution that a reader would name; none: nothing fits."""

    typed: str
    grades: Grades


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over queries, 0 to 1: nDCG at 5, recall at 10; `silent`: how many of the hopeless ones found nothing."""

    ndcg: float
    recall: float
    silent: float


def load_judged(corpus: str, part: str) -> tuple[Judged, ...]:
    """`corpus`: seeds or invented; `part`: one of `PARTS`. Raises `ValueError` for a grade that is none."""
    table = tomllib.loads((FOLDER / f"{corpus}.toml").read_text(encoding="utf-8"))[part]
    return tuple(Judged(typed, _grades(typed, told)) for typed, told in table.items())


def judged_documents() -> tuple[str, ...]:
    """The names of the invented documents that the grades are about."""
    return tuple(tomllib.loads((FOLDER / "invented.toml").read_text(encoding="utf-8"))["documents"])


def quality(answers: Iterable[tuple[Judged, Sequence[str]]]) -> Quality:
    """Of the orders that were found."""
    pairs = [(judged.grades, tuple(found)) for judged, found in answers]
    hopeful = [(grades, found) for grades, found in pairs if grades]
    hopeless = [found for grades, found in pairs if not grades]
    return Quality(
        fmean(ndcg(found, grades, 5) for grades, found in hopeful),
        fmean(recall(found, grades, 10) for grades, found in hopeful),
        fmean(not found for found in hopeless) if hopeless else 1.0,
    )


def ndcg(found: Sequence[str], grades: Grades, depth: int) -> float:
    """1 for the best possible order of the first `depth`."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(one, 0) for one in found[:depth]]) / best


def recall(found: Sequence[str], grades: Grades, depth: int) -> float:
    """The share of what would be named among the first `depth`, of as many as there is room for."""
    return len(set(found[:depth]) & grades.keys()) / min(depth, len(grades))


def _gain(grades: Sequence[int]) -> float:
    return sum((math.pow(2, grade) - 1) / math.log2(at + 2) for at, grade in enumerate(grades))


def _grades(typed: str, told: str) -> Grades:
    pairs = [one.split("=") for one in told.split()]
    grades = {number: int(grade) for number, grade in pairs}
    if not set(grades.values()) <= {1, 2, 3}:
        raise ValueError(f"{typed!r}: grades are 1 to 3, given is {told!r}")
    return grades
