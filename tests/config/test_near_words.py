"""What somebody may have meant."""

from __future__ import annotations

import pytest

from config.near_words import Nearness, is_clear, nearest_words

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
