"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed_date import add_months, typed_date

TODAY = dt.date(2026, 3, 6)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.5.2026", "2026-05-01"),
        ("01.05.2026", "2026-05-01"),
        ("1. Mai 2026", "2026-05-01"),
        ("2026-05-01", "2026-05-01"),
        ("bis zum 1.5.2026", "2026-05-01"),
        ("am 1. Mai", "2026-05-01"),
        ("1.5.", "2026-05-01"),
        ("6.3.", "2026-03-06"),
        ("5.3.", "2027-03-05"),
        ("29.2.", "2028-02-29"),
        ("morgen", "2026-03-07"),
        ("Übermorgen", "2026-03-08"),
        ("in 4 Wochen", "2026-04-03"),
        ("eine Woche", "2026-03-13"),
        ("10 Tage", "2026-03-16"),
        ("in 3 Monaten", "2026-06-06"),
        ("1 Monat", "2026-04-06"),
        ("until 2026-05-01", "2026-05-01"),
        ("in 2 weeks", "2026-03-20"),
    ],
)
def test_a_day(typed: str, day: str) -> None:
    assert typed_date(typed, TODAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed", ["", "Mai", "Mai 2026", "2026", "31.2.2027", "30.2.", "14", "bald", "1.13.", "-", "0 Tage"]
)
def test_no_day(typed: str) -> None:
    assert typed_date(typed, TODAY) is None


@given(st.text(max_size=30), st.dates())
def test_it_never_raises(typed: str, today: dt.date) -> None:
    typed_date(typed, min(today, dt.date(9990, 1, 1)))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 36))
def test_months_keep_the_day_where_there_is_one(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_a_day_without_a_year_is_the_next_such_day(day: dt.date, today: dt.date) -> None:
    found = typed_date(f"{day.day}.{day.month}.", today)
    if (day.day, day.month) == (29, 2):
        return
    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert dt.timedelta() <= found - today <= dt.timedelta(days=366)
