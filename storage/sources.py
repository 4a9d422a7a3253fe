"""What is remembered of the sources and of the documents that they list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import sqlalchemy as sa

from feeds.entry import Entry
from storage import tables
from storage.database import Connection
from storage.upsert import insert

KEPT_ROUNDS = 20
"""Looks remembered per source."""

Status = Literal["waiting", "read", "failed"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """`etag` and `last_modified` are the validators of the last good answer; `failures` counts those in a row.

    `moved_to`: where the address `moved_from` of the catalogue has moved for good.
    """

    id: str
    etag: str | None
    last_modified: str | None
    last_success: dt.datetime | None
    last_error: str | None
    failures: int
    next_due: dt.datetime | None
    looked_once: bool
    last_try: dt.datetime | None = None
    moved_from: str | None = None
    moved_to: str | None = None


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
    first_seen: dt.datetime
    updated: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One look at a source; `error` is None for a good one."""

    source_id: str
    at: dt.datetime
    listed: int
    fresh: int
    error: str | None


@dataclass(frozen=True, slots=True)
class FailingDocuments:
    """How many documents of a source could not be taken in, and why the one that began to fail last could not."""

    count: int
    newest: str


_SOURCES = tables.sources
_ENTRIES = tables.entries
_ROUNDS = tables.rounds
_ENTRY_COLUMNS = tuple(_ENTRIES.c[field.name] for field in fields(EntryState))
_ROUND_COLUMNS = tuple(_ROUNDS.c[field.name] for field in fields(Round))


async def sync(conn: Connection, ids: Sequence[str]) -> None:
    """Make the sources of the catalogue known; what is remembered of others stays."""
    if rows := [{"id": id, "failures": 0, "looked_once": False} for id in ids]:
        await conn.execute(insert(conn, _SOURCES).on_conflict_do_nothing(), rows)


async def state(conn: Connection, id: str) -> SourceState | None:
    """None where the source is unknown (`sync` makes it known)."""
    row = (await conn.execute(sa.select(_SOURCES).where(_SOURCES.c.id == id))).first()
    return None if row is None else SourceState(**row._mapping)


async def states(conn: Connection) -> tuple[SourceState, ...]:
    """All that are known, by id."""
    rows = await conn.execute(sa.select(_SOURCES).order_by(_SOURCES.c.id))
    return tuple(SourceState(**row._mapping) for row in rows)


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
    good = {"last_success": now, "last_error": None, "failures": 0, "looked_once": True}
    when = {"last_try": now, "next_due": next_due, "etag": etag, "last_modified": last_modified}
    await conn.execute(sa.update(_SOURCES).where(_SOURCES.c.id == id).values(good | when))
    await _add_round(conn, Round(id, now, listed, fresh, None))


async def record_failure(conn: Connection, id: str, error: str, now: dt.datetime, next_due: dt.datetime) -> int:
    """The source failed; how often in a row by now."""
    # What has moved and fails there is looked for at its old place again; a redirect will lead from it once more.
    bad = {"last_error": error, "last_try": now, "next_due": next_due, "failures": _SOURCES.c.failures + 1}
    bad |= {"moved_from": None, "moved_to": None}
    changed = sa.update(_SOURCES).where(_SOURCES.c.id == id).values(bad).returning(_SOURCES.c.failures)
    failures: int = (await conn.execute(changed)).scalar_one()
    await _add_round(conn, Round(id, now, 0, 0, error))
    return failures


async def record_move(conn: Connection, id: str, address: str, moved_to: str) -> bool:
    """The catalogue's `address` has moved for good; whether that is news."""
    known = (_SOURCES.c.moved_from == address, _SOURCES.c.moved_to == moved_to)
    news = sa.update(_SOURCES).where(_SOURCES.c.id == id, sa.or_(_SOURCES.c.moved_to.is_(None), ~sa.and_(*known)))
    return (await conn.execute(news.values(moved_from=address, moved_to=moved_to))).rowcount > 0


async def forgive(conn: Connection, ids: Sequence[str], next_due: dt.datetime) -> None:
    """Those failures of just now were ours, not the sources': they do not count, and are tried again soon."""
    less = {"failures": _SOURCES.c.failures - 1, "last_error": "we were offline", "next_due": next_due}
    failed = sa.update(_SOURCES).where(_SOURCES.c.id.in_(ids), _SOURCES.c.failures > 0)
    await conn.execute(failed.values(less))


async def upsert_entries(
    conn: Connection, source_id: str, entries: Sequence[Entry], now: dt.datetime, silent: bool
) -> int:
    """Remember what a source lists; new ones, and those whose `updated` or title changed, are due at once.

    How many became due. `silent` holds for the new ones only.
    """
    known = await _known(conn, source_id)
    due = 0
    for position, listed in enumerate({entry.address: entry for entry in entries}.values()):
        seen = (listed.title, listed.updated)
        if known.get(listed.address) == seen:
            continue
        due += 1
        await _make_due(conn, source_id, listed, now, {"position": position, "silent": silent, "first_seen": now})
    return due


