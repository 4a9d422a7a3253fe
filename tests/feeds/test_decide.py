"""When to look again: figures, and laws that hold for all figures."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import Source
from feeds.decide import LONGEST_WAIT, WEEK, Decider, back_off
from feeds.fetched import LONGEST_PAUSE

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)

intervals = st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(days=99_999))
failures = st.integers(0, 10**9)


def decider(interval: dt.timedelta = 6 * HOUR, recheck: dt.timedelta = 2 * DAY) -> Decider:
    return Decider(Source("x", "X", "feed", "https://x.example/", interval=interval, recheck=recheck), NOW)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 10), (2, 20), (3, 40), (7, 640), (8, 1280), (9, 1440), (10, 1440), (1000, 1440), (0, 10)],
)
def test_the_wait_doubles_up_to_a_day(failures: int, minutes: int) -> None:
    assert back_off(failures, 10 * MINUTE) == minutes * MINUTE


@given(failures, intervals)
def test_a_wait_is_never_longer_than_a_day_and_never_nothing(failures: int, first: dt.timedelta) -> None:
    assert dt.timedelta(0) < back_off(failures, first) <= LONGEST_WAIT


@given(failures, failures, intervals)
def test_more_failures_never_mean_a_shorter_wait(one: int, other: int, first: dt.timedelta) -> None:
    fewer, more = sorted((one, other))
    assert back_off(fewer, first) <= back_off(more, first)


@given(failures, intervals, st.none() | st.timedeltas(dt.timedelta(0), dt.timedelta(days=10**6)))
def test_no_failure_and_no_server_ends_a_source(
    failures: int, interval: dt.timedelta, pause: dt.timedelta | None
) -> None:
    again = decider(interval).after_failure(failures, pause)
    assert NOW < again <= NOW + LONGEST_PAUSE
    assert again >= NOW + min(pause or dt.timedelta(0), LONGEST_PAUSE)
    assert pause or again <= NOW + LONGEST_WAIT


@given(failures, failures)
def test_documents_too_are_never_given_up_and_wait_longer_with_each_failure(one: int, other: int) -> None:
    fewer, more = (decider().after_failed_document(count) for count in sorted((one, other)))
    assert NOW < fewer <= more <= NOW + WEEK


@pytest.mark.parametrize(
    ("interval", "failures", "pause", "wait"),
    [
        (6 * HOUR, 1, None, 10 * MINUTE),
        (MINUTE, 1, None, MINUTE),
        (6 * HOUR, 1, HOUR, HOUR),
        (6 * HOUR, 9, HOUR, DAY),
        (6 * HOUR, 1, 3 * DAY, 3 * DAY),
        (6 * HOUR, 1, 99 * DAY, LONGEST_PAUSE),
    ],
    ids=["first", "often looked at", "asked for longer", "own is longer", "longer than a day", "unreasonable"],
)
def test_the_longer_wait_wins(
    interval: dt.timedelta, failures: int, pause: dt.timedelta | None, wait: dt.timedelta
) -> None:
    assert decider(interval).after_failure(failures, pause) == NOW + wait


@pytest.mark.parametrize(("failures", "wait"), [(1, 10 * MINUTE), (10, DAY), (11, WEEK), (99, WEEK)])
def test_a_document_that_stays_broken_is_asked_for_weekly(failures: int, wait: dt.timedelta) -> None:
    assert decider().after_failed_document(failures) == NOW + wait


@pytest.mark.parametrize(
    ("age", "recheck", "wait"),
    [
        (0 * DAY, 2 * DAY, 2 * DAY),
        (89 * DAY, 2 * DAY, 2 * DAY),
        (90 * DAY, 2 * DAY, 7 * DAY),
        (400 * DAY, 2 * DAY, 7 * DAY),
        (400 * DAY, 30 * DAY, 30 * DAY),
        (-1 * DAY, 2 * DAY, 2 * DAY),
    ],
)
def test_young_documents_are_asked_for_again_more_often(
    age: dt.timedelta, recheck: dt.timedelta, wait: dt.timedelta
) -> None:
    assert decider(recheck=recheck).after_reading(NOW - age) == NOW + wait


@pytest.mark.parametrize(
    ("next_due", "due"), [(None, True), (NOW, True), (NOW - DAY, True), (NOW + dt.timedelta(microseconds=1), False)]
)
def test_what_is_due(next_due: dt.datetime | None, due: bool) -> None:
    assert decider().is_due(next_due) is due


def test_what_is_for_later_is_never_due() -> None:
    assert not Decider(Source("dip", "DIP", "api-later"), NOW).is_due(None)


def test_only_the_first_look_is_silent() -> None:
    assert decider().is_silent(looked_once=False)
    assert not decider().is_silent(looked_once=True)


def test_after_a_good_look_the_interval_counts() -> None:
    assert decider().after_success() == NOW + 6 * HOUR
