"""Look-ups of stored resolutions; every answer carries the record as it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from feeds.as_json import resolution_from_json
from feeds.record import Publication, Resolution
from storage import tables
from storage.database import Connection
from storage.documents import publication_from_json
from storage.identity import number_key

T = TypeVar("T")

_HEADS = tables.resolutions
_REVISIONS = tables.revisions
_PUBLICATIONS = tables.publications


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer list; `total` counts the whole list."""

    items: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StoredPublication:
    """The document that a resolution was read from; `warnings` are about the document as a whole."""

    id: int
    address: str
    source_id: str | None
    publication: Publication
    stored_at: dt.datetime
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredResolution:
    """A resolution in one of its revisions (counted from 1)."""

    id: int
    revision: int
    publication: StoredPublication
    resolution: Resolution


async def by_id(conn: Connection, id: int, revision: int | None = None) -> StoredResolution | None:
    """The resolution in its newest revision, or in the one asked for."""
    chosen = _REVISIONS.c.revision == (_HEADS.c.revision if revision is None else revision)
    rows = await conn.execute(_records(chosen).where(_HEADS.c.id == id))
    return next((_stored(row) for row in rows), None)


async def by_ids(conn: Connection, ids: Sequence[int]) -> tuple[StoredResolution, ...]:
    """The newest revisions of those that exist, in the order asked for."""
    rows = await conn.execute(_newest_of_ids(), {"ids": list(ids)})
    found = {stored.id: stored for stored in map(_stored, rows)}
    return tuple(found[id] for id in ids if id in found)


async def by_number(
    conn: Connection, number: str, body: str | None = None, session: int | None = None
) -> tuple[StoredResolution, ...]:
    """All resolutions of that agenda number ("5.2", "TOP 2.1.B"), newest first; `body` in any case."""
    asked = _newest().where(_HEADS.c.number_key == number_key(number))
    if body is not None:
        asked = asked.where(sa.func.lower(_HEADS.c.body) == body.lower())
    if session is not None:
        asked = asked.where(_HEADS.c.session == session)
    return await _all(conn, asked)


async def latest(conn: Connection, limit: int, offset: int = 0) -> Page[StoredResolution]:
    """Newest conference first, inside a document in its order."""
    rows = await conn.execute(_newest().order_by(*newest_first()).limit(limit).offset(offset))
    return Page(tuple(map(_stored, rows)), await count(conn))


async def newest_number(conn: Connection) -> tuple[str, str, int] | None:
    """Number, conference and session of the newest resolution that has all three."""
    known = (_HEADS.c.number.is_not(None), _HEADS.c.body.is_not(None), _HEADS.c.session.is_not(None))
    asked = sa.select(_HEADS.c.number, _HEADS.c.body, _HEADS.c.session).where(*known)
    row = (await conn.execute(asked.order_by(*newest_first()).limit(1))).first()
    return None if row is None else (row.number, row.body, row.session)


async def applied_by(conn: Connection, state: str) -> tuple[StoredResolution, ...]:
    """What the Land (full name) applied for, newest first."""
    applied = sa.select(tables.applicants.c.resolution_id).where(tables.applicants.c.state == state)
    return await _all(conn, _newest().where(_HEADS.c.id.in_(applied)))


async def noted_by(conn: Connection, state: str) -> tuple[StoredResolution, ...]:
    """The resolutions to which the Land (full name) put a protocol note on record, newest first."""
    noted = sa.select(tables.note_states.c.resolution_id).where(tables.note_states.c.state == state)
    return await _all(conn, _newest().where(_HEADS.c.id.in_(noted)))


async def newest_of(conn: Connection, ids: sa.Select[tuple[int]], limit: int) -> tuple[StoredResolution, ...]:
    """Those whose id the query gives, newest first."""
    return await _all(conn, _newest().where(_HEADS.c.id.in_(ids)).limit(limit))


async def count_notes(conn: Connection, state: str) -> int:
    """How many protocol notes the Land (full name) put on record, alone or with others."""
    told = tables.note_states
    asked = sa.select(sa.func.count()).select_from(told).where(told.c.state == state)
    return (await conn.execute(asked)).scalar_one()


async def numbers(conn: Connection) -> tuple[str, ...]:
    """All agenda numbers that exist, each once, as printed."""
    numbered = sa.select(_HEADS.c.number).where(_HEADS.c.number.is_not(None))
    return tuple(await conn.scalars(numbered.distinct().order_by(_HEADS.c.number)))


async def conferences(conn: Connection, limit: int) -> tuple[str, ...]:
    """The short names of the conferences, those with most resolutions first."""
    times = sa.func.count()
    named = sa.select(_HEADS.c.body).where(_HEADS.c.body.is_not(None)).group_by(_HEADS.c.body)
    return tuple(await conn.scalars(named.order_by(times.desc(), _HEADS.c.body).limit(limit)))


async def count(conn: Connection) -> int:
    """How many resolutions are stored."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(_HEADS))).scalar_one()


async def needing_review(conn: Connection) -> tuple[StoredResolution, ...]:
    """Those that changed so often that a person has to look before anybody is told again, newest first."""
    return await _all(conn, _newest().where(_HEADS.c.needs_review))


def newest_first() -> tuple[sa.ColumnElement[Any], ...]:
    """The order of lists: newest conference first, inside it the newest document, inside that as printed."""
    return _HEADS.c.newest_on.desc(), _HEADS.c.publication_id.desc(), _HEADS.c.position, _HEADS.c.id


@cache
def _newest_of_ids() -> sa.Select[Any]:
    """Made once: every search ends with it."""
    return _newest().where(_HEADS.c.id.in_(sa.bindparam("ids", expanding=True)))


def _newest() -> sa.Select[Any]:
    return _records(_REVISIONS.c.revision == _HEADS.c.revision)


def _records(revision: sa.ColumnElement[bool]) -> sa.Select[Any]:
    told = _HEADS.join(_REVISIONS, sa.and_(_REVISIONS.c.resolution_id == _HEADS.c.id, revision))
    columns = (
        _HEADS.c.id.label("resolution_id"),
        _REVISIONS.c.revision,
        _REVISIONS.c.record.label("resolution"),
        *_PUBLICATIONS.c,
    )
    return sa.select(*columns).select_from(told.join(_PUBLICATIONS, _PUBLICATIONS.c.id == _REVISIONS.c.publication_id))


async def _all(conn: Connection, asked: sa.Select[Any]) -> tuple[StoredResolution, ...]:
    return tuple(map(_stored, await conn.execute(asked.order_by(*newest_first()))))


def _stored(row: sa.Row[Any]) -> StoredResolution:
    data = row._mapping
    document = StoredPublication(
        id=data["id"],
        address=data["address"],
        source_id=data["source_id"],
        publication=publication_from_json(data["record"]),
        stored_at=data["stored_at"],
        warnings=tuple(data["warnings"]),
    )
    return StoredResolution(data["resolution_id"], data["revision"], document, resolution_from_json(data["resolution"]))
