"""What a careful reader finds in the real documents, as sets that can be compared with what our reader finds."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feeds.read import read_document
from feeds.record import Resolution
from tests.seeds import Seeds

EXPECTED = Path(__file__).parent / "feeds" / "expected_facts.toml"

Facts = Counter[tuple[Any, ...]]
"""Facts of one kind, each as a tuple that begins with document and resolution; a fact may stand there twice."""


@dataclass(frozen=True, slots=True)
class Score:
    """`missing` and `extra` are the facts that were not found, and those that are none."""

    field: str
    expected: int
    found: int
    missing: Facts
    extra: Facts

    @property
    def right(self) -> int:
        return self.expected - self.missing.total()

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def scores(seeds: Seeds) -> tuple[Score, ...]:
    """Field by field over the three documents."""
    return score(tuple(expected_tables()), tuple(read_all(seeds)))


def score(
    expected: tuple[tuple[str, Mapping[str, Any]], ...], read: tuple[tuple[str, Resolution], ...]
) -> tuple[Score, ...]:
    """Expected tables and read resolutions, each with its document's name, compared field by field."""
    return tuple(
        _score(field, _collect(expected, from_gold), _collect(read, from_record))
        for field, (from_gold, from_record) in _FIELDS.items()
    )


def read_all(seeds: Seeds) -> Iterator[tuple[str, Resolution]]:
    """Every resolution of the three documents with the document's name."""
    for name, path in (("roadmap", seeds.roadmap), ("alliance", seeds.alliance), ("intmk", seeds.intmk)):
        for resolution in read_document(path.read_bytes(), path.name).resolutions:
            yield name, resolution


def expected_tables() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The gold's tables, each with its document's name."""
    with EXPECTED.open("rb") as file:
        for table in tomllib.load(file)["resolution"]:
            yield table["document"], table


def _score(field: str, expected: Facts, found: Facts) -> Score:
    return Score(field, expected.total(), found.total(), expected - found, found - expected)


def _collect(many: Iterable[tuple[str, Any]], facts: Callable[[Any], Iterable[tuple[Any, ...]]]) -> Facts:
    return Counter((document, _name(one), *fact) for document, one in many for fact in facts(one))


def _name(one: Resolution | Mapping[str, Any]) -> str:
    return one.name if isinstance(one, Resolution) else str(one["name"])


def ends_of(text: str) -> tuple[str, str]:
    """A sentence's first three words and its last."""
    words = text.split()
    return " ".join(words[:3]), words[-1]


_Sides = tuple[
    Callable[[Mapping[str, Any]], Iterable[tuple[Any, ...]]], Callable[[Resolution], Iterable[tuple[Any, ...]]]
]

_FIELDS: dict[str, _Sides] = {
    "demands: sentence": (
        lambda gold: {(row[0], row[3], row[4]) for row in gold.get("demands", ())},
        lambda read: {(one.item or 0, *ends_of(one.text)) for one in read.demands},
    ),
    "demands: + addressee": (
        lambda gold: [(row[0], row[1], row[3], row[4]) for row in gold.get("demands", ())],
        lambda read: [(one.item or 0, one.addressee or "", *ends_of(one.text)) for one in read.demands],
    ),
    "demands: + verb, lines": (
        lambda gold: [(*row[:5], *row[5]) for row in gold.get("demands", ())],
        lambda read: [
            (one.item or 0, one.addressee or "", one.verb, *ends_of(one.text), *(one.lines or ()))
            for one in read.demands
        ],
    ),
    "commitments: sentence": (
        lambda gold: [(row[2], row[3]) for row in gold.get("commitments", ())],
        lambda read: [ends_of(one.text) for one in read.commitments],
    ),
    "commitments: + actors, modality": (
        lambda gold: [(*sorted(row[0]), *row[1:]) for row in gold.get("commitments", ())],
        lambda read: [(*sorted(one.actors), one.modality, *ends_of(one.text)) for one in read.commitments],
    ),
    "laws": (
        lambda gold: [tuple(row) for row in gold.get("laws", ())],
        lambda read: [(one.law, one.section or "") for one in read.laws],
    ),
    "money": (
        lambda gold: [(amount, "EUR") for amount in gold.get("money", ())],
        lambda read: [(one.amount, one.currency) for one in read.money],
    ),
    "dates": (
        lambda gold: [tuple(row[:2]) for row in gold.get("dates", ())],
        lambda read: [(str(one.date), one.precision) for one in read.dates],
    ),
    "dates: + role": (
        lambda gold: [tuple(row) for row in gold.get("dates", ())],
        lambda read: [(str(one.date), one.precision, one.role or "") for one in read.dates],
    ),
    "references": (
        lambda gold: [tuple(row) for row in gold.get("references", ())],
        lambda read: [(one.body, one.session or 0, one.number or "", str(one.date or "")) for one in read.references],
    ),
    "outcome": (
        lambda gold: [(gold["outcome"],)] if gold["outcome"] else [],
        lambda read: [(read.outcome,)] if read.outcome else [],
    ),
}
