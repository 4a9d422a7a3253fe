"""What ails a source, in a line for the command line."""

from __future__ import annotations

import datetime as dt

from config.catalogue import Source
from handlers.source_troubles import Trouble, troubles
from storage.sources import FailingDocuments, SourceState


def source_trouble(
    source: Source, state: SourceState | None, failing: FailingDocuments | None, now: dt.datetime
) -> str | None:
    """What is wrong with a watched source, in a line; None for one that is well or was never looked at."""
    return "; ".join(_sentence(one) for one in troubles(source, state, failing, now)) or None


def documents_trouble(failing: FailingDocuments) -> str:
    """Of the documents that a source lists: how many fail, and why the newest of them does."""
    return _sentence(Trouble("documents", failing.count, " ".join(failing.newest.split())))


def _sentence(trouble: Trouble) -> str:
    match trouble:
        case Trouble("failing", count, reason):
            return f"failed ({count} in a row): {reason}"
        case Trouble("late", since=dt.datetime() as since):
            return f"should have been looked at by {since:%Y-%m-%d %H:%M} UTC; is the service running?"
    documents = "1 document" if trouble.count == 1 else f"{trouble.count} documents"
    return f"{documents} failing: {trouble.reason}"
