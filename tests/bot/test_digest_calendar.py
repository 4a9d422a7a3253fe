"""The calendar of digests and quiet hours, on any zone, days and hours, at ticks that come when they come."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given
from hypothesis import strategies as st

from bot.digest_calendar import due_date, moment_on, next_moment, quiet_until
from storage.chats import Chat
from storage.wrong_clock import LONGEST_WAIT, NEXT_DAY, NEXT_WEEK
from tests.bot.wishing import chat_wishing

FIRST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
minutes = st.integers(0, 1439)
moments = st.integers(0, 16 * 366 * 24 * 60).map(lambda number: FIRST + dt.timedelta(minutes=number))
days = st.integers(1, 127)


def of_its_days(one: Chat, first: dt.date, last: dt.date) -> list[dt.date]:
    dates = [first + number * DAY for number in range((last - first).days + 1)]
    return [date for date in dates if one.digest_days >> date.weekday() & 1]


@given(zones, moments, minutes, days, st.lists(st.timedeltas(dt.timedelta(), 3 * DAY), max_size=12))
@example("Europe/Berlin", dt.datetime(2026, 10, 24, 1, tzinfo=dt.UTC), 150, 0b1000000, [dt.timedelta(hours=1)] * 12)
def test_each_day_of_choice_is_closed_once_whenever_it_is_looked(
    zone: str, start: dt.datetime, minute: int, mask: int, pauses: list[dt.timedelta]
) -> None:
    """Also weekly and on weekdays: in order, none twice, and none is left when its moment has passed."""
    now, place, closed = start, ZoneInfo(zone), list[dt.date]()
    one = chat_wishing(zone, start, digest_minute=minute, digest_days=mask)
    for pause in pauses:
        now += pause
        if (date := due_date(one, now)) is not None:
            closed.append(date)
            one = chat_wishing(zone, start, digest_minute=minute, digest_days=mask, last_digest_on=date)
        assert due_date(one, now) is None
        begun = start.astimezone(place).date() - DAY
        passed = [
            date
            for date in of_its_days(one, begun, now.astimezone(place).date())
            if start <= moment_on(date, minute, place) <= now
        ]
        assert not passed or passed[-1] in closed, "nothing waits whose moment has passed"
    assert closed == sorted(set(closed))
    assert all(mask >> date.weekday() & 1 for date in closed)


@given(zones, moments, minutes, days)
def test_the_next_look_is_at_the_next_moment_and_never_too_far(
    zone: str, now: dt.datetime, minute: int, mask: int
) -> None:
    """No right look is taken for one of a wrong clock."""
    one = chat_wishing(zone, now, digest_minute=minute, digest_days=mask)
    moment = next_moment(one, now)
    assert moment is not None
    assert now < moment <= now + (NEXT_DAY if mask == 0b1111111 else NEXT_WEEK)
    assert due_date(one, moment) == moment.astimezone(ZoneInfo(zone)).date()


@given(zones, moments, minutes, minutes)
@example("Europe/Berlin", dt.datetime(2026, 10, 24, 22, tzinfo=dt.UTC), 120, 180)
@example("Atlantic/Azores", dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC), 0, 60)
def test_quiet_hours_end(zone: str, now: dt.datetime, first: int, last: int) -> None:
    """Within a day, ahead, and not in the next ones."""
    one = chat_wishing(zone, now, quiet_from=first, quiet_until=last)
    end = quiet_until(one, now)
    if end is None:
        return
    assert now < end <= now + LONGEST_WAIT
    assert first == last or quiet_until(one, end) is None