async def due_entries(conn: Connection, source_id: str, now: dt.datetime) -> tuple[EntryState, ...]:
    """What is to be fetched now, in the order in which it was listed."""
    due = sa.select(*_ENTRY_COLUMNS).where(_ENTRIES.c.source_id == source_id, _ENTRIES.c.next_due <= now)
    rows = await conn.execute(due.order_by(_ENTRIES.c.next_due, _ENTRIES.c.position, _ENTRIES.c.address))
    return tuple(EntryState(**row._mapping) for row in rows)


async def with_due_entries(conn: Connection, now: dt.datetime) -> frozenset[str]:
    """The sources of which something is to be fetched now."""
    return frozenset(await conn.scalars(sa.select(_ENTRIES.c.source_id).where(_ENTRIES.c.next_due <= now).distinct()))


async def entry(conn: Connection, source_id: str, address: str) -> EntryState | None:
    """None where the source never listed that address."""
    row = (await conn.execute(sa.select(*_ENTRY_COLUMNS).where(*_at(source_id, address)))).first()
    return None if row is None else EntryState(**row._mapping)


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
    *,
    silent: bool = False,
) -> None:
    """`read`: failures end, validators are replaced, and so does silence unless `silent`. `failed`: one failure more,
    validators stay.

    `next_due` None: not to be fetched again by itself.
    """
    values: dict[str, Any] = {"status": status, "next_due": next_due, "error": error}
    if status == "read":
        values |= {"failures": 0, "silent": silent, "etag": etag, "last_modified": last_modified, "sha256": sha256}
    if status == "failed":
        values |= {"failures": _ENTRIES.c.failures + 1}
    await conn.execute(sa.update(_ENTRIES).where(*_at(source_id, address)).values(values))


async def failing_documents(conn: Connection) -> dict[str, FailingDocuments]:
    """By source; one without failing documents is not in it. The fewer failures, the later they began."""
    failing = sa.select(_ENTRIES.c.source_id, _ENTRIES.c.error).where(_ENTRIES.c.status == "failed")
    order = (_ENTRIES.c.failures, _ENTRIES.c.first_seen.desc(), _ENTRIES.c.position, _ENTRIES.c.address)
    found: dict[str, FailingDocuments] = {}
    for source_id, error in await conn.execute(failing.order_by(*order)):
        known = found.get(source_id) or FailingDocuments(0, error or "unknown reason")
        found[source_id] = FailingDocuments(known.count + 1, known.newest)
    return found


async def last_news(conn: Connection) -> dict[str, dt.datetime]:
    """When each source last listed a new or changed document: as its publisher dates it, else when we saw it first."""
    listed = sa.func.max(sa.func.coalesce(_ENTRIES.c.updated, _ENTRIES.c.first_seen))
    rows = await conn.execute(sa.select(_ENTRIES.c.source_id, listed).group_by(_ENTRIES.c.source_id))
    return {row[0]: row[1] for row in rows}


async def rounds(conn: Connection, source_id: str, limit: int = 10) -> tuple[Round, ...]:
    """The last looks at a source, newest first."""
    mine = sa.select(*_ROUND_COLUMNS).where(_ROUNDS.c.source_id == source_id)
    rows = await conn.execute(mine.order_by(_ROUNDS.c.id.desc()).limit(limit))
    return tuple(Round(**row._mapping) for row in rows)


async def latest_rounds(conn: Connection, limit: int) -> tuple[Round, ...]:
    """The last looks at any source, newest first."""
    rows = await conn.execute(sa.select(*_ROUND_COLUMNS).order_by(_ROUNDS.c.id.desc()).limit(limit))
    return tuple(Round(**row._mapping) for row in rows)


async def forget_rounds(conn: Connection) -> None:
    """Keep the last looks at each source only."""
    place = sa.func.row_number().over(partition_by=_ROUNDS.c.source_id, order_by=_ROUNDS.c.id.desc()).label("place")
    placed = sa.select(_ROUNDS.c.id, place).subquery()
    old = sa.select(placed.c.id).where(placed.c.place > KEPT_ROUNDS)
    await conn.execute(sa.delete(_ROUNDS).where(_ROUNDS.c.id.in_(old)))


async def _known(conn: Connection, source_id: str) -> dict[str, tuple[str | None, dt.datetime | None]]:
    columns = (_ENTRIES.c.address, _ENTRIES.c.title, _ENTRIES.c.updated)
    rows = await conn.execute(sa.select(*columns).where(_ENTRIES.c.source_id == source_id))
    return {address: (title, updated) for address, title, updated in rows}


async def _make_due(
    conn: Connection, source_id: str, listed: Entry, now: dt.datetime, when_new: dict[str, Any]
) -> None:
    seen = {"title": listed.title, "updated": listed.updated, "status": "waiting", "next_due": now}
    row = {"source_id": source_id, "address": listed.address, "failures": 0, **seen, **when_new}
    statement = insert(conn, _ENTRIES).values(row)
    await conn.execute(statement.on_conflict_do_update(index_elements=["source_id", "address"], set_=seen))


async def _add_round(conn: Connection, round: Round) -> None:
    await conn.execute(sa.insert(_ROUNDS).values({field.name: getattr(round, field.name) for field in fields(Round)}))


def _at(source_id: str, address: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return _ENTRIES.c.source_id == source_id, _ENTRIES.c.address == address
