"""Plain text to lines: what a character stands for, and margin numbers in a column of their own."""

from __future__ import annotations

import pytest

from feeds.extract_text import lines_of_text, squeeze

SQUEEZED = [
    ("  zwei \t Blanks\u00a0und\u2009mehr ", "zwei Blanks und mehr", "blanks of any kind"),
    ("heraus\u00adzugeben", "herauszugeben", "a place where a word might be cut"),
    ("Berlin\u00ad, Bremen", "Berlin, Bremen", "the same before a comma"),
    ("Ministe\u00ad", "Ministe-", "a word that is cut at the line's end"),
    ("Ministe\u00ad12", "Ministe-12", "and before a margin number"),
    ("non\u2011formal", "non-formal", "a hyphen that does not break"),
    ("\ufb01nden", "finden", "a ligature"),
    ("Thu\u0308ringen", "Thüringen", "a letter in two parts"),
    ("\ufeffHes\u200fsen\u200b", "Hessen", "characters without width"),
]


@pytest.mark.parametrize(("text", "shown", "why"), SQUEEZED, ids=[case[2] for case in SQUEEZED])
def test_what_is_shown_of_a_line(text: str, shown: str, why: str) -> None:
    assert squeeze(text) == shown
    assert squeeze(shown) == shown


EVERY_FIFTH = """       1. Die Länder stellen fest, dass Zäune
       aus Holz lange halten.
       2. Sie bitten den Bund, die Vorgaben der
       Richtlinie aus dem Jahr
  5    2032 zu ändern und dabei
       auf 12
       Jahre zu gehen.
       3. Sie danken allen, die daran mit-
       wirken und es
 10    noch tun werden.
       4. Sie werden im Jahr
       2034 berichten,
       wie es dann um
       die Zäune
 15    steht."""


def test_numbers_in_a_column_at_the_left_are_the_margin_s() -> None:
    lines = lines_of_text(EVERY_FIFTH)
    assert [(line.text, line.margin) for line in lines if line.margin] == [
        ("2032 zu ändern und dabei", 5),
        ("noch tun werden.", 10),
        ("steht.", 15),
    ]
    assert [line.text for line in lines][5] == "auf 12"


def test_the_first_line_may_be_numbered_too() -> None:
    text = EVERY_FIFTH.replace("       1. Die", "  1    1. Die")
    assert [line.margin for line in lines_of_text(text) if line.margin] == [1, 5, 10, 15]


def test_numbers_in_a_column_at_the_right_are_the_margin_s() -> None:
    rows = (
        row.strip()
        for row in EVERY_FIFTH.replace("  5    ", "").replace(" 10    ", "").replace(" 15    ", "").split("\n")
    )
    text = "\n".join(f"{row:<60}{at if at % 5 == 0 else '':>4}" for at, row in enumerate(rows, start=1))
    assert [line.margin for line in lines_of_text(text) if line.margin] == [5, 10, 15]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Land      Plätze\nHessen      12\nBayern      40\nBerlin       7", "a table's numbers do not count on"),
        ("2031  Bericht\n2032  Bericht\n2033  Bericht", "years count, but no count begins so high"),
        ("1  Eins", "a single number"),
    ],
)
def test_other_numbers_stay_in_the_text(text: str, why: str) -> None:
    lines = lines_of_text(text)
    assert [line.text for line in lines] == [" ".join(row.split()) for row in text.split("\n")], why
    assert not any(line.margin for line in lines)
