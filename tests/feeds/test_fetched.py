from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.fetched import LONGEST_PAUSE, Validators, parse_retry_after

DATE = "Fri, 06 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("120", None, 120),
        (" 0 ", None, 0),
        ("Fri, 06 Nov 2026 12:05:00 GMT", DATE, 300),
        ("Fri, 06 Nov 2026 11:00:00 GMT", DATE, 0),
        ("Fri, 06 Nov 2026 12:05:00 GMT", None, None),
        ("soon", DATE, None),
        ("-5", DATE, None),
        ("", DATE, None),
        (None, DATE, None),
        ("99999999999999999999999", None, None),
        ("999999999999999999", None, LONGEST_PAUSE.total_seconds()),
        ("Fri, 06 Nov 2099 12:05:00 GMT", DATE, LONGEST_PAUSE.total_seconds()),
        ("Fri, 06 Nov 2026 12:05:00", DATE, None),
    ],
)
def test_the_pause_that_is_asked_for(value: str | None, date: str | None, seconds: float | None) -> None:
    expected = None if seconds is None else dt.timedelta(seconds=seconds)
    assert parse_retry_after(value, date) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_server_says_the_pause_is_bearable(value: str, date: str) -> None:
    pause = parse_retry_after(value, date)
    assert pause is None or dt.timedelta(0) <= pause <= LONGEST_PAUSE


def test_validators_are_sent_as_headers() -> None:
    assert Validators().headers == {}
    assert Validators('"1"', DATE).headers == {"If-None-Match": '"1"', "If-Modified-Since": DATE}
    assert Validators(None, DATE).or_else(Validators('"1"', "older")) == Validators('"1"', DATE)
