"""Which sentences changed between two revisions."""

from __future__ import annotations

import pytest

from feeds.record import Passage, Resolution
from feeds.reworded import Rewording, rewordings


def of(*passages: tuple[int | None, str]) -> Resolution:
    return Resolution("1", "Titel", passages=tuple(Passage(text, item=item) for item, text in passages))


A, B, C = "Der erste Satz steht fest.", "Der zweite fordert fünf Plätze.", "Der zweite fordert sechs Plätze."
CASES = [
    ([(1, f"{A} {B}")], [(1, f"{A} {C}")], [Rewording(1, B, C)], "one of two"),
    ([(1, A)], [(1, f"{A} {B}")], [Rewording(1, None, B)], "one more"),
    ([(1, f"{A} {B}")], [(1, A)], [Rewording(1, B, None)], "one fewer"),
    ([(1, f"{A} {B}")], [(1, f"{A}  {B.upper()}")], [], "typography alone"),
    ([(1, A)], [(1, A), (2, B)], [], "a new Ziffer is told as one"),
    ([(None, B), (1, A)], [(None, C), (1, A)], [Rewording(None, B, C)], "outside the Ziffern"),
    ([(1, A), (1, B)], [(1, A), (1, C)], [Rewording(1, B, C)], "a bullet of the same Ziffer"),
]


@pytest.mark.parametrize(("old", "new", "expected", "_why"), CASES, ids=[why for *_, why in CASES])
def test_only_what_changed_is_told(
    old: list[tuple[int | None, str]], new: list[tuple[int | None, str]], expected: list[Rewording], _why: str
) -> None:
    assert list(rewordings(of(*old), of(*new))) == expected
