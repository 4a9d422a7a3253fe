"""Amounts of money. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.find_money import find_money
from tests.feeds.tables import body

CASES = [
    ("263 Mio. Euro", [263_000_000], "millions"),
    ("0,5 Mrd. Euro", [500_000_000], "a part of a milliard"),
    ("fünf Milliarden Euro", [5_000_000_000], "a number as a word"),
    ("eine Million Euro", [1_000_000], "an article as a number"),
    ("480.000 EUR", [480_000], "thousands with full stops"),
    ("30 Tsd. Euro", [30_000], "thousands as a word"),
    ("49,50 Euro", [49.5], "parts of a unit are kept"),
    ("1.200,- €", [1_200], "a dash for the cents"),
    ("10 bis 20 Mio. Euro", [10_000_000, 20_000_000], "both ends of a range"),
    ("500 Tausend bis 1 Mio. Euro", [500_000, 1_000_000], "both ends with their own scale"),
    ("3 Mio. US-Dollar", [3_000_000], "another currency"),
    ("die Europäische Union und 300 Seiten", [], "no currency"),
    ("400.000 Personen", [], "people"),
    ("ein Euro-Betrag", [], "part of a word"),
    ("12.345.67 Euro", [], "no number"),
]


@pytest.mark.parametrize(("text", "amounts", "why"), CASES)
def test_amounts(text: str, amounts: list[float], why: str) -> None:
    assert [one.amount for one in find_money(body(f"Es sind {text} nötig."))] == amounts, why


@pytest.mark.parametrize(
    ("text", "shown", "approximate", "per"),
    [
        ("insgesamt ca. 480.000 EUR", "ca. 480.000 EUR", True, None),
        ("(d. h. pro Land ca. 30.000 EUR)", "pro Land ca. 30.000 EUR", True, "Land"),
        ("rund 200 Euro je Teilnehmer", "rund 200 Euro je Teilnehmer", True, "Teilnehmer"),
        ("77,5 Mio. Euro", "77,5 Mio. Euro", False, None),
    ],
)
def test_what_an_amount_is_for_and_how_exact_it_is(text: str, shown: str, approximate: bool, per: str | None) -> None:
    [found] = find_money(body(text))
    assert (found.text, found.approximate, found.per, found.currency) == (shown, approximate, per, "EUR")


@given(st.text(st.sampled_from("0123456789.,-– €Euro MiodrpLanca"), max_size=60) | st.text(max_size=60))
def test_every_amount_stands_in_the_text(text: str) -> None:
    for one in find_money(body(text)):
        assert one.text in text
        assert one.amount >= 0


def test_absurd_numbers_are_no_amounts() -> None:
    assert find_money(body("9" * 5_000 + " Euro")) == ()
