"""Which round is under way. What it finds is told when it has ended, so that many resolutions make one overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import Clock

LONGEST_WAIT = dt.timedelta(minutes=3)
"""A round that takes longer (a slow site) does not hold back what the others have found."""


class Rounds:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._under_way: dt.datetime | None = None

    @contextmanager
    def at(self, moment: dt.datetime) -> Iterator[None]:
        """The round whose finds all bear that moment is under way."""
        self._under_way = moment
        try:
            yield
        finally:
            self._under_way = None

    def gathering(self) -> dt.datetime | None:
        """The moment whose notices are to wait; None when there is no need to."""
        moment = self._under_way
        return moment if moment is not None and self._clock.now() - moment < LONGEST_WAIT else None
