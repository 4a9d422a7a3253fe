"""Demands of a resolution: item, margin lines, sentences that go on in bullets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.find_demands import find_demands
from feeds.record import Demand, Passage
from tests.feeds.tables import body, phrases


def test_a_demand_has_its_item_the_whole_sentence_and_its_lines() -> None:
    text = "Die Lage ist ernst. Der Bund wird gebeten, zu handeln. Die Länder danken."
    passage = Passage(text, marks=((0, 4), (16, 5), (40, 6), (60, 7)), role="item", item=2)
    assert find_demands((passage,), phrases()) == (
        Demand(2, "Bund", "bitten", "Der Bund wird gebeten, zu handeln.", (5, 6)),
    )


def test_two_addressees_give_two_demands_with_the_same_sentence() -> None:
    found = find_demands(body("Die IntMK bittet den Bund und die Länder, zu handeln."), phrases(), "IntMK")
    assert [(one.addressee, one.text) for one in found] == [
        ("Bund", "Die IntMK bittet den Bund und die Länder, zu handeln."),
        ("Länder", "Die IntMK bittet den Bund und die Länder, zu handeln."),
    ]


def test_a_sentence_that_goes_on_in_bullets_is_told_with_them() -> None:
    lead = Passage("Die Länder fordern den Bund auf:", marks=((0, 1),), item=1)
    bullets = (
        Passage("die Mittel zu erhöhen,", marks=((0, 2),), role="bullet", item=1),
        Passage("die Frist zu verlängern.", marks=((0, 3),), role="bullet", item=1),
    )
    behind = Passage("Das ist dringend.", marks=((0, 4),), item=1)
    [found] = find_demands((lead, *bullets, behind), phrases())
    assert found.text == "Die Länder fordern den Bund auf:\ndie Mittel zu erhöhen,\ndie Frist zu verlängern."
    assert found.lines == (1, 3)


@pytest.mark.parametrize(
    ("lead", "bullet", "goes_on", "why"),
    [
        ("Die Länder fordern den Bund auf, so zu fördern, dass", "die Kurse bleiben.", True, "in lower case"),
        (
            "Die Länder fordern den Bund auf, so zu fördern, dass",
            "Kurse bleiben.",
            True,
            "behind a word that is no end",
        ),
        ("Die Länder bitten den Bund, dabei", "Wünsche zu erfragen.", True, "behind another"),
        ("Die Länder bitten den Bund um Hilfe, die gebraucht wird", "Schnellere Verfahren", False, "a forgotten stop"),
    ],
)
def test_what_a_sentence_without_a_full_stop_goes_on_in(lead: str, bullet: str, goes_on: bool, why: str) -> None:
    [found] = find_demands((*body(lead), *body(bullet, role="bullet")), phrases())
    assert found.text == (f"{lead}\n{bullet}" if goes_on else lead), why


def test_a_sentence_goes_on_in_lettered_entries_of_its_own_item() -> None:
    lead = Passage("Sie bitten den Bund,", item=2)
    entries = (Passage("a) Küchen auszustatten und", item=2), Passage("b) Rezepte zu sammeln.", item=2))
    [found] = find_demands((lead, *entries, Passage("c) steht für sich.", item=3)), phrases())
    assert found.text == "Sie bitten den Bund,\na) Küchen auszustatten und\nb) Rezepte zu sammeln."


def test_bullets_behind_a_finished_sentence_are_not_part_of_it() -> None:
    [found] = find_demands(
        (*body("Die Länder fordern den Bund auf, zu handeln."), Passage("ein Bündnis", role="bullet")), phrases()
    )
    assert found.text == "Die Länder fordern den Bund auf, zu handeln."


def test_headings_ask_nothing() -> None:
    assert find_demands(body("Der Bund wird gebeten, zu handeln", role="heading"), phrases()) == ()


SENTENCES = st.sampled_from(
    [
        "Die Länder fordern den Bund auf, zu handeln.",
        "Der Bund wird gebeten:",
        "Die IntMK begrüßt das.",
        "die Mittel zu erhöhen",
        "Überdies fordern die Länder mehr Geld.",
    ]
)
PASSAGES = st.builds(
    Passage, SENTENCES | st.text(max_size=60), role=st.sampled_from(["paragraph", "item", "bullet", "heading"])
)


@given(st.lists(PASSAGES, max_size=6).map(tuple))
def test_every_demand_stands_in_the_text_word_for_word(passages: tuple[Passage, ...]) -> None:
    text = "\n".join(passage.text for passage in passages)
    for demand in find_demands(passages, phrases()):
        assert demand.text in text
