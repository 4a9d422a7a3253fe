"""Whether a source is well: a judgement on what is remembered of it."""

from __future__ import annotations

import datetime as dt

from config.catalogue import Source
from storage.sources import FailingDocuments, SourceState


def source_trouble(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, now: dt.datetime
) -> str | None:
    """What is wrong with a watched source, in a line; None for one that is well or was never looked at."""
    if state is None or state.last_try is None:
        return None
    troubles = (_index_trouble(source, state, now), failing and documents_trouble(failing))
    return "; ".join(trouble for trouble in troubles if trouble) or None


def documents_trouble(failing: FailingDocuments) -> str:
    """Of the documents that a source lists: how many fail, and why the newest of them does."""
    documents = "1 document" if failing.count == 1 else f"{failing.count} documents"
    return f"{documents} failing: {' '.join(failing.newest.split())}"


def _index_trouble(source: Source, state: SourceState, now: dt.datetime) -> str | None:
    if state.failures:
        return f"failed ({state.failures} in a row): {state.last_error}"
    late = state.next_due is not None and now - state.next_due > max(source.interval, dt.timedelta(hours=1))
    if late and state.next_due:
        return f"should have been looked at by {state.next_due:%Y-%m-%d %H:%M} UTC; is the service running?"
    return None
