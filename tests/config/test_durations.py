from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.durations import parse_duration, write_duration


@pytest.mark.parametrize(
    ("text", "seconds"), [("45s", 45), ("30m", 1_800), ("6h", 21_600), ("1d", 86_400), (" 180d ", 15_552_000)]
)
def test_what_people_write(text: str, seconds: int) -> None:
    assert parse_duration(text) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "6", "h", "0h", "-1h", "1.5h", "6 h", "6H", "6h30m", "06h", "999999d", "1w"])
def test_anything_else_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match=r'such as "30m", "6h" or "180d"'):
        parse_duration(text)


@given(st.integers(1, 99_999), st.sampled_from("smhd"))
def test_what_is_written_is_read_back(number: int, unit: str) -> None:
    duration = parse_duration(f"{number}{unit}")
    shortest = write_duration(duration)
    assert len(shortest) <= len(f"{number}{unit}")
    assert parse_duration(shortest) == duration
