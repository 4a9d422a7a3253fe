"""What somebody may have meant."""

from __future__ import annotations

import pytest

from handlers.nearest import Nearness, is_clear, nearest_numbers, nearest_words

WORDS = ("Sprachkurse", "Sprachförderung", "Integrationskurse", "Jesiden", "Ausländerbehörde", "Wohnsitzauflage")


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("Sprachkruse", "Sprachkurse", "two letters swapped"),
        ("sprachkuse", "Sprachkurse", "a letter missing, lower case"),
        ("Auslaenderbehoerde", "Ausländerbehörde", "no umlauts on the keyboard"),
        ("Jessiden", "Jesiden", "a letter too many"),
    ],
)
def test_a_slip_leads_to_the_word(typed: str, meant: str, why: str) -> None:
    found = nearest_words(typed, WORDS, 3)
    assert found[0].word == meant, why
    assert is_clear(found)


def test_nothing_resembles_noise() -> None:
    assert nearest_words("Quastenflosser", WORDS, 3) == ()
    assert not is_clear(())


def test_two_equally_near_words_are_not_clear() -> None:
    assert not is_clear((Nearness("Haus", 0.9), Nearness("Maus", 0.88)))
    assert not is_clear((Nearness("Haus", 0.7),))


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
