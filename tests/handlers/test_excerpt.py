"""The words around a fact: never beyond its sentence, never through a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.record import Money, Passage
from handlers.excerpt import BEFORE, BEHIND, excerpt

SHORT = Passage("Davor steht etwas. Der Bund zahlt 5 Euro im Jahr. Danach auch.", ((0, 3),), "item", 1)
LONG = Passage(f"{'vorne ' * 40}5 Euro{' hinten' * 40}.", ((0, 9),), "item", 2)


def money(item: int | None = None, lines: tuple[int, int] | None = None) -> Money:
    return Money(5, "EUR", "5 Euro", item=item, lines=lines)


def test_a_short_sentence_is_whole() -> None:
    assert excerpt(money(), (SHORT,)) == "Der Bund zahlt 5 Euro im Jahr."


def test_a_long_one_is_cut_between_words_and_marked() -> None:
    words = excerpt(money(), (LONG,))
    assert words.startswith("… vorne ")
    assert words.endswith(" hinten …")
    assert set(words.split()) == {"…", "vorne", "5", "Euro", "hinten"}
    assert len(words) <= BEFORE + BEHIND + len("5 Euro") + 4


@pytest.mark.parametrize(
    ("fact", "begins"),
    [
        (money(2, (9, 9)), "… vorne"),
        (money(1, (3, 3)), "Der Bund"),
        (money(7, (1, 1)), "Der Bund"),
    ],
)
def test_of_several_places_the_one_that_is_meant(fact: Money, begins: str) -> None:
    assert excerpt(fact, (SHORT, LONG)).startswith(begins)


def test_what_only_the_title_says_has_no_words_around_it() -> None:
    assert excerpt(money(), (Passage("Nichts davon."),)) == ""


@given(st.text(max_size=300), st.text(max_size=300))
def test_it_is_word_for_word(before: str, behind: str) -> None:
    passage = Passage(f"{before} 5 Euro {behind}")
    words = excerpt(money(), (passage,))
    assert "5 Euro" in words
    assert words.removeprefix("… ").removesuffix(" …").strip() in passage.text
