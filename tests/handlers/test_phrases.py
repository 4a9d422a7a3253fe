"""Phrases: dates, enumerations, places, labels."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.texts import Languages, Texts
from feeds.record import Lines
from handlers.phrases import counted, either, enumeration, grouped, period, place, readable, shortened, time_of_day

TEXTS = Texts.load()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


PERIODS = [
    ("2025-04-23", "2025-04-24", "23.–24. April 2025"),
    ("2025-04-30", "2025-05-02", "30. April – 2. Mai 2025"),
    ("2025-12-31", "2026-01-01", "31. Dezember 2025 – 1. Januar 2026"),
    ("2025-04-23", "2025-04-23", "23. April 2025"),
    ("2025-03-01", None, "1. März 2025"),
    (None, "2025-03-01", "1. März 2025"),
    (None, None, ""),
    ("2025-04-24", "2025-04-23", "23.–24. April 2025"),
]


@pytest.mark.parametrize(("start", "end", "expected"), PERIODS)
def test_periods(start: str | None, end: str | None, expected: str) -> None:
    assert period(_day(start), _day(end), TEXTS) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [((), ""), (("Bayern",), "Bayern"), (("A", "B"), "A und B"), (("A", "B", "C"), "A, B und C")],
)
def test_enumerations(names: tuple[str, ...], expected: str) -> None:
    assert enumeration(names, TEXTS) == expected


@pytest.mark.parametrize(
    ("item", "lines", "expected"),
    [
        (6, (55, 56), "Ziffer 6, Z.\u00a055–56"),
        (6, None, "Ziffer 6"),
        (None, (100, 100), "Z.\u00a0100"),
        (None, None, ""),
    ],
)
def test_places(item: int | None, lines: Lines | None, expected: str) -> None:
    assert place(item, lines, TEXTS) == expected


ENGLISH = Languages.load().of("en")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-04-23", "2025-04-24", "23–24 April 2025"),
        ("2025-04-30", "2025-05-02", "30 April – 2 May 2025"),
        ("2025-12-31", "2026-01-01", "31 December 2025 – 1 January 2026"),
        ("2025-03-01", None, "1 March 2025"),
    ],
)
def test_periods_in_english(start: str, end: str | None, expected: str) -> None:
    assert period(_day(start), _day(end), ENGLISH) == expected


def test_the_rest_in_english() -> None:
    assert enumeration(("A", "B", "C"), ENGLISH) == "A, B and C"
    assert either(("A", "B"), ENGLISH) == "“A” or “B”"
    assert place(6, (55, 56), ENGLISH) == "item 6, lines 55–56"
    assert readable('Kita "künstliche Intelligenz"', ENGLISH) == "Kita ‘künstliche Intelligenz’"
    assert counted("count.notiz", 1, ENGLISH) == "1 protocol note"


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [(0, "0", "0"), (999, "999", "999"), (1234, "1.234", "1,234"), (1234567, "1.234.567", "1,234,567")],
)
def test_large_numbers_are_grouped(number: int, german: str, english: str) -> None:
    assert (grouped(number, TEXTS), grouped(number, ENGLISH)) == (german, english)


def test_one_and_many() -> None:
    assert [counted("count.notiz", number, TEXTS) for number in (0, 1, 2)] == [
        "keine Protokollnotiz",
        "1 Protokollnotiz",
        "2 Protokollnotizen",
    ]


def test_times_are_read_back() -> None:
    assert [time_of_day(minute) for minute in (0, 450, 1439)] == ["00:00", "07:30", "23:59"]


@given(st.text(), st.integers(2, 80))
def test_a_shortened_text_keeps_the_limit_and_says_that_it_is_cut(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("names", "text"),
    [(("A",), "„A“"), (("A", "B"), "„A“ oder „B“"), (("A", "B", "C"), "„A“, „B“ oder „C“")],
)
def test_a_choice(names: tuple[str, ...], text: str) -> None:
    assert either(names, TEXTS) == text
