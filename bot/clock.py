"""The one place that asks what time it is; everything else is told."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> dt.datetime:
        """The present moment as an aware UTC time."""
        ...

    def seconds(self) -> float:
        """Seconds on a scale that never runs backwards, for pauses and ages; its zero means nothing."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def seconds(self) -> float:
        return time.monotonic()
