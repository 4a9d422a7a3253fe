"""Agenda numbers near the typed one."""

from __future__ import annotations

import pytest

from handlers.nearest import nearest_numbers

NUMBERS = ("1.1", "4", "A", "2.1.a", "2.1.b", "3.1", "4.1", "4.3", "4.5", "4.7", "4.10", "5.2", "7.7")


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("4.4", ("4.3", "4.5"), "next to the gap"),
        ("4.11", ("4.7", "4.10"), "numbers, not letters, are compared"),
        ("2.1", ("2.1.a", "2.1.b"), "the parts of what was meant"),
        ("2.1.c", ("2.1.a", "2.1.b"), "next letters"),
        ("9.9", ("5.2", "7.7"), "the last ones"),
    ],
)
def test_numbers_near(typed: str, expected: tuple[str, ...], why: str) -> None:
    assert nearest_numbers(typed, NUMBERS, 2) == expected, why


def test_parts_come_before_neighbours() -> None:
    assert nearest_numbers("2.1", ("1.1", "2", "2.1.a", "2.1.b", "2.2"), 4)[:2] == ("2.1.a", "2.1.b")


def test_no_numbers_no_proposals() -> None:
    assert nearest_numbers("4.4", (), 3) == ()
