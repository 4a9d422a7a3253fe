from __future__ import annotations

import datetime as dt

import pytest

from bot.demo.clock import SettableClock

START = dt.datetime(2026, 11, 6, 12, 0, tzinfo=dt.UTC)


class Standing:
    def now(self) -> dt.datetime:
        return START

    def seconds(self) -> float:
        return 100.0


def test_it_runs_with_the_other_clock_and_can_be_set_forward() -> None:
    clock = SettableClock(Standing())
    assert (clock.now(), clock.seconds()) == (START, 100.0)
    clock.set_forward(dt.timedelta(hours=1))
    clock.set_forward(dt.timedelta(seconds=1))
    assert (clock.now(), clock.seconds()) == (START + dt.timedelta(hours=1, seconds=1), 3701.0)


def test_it_is_never_set_back() -> None:
    with pytest.raises(ValueError, match="forward only"):
        SettableClock(Standing()).set_forward(dt.timedelta(seconds=-1))
