"""How much of what the real documents say the reader finds, and how much of what it finds is there.

    python -m benchmarks.reading_quality [--details]

Precision is the share of the facts found that are in the gold (`tests/feeds/expected_facts.toml`), recall the share of
the gold that is found. The gold was annotated by the person who wrote the rules, on the documents the rules were
written for: these are figures of the known documents, no promise for others.
"""

from __future__ import annotations

import sys

from tests.expected_facts import Score, scores
from tests.seeds import load_seeds


def main(arguments: list[str]) -> None:
    rows = scores(load_seeds())
    print(f"{'field':<34}{'expected':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for row in rows:
        print(f"{row.field:<34}{row.expected:>9}{row.found:>7}{row.right:>7}{row.precision:>11.3f}{row.recall:>8.3f}")
        if "--details" in arguments:
            _details(row)


def _details(row: Score) -> None:
    for sign, facts in (("-", row.missing), ("+", row.extra)):
        for fact in facts.elements():
            print(f"    {sign} {' | '.join(map(str, fact))}")


if __name__ == "__main__":
    main(sys.argv[1:])
