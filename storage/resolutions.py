"""Look-ups of stored resolutions; every answer carries the record as it was read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from feeds.record import Publication, Resolution
from storage.database import Connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer list; `total` counts the whole list."""

    items: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StoredPublication:
    """The document that a resolution was read from."""

    id: int
    address: str
    source_id: str | None
    publication: Publication
    stored_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StoredResolution:
    """A resolution in one of its revisions (counted from 1)."""

    id: int
    revision: int
    publication: StoredPublication
    resolution: Resolution


async def by_id(conn: Connection, id: int, revision: int | None = None) -> StoredResolution | None:
    """The resolution in its newest revision, or in the one asked for."""
    raise NotImplementedError


async def by_number(
    conn: Connection, number: str, body: str | None = None, session: int | None = None
) -> tuple[StoredResolution, ...]:
    """All resolutions of that agenda number ("5.2", "TOP 2.1.B"), newest first."""
    raise NotImplementedError


async def latest(conn: Connection, limit: int, offset: int = 0) -> Page[StoredResolution]:
    """Newest conference first, inside a document in its order."""
    raise NotImplementedError


async def applied_by(conn: Connection, state: str) -> tuple[StoredResolution, ...]:
    """What the Land (full name) applied for, newest first."""
    raise NotImplementedError


async def noted_by(conn: Connection, state: str) -> tuple[StoredResolution, ...]:
    """The resolutions to which the Land (full name) put a protocol note on record, newest first."""
    raise NotImplementedError


async def numbers(conn: Connection) -> tuple[str, ...]:
    """All agenda numbers that exist, each once, as printed."""
    raise NotImplementedError


async def count(conn: Connection) -> int:
    """How many resolutions are stored."""
    raise NotImplementedError
