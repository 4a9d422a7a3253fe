from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed_dates import parse_feed_date


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Do, 20 Nov 2025 10:00:00 +0100", "2025-11-20T09:00"),
        ("Mi, 03 Dez 2025 10:00:00 GMT", "2025-12-03T10:00"),
        ("Mo, 02 Mär 2026 08:00:00 +0100", "2026-03-02T07:00"),
        ("Mo, 02 Mrz 2026 08:00:00 MEZ", "2026-03-02T07:00"),
        ("Fr, 02 Mai 2025 08:00:00 MESZ", "2025-05-02T06:00"),
        ("Wed, 03 Dec 2025 10:00:00", "2025-12-03T09:00"),
        ("20. November 2025", "2025-11-19T23:00"),
        ("1. Juli 2025, 10:30 Uhr", "2025-07-01T08:30"),
        ("am 1. Mai 2025 um 10:30 Uhr", "2025-05-01T08:30"),
        ("20.11.2025 10:00", "2025-11-20T09:00"),
        ("03.12.2025", "2025-12-02T23:00"),
        ("Mittwoch, 03.12.2025 10:00:07", "2025-12-03T09:00:07"),
    ],
)
def test_what_german_feeds_write(text: str, utc: str) -> None:
    assert parse_feed_date(text) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    ["", "heute", "31. Februar 2025", "20.13.2025", "20. Foo 2025", "20.11.25", "20.11.2025 25:00", "1.1.2025 XYZ",
     "1.1.2025 10:00 +9900", "00.00.0000", "1.1.0001 00:00"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_feed_date(text) is None


@given(st.text("0123456789.: DezNovJulMar,+-TUhr", max_size=40))
def test_rubbish_is_survived(text: str) -> None:
    found = parse_feed_date(text)
    assert found is None or found.tzinfo is dt.UTC
