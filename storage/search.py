"""Full-text search over analysed word forms (SQLite FTS5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.database import Connection
from storage.resolutions import Page, StoredResolution

if TYPE_CHECKING:
    from feeds.query import TextQuery


@dataclass(frozen=True, slots=True)
class Found:
    """A hit; `score` is higher for better ones and comparable inside one answer only."""

    stored: StoredResolution
    score: float


async def find(conn: Connection, query: TextQuery, limit: int, offset: int = 0) -> Page[Found]:
    """The resolutions that the query matches, best first, newer conference first at equal rank."""
    raise NotImplementedError


async def vocabulary(conn: Connection, limit: int = 50_000) -> tuple[str, ...]:
    """Words of the stored resolutions as printed, commonest first, for suggestions."""
    raise NotImplementedError
