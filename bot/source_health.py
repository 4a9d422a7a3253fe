"""Whether a source is well: a judgement on what is remembered of it."""

from __future__ import annotations

import datetime as dt

from config.catalogue import Source
from storage.sources import SourceState


def source_trouble(source: Source, state: SourceState | None, now: dt.datetime) -> str | None:
    """What is wrong with a watched source, in half a sentence; None for one that is well or was never looked at."""
    if state is None or state.last_try is None:
        return None
    if state.failures:
        return f"failed ({state.failures} in a row): {state.last_error}"
    late = state.next_due is not None and now - state.next_due > max(source.interval, dt.timedelta(hours=1))
    if late and state.next_due:
        return f"should have been looked at by {state.next_due:%Y-%m-%d %H:%M} UTC; is the service running?"
    return None
