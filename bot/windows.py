"""How many within how long. Pure: the time is an argument, in seconds of a clock that only runs on."""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from dataclasses import dataclass

# What is not an answer goes out evenly, so that a free slot is never far when somebody asks; so many slots' worth of
# lateness (timers, commits) may be made up for.
_CATCH_UP = 4
ROUNDING = 1e-9
"""Seconds that do not count."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages within any `seconds`."""

    count: int
    seconds: float


class Window:
    """One sliding window: how many messages are under way, and when those before them arrived at the latest."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._under_way = 0
        self._arrived: list[float] = []

    def wait(self, at: float) -> float:
        """Seconds until there is room; infinite while those under way alone fill it."""
        self._forget(at)
        too_many = self._under_way + len(self._arrived) - self.rate.count + 1
        if too_many <= 0:
            return 0.0
        if too_many > len(self._arrived):
            return math.inf
        return max(0.0, self._arrived[too_many - 1] + self.rate.seconds - at)

    def begin(self) -> None:
        self._under_way += 1

    def end(self, arrived: float) -> None:
        self._under_way -= 1
        insort(self._arrived, arrived)

    def is_idle(self, at: float) -> bool:
        self._forget(at)
        return not self._arrived and not self._under_way

    def _forget(self, at: float) -> None:
        gone = bisect_right(self._arrived, at - self.rate.seconds + ROUNDING)
        del self._arrived[:gone]


class Pulse:
    """Evenly spaced beats at a rate, with a little catching up."""

    def __init__(self, rate: Rate) -> None:
        self._step = 0.0
        self._next = -math.inf
        self.pace(rate)

    def pace(self, rate: Rate) -> None:
        """From the next beat on."""
        self._step = rate.seconds / rate.count

    def wait(self, at: float) -> float:
        return max(0.0, self._next - at)

    def beat(self, at: float) -> None:
        self._next = max(self._next, at - _CATCH_UP * self._step) + self._step
