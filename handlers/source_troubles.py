"""Whether a source is well: a judgement on what is remembered of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.catalogue import Source
from storage.sources import FailingDocuments, SourceState

LATE = dt.timedelta(hours=1)
"""A source that should have been looked at so long ago, or by an interval of its own, is not looked at any more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`failing`: the last `count` looks in a row, for that `reason`; `late`: it was to be looked at `since` then;
    `documents`: so many of those it lists, the newest for that reason."""

    kind: Literal["failing", "late", "documents"]
    count: int = 0
    reason: str = ""
    since: dt.datetime | None = None


def troubles(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, now: dt.datetime
) -> tuple[Trouble, ...]:
    """What ails a watched source; nothing for one that is well or was never looked at."""
    return tuple(_troubles(source, state, failing, now))


def _troubles(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, now: dt.datetime
) -> Iterator[Trouble]:
    if state is None or state.last_try is None:
        return
    if state.failures:
        yield Trouble("failing", state.failures, str(state.last_error))
    elif state.next_due is not None and now - state.next_due > max(source.interval, LATE):
        yield Trouble("late", since=state.next_due)
    if failing:
        yield Trouble("documents", failing.count, " ".join(failing.newest.split()))
