"""Take a reading in: record, revision, search index, matches and messages in the caller's one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feeds.record import Reading
from storage.database import Connection

if TYPE_CHECKING:
    from config.topics import Topic
    from feeds.words import Analyser

MAX_CHANGES = 20
"""A resolution that changed more often than this is kept, but flagged for review and no longer notified."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that was read. `address` is where it came from (URL or path), `source` its id in the catalogue.

    `silent`: store it and tell nobody (the first look at a source).
    """

    reading: Reading
    source: str | None
    address: str
    seen_at: dt.datetime
    silent: bool = False


@dataclass(frozen=True, slots=True)
class StoredRef:
    """A resolution that is new or changed; `revision` counts from 1."""

    id: int
    revision: int
    number: str
    change: Literal["new", "changed"]
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document. `resolutions` are the new and the changed ones, in document order.

    `enqueued` counts the messages and digest entries that were written.
    """

    publication_id: int
    outcome: Literal["new", "changed", "same"]
    resolutions: tuple[StoredRef, ...] = ()
    enqueued: int = 0


async def take_in(conn: Connection, arrival: Arrival, analyser: Analyser, topics: Sequence[Topic]) -> Taken:
    """Store what is new or changed, and write the messages for those who subscribed to it."""
    raise NotImplementedError
