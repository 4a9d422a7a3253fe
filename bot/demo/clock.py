"""A clock that can be set forward, so that the demo need not wait for tomorrow morning."""

from __future__ import annotations

import datetime as dt

from bot.clock import Clock


class SettableClock:
    """Runs with another clock, some time ahead of it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = dt.timedelta(0)

    def now(self) -> dt.datetime:
        return self._clock.now() + self._ahead

    def seconds(self) -> float:
        return self._clock.seconds() + self._ahead.total_seconds()

    def set_forward(self, by: dt.timedelta) -> None:
        """Raises `ValueError` for a step back: clocks that others rely on do not do that."""
        if by < dt.timedelta(0):
            raise ValueError(f"a clock is set forward only, not by {by}")
        self._ahead += by
