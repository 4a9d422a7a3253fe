"""How much of what documents say the reader finds, and how much of what it finds is there.

    python -m benchmarks.reading_quality [--details]

Precision is the share of the facts found that are in the gold, recall the share of the gold that is found. First come
the facts of the three real documents (`tests/feeds/expected_facts.toml`), then all fields of the invented ones
(`tests/corpus`). The rules were mended by all of these documents: these are figures of known documents. What the
reader made of new ones before it was mended by them stands in the README.
"""

from __future__ import annotations

import sys

from tests.corpus.reviewed import documents
from tests.corpus.reviewed import scores as corpus_scores
from tests.expected_facts import Score, scores
from tests.seeds import load_seeds


def main(arguments: list[str]) -> None:
    _head("the three documents")
    for row in scores(load_seeds()):
        _line(row.field, row.expected, row.found, row.right)
        if "--details" in arguments:
            _details(row)
    _head(f"the corpus, {len(documents())} documents")
    for known in corpus_scores():
        _line(known.field, known.expected, known.found, known.right)


def _head(title: str) -> None:
    print(f"{title:<34}{'expected':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")


def _line(field: str, expected: int, found: int, right: int) -> None:
    precision, recall = (right / whole if whole else 1.0 for whole in (found, expected))
    print(f"{field:<34}{expected:>9}{found:>7}{right:>7}{precision:>11.3f}{recall:>8.3f}")


def _details(row: Score) -> None:
    for sign, facts in (("-", row.missing), ("+", row.extra)):
        for fact in facts.elements():
            print(f"    {sign} {' | '.join(map(str, fact))}")


if __name__ == "__main__":
    main(sys.argv[1:])
