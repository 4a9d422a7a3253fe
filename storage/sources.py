"""What is remembered of the sources and of the documents that they list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from storage.database import Connection

Status = Literal["waiting", "read", "failed"]


class Listed(Protocol):
    """An entry as a feed or a link list gives it."""

    @property
    def address(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def updated(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class SourceState:
    """`etag` and `last_modified` are the validators of the last good answer; `failures` counts those in a row."""

    id: str
    etag: str | None
    last_modified: str | None
    last_success: dt.datetime | None
    last_error: str | None
    failures: int
    next_due: dt.datetime | None
    looked_once: bool
    last_try: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryState:
    """A listed document. `silent`: it was there at the first look, so nobody is told of it."""

    source_id: str
    address: str
    title: str | None
    etag: str | None
    last_modified: str | None
    sha256: str | None
    status: Status
    silent: bool
    failures: int
    next_due: dt.datetime | None
    error: str | None
    updated: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One look at a source; `error` is None for a good one."""

    source_id: str
    at: dt.datetime
    listed: int
    fresh: int
    error: str | None


async def sync(conn: Connection, ids: Sequence[str]) -> None:
    """Make the sources of the catalogue known; what is remembered of others stays."""
    raise NotImplementedError


async def state(conn: Connection, id: str) -> SourceState | None:
    raise NotImplementedError


async def states(conn: Connection) -> tuple[SourceState, ...]:
    """All that are known, by id."""
    raise NotImplementedError


async def record_success(
    conn: Connection,
    id: str,
    now: dt.datetime,
    next_due: dt.datetime,
    etag: str | None = None,
    last_modified: str | None = None,
    listed: int = 0,
    fresh: int = 0,
) -> None:
    """The source answered (also "not modified": pass the validators on)."""
    raise NotImplementedError


async def record_failure(conn: Connection, id: str, error: str, now: dt.datetime, next_due: dt.datetime) -> int:
    """The source failed; how often in a row by now."""
    raise NotImplementedError


async def upsert_entries(
    conn: Connection, source_id: str, entries: Sequence[Listed], now: dt.datetime, silent: bool
) -> int:
    """Remember what a source lists; new ones, and those whose `updated` or title changed, are due at once.

    How many became due. `silent` holds for the new ones only.
    """
    raise NotImplementedError


async def due_entries(conn: Connection, source_id: str, now: dt.datetime) -> tuple[EntryState, ...]:
    """What is to be fetched now, in the order in which it was listed."""
    raise NotImplementedError


async def entry(conn: Connection, source_id: str, address: str) -> EntryState | None:
    raise NotImplementedError


async def mark_entry(
    conn: Connection,
    source_id: str,
    address: str,
    status: Status,
    next_due: dt.datetime | None,
    etag: str | None = None,
    last_modified: str | None = None,
    sha256: str | None = None,
    error: str | None = None,
) -> None:
    """`read`: failures and silence end, validators are replaced. `failed`: one failure more, validators stay.

    `next_due` None: not to be fetched again by itself.
    """
    raise NotImplementedError


async def rounds(conn: Connection, source_id: str, limit: int = 10) -> tuple[Round, ...]:
    """The last looks at a source, newest first."""
    raise NotImplementedError
