"""Every revision has a number that grows through the whole store, so that what is derived can catch up with it.

The counter's row is locked until the transaction ends (`lock_news`): numbers become visible in their order on every
store. The trail is a hash over all changes up to one, so two stores that share a trail hold the same, and an index that
was made from another store, or from one that has since been restored from a backup, is recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.database import Connection

BEGINNING = ""
"""The trail of an empty store."""

ONLY_ROW = 1

_COUNTER = tables.last_change
_HEADS = tables.resolutions
_REVISIONS = tables.revisions
_PUBLICATIONS = tables.publications


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the history of a store: after so many changes, with this trail behind it."""

    change: int = 0
    trail: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Change:
    """The newest revision of a resolution, with its record and its publication's as they were stored (JSON)."""

    mark: Mark
    id: int
    newest_on: Any
    publication_id: int
    position: int
    resolution: dict[str, Any]
    publication: dict[str, Any]


def trail_after(trail: str, id: int, natural_key: str, revision: int, fingerprint: str) -> str:
    """The trail that another revision of a resolution leaves."""
    return hashlib.sha256(f"{trail} {id} {natural_key} {revision} {fingerprint}".encode()).hexdigest()


async def lock_news(conn: Connection) -> None:
    """From here to the end of the transaction nobody else takes in, collects or holds back news.

    To be called before anything is locked or written. It is the counter's row that is locked: readers go on.
    """
    await conn.execute(sa.select(_COUNTER.c.id).with_for_update())


async def last(conn: Connection) -> Mark:
    """Where the store is."""
    return Mark(*(await conn.execute(_last())).one())


@cache
def _last() -> sa.Select[int, str]:
    return sa.select(_COUNTER.c.change, _COUNTER.c.trail)


async def next_mark(conn: Connection, id: int, natural_key: str, revision: int, fingerprint: str) -> Mark:
    """Count a revision of a resolution that is about to be written."""
    counted = sa.update(_COUNTER).values(change=_COUNTER.c.change + 1).returning(_COUNTER.c.change, _COUNTER.c.trail)
    change, trail = (await conn.execute(counted)).one()
    mark = Mark(change, trail_after(trail, id, natural_key, revision, fingerprint))
    await conn.execute(sa.update(_COUNTER).values(trail=mark.trail))
    return mark


async def passed(conn: Connection, mark: Mark) -> bool:
    """Whether the store has been at that place."""
    if mark == Mark():
        return True
    found = await conn.execute(sa.select(_REVISIONS.c.trail).where(_REVISIONS.c.change == mark.change))
    return found.scalar_one_or_none() == mark.trail


async def after(conn: Connection, change: int, limit: int) -> tuple[Change, ...]:
    """At most `limit` newest revisions that came later, in the order of their numbers."""
    newest = sa.and_(_REVISIONS.c.resolution_id == _HEADS.c.id, _REVISIONS.c.revision == _HEADS.c.revision)
    columns = (
        _REVISIONS.c.change,
        _REVISIONS.c.trail,
        _HEADS.c.id,
        _HEADS.c.newest_on,
        _HEADS.c.publication_id,
        _HEADS.c.position,
        _REVISIONS.c.record.label("resolution"),
        _PUBLICATIONS.c.record.label("publication"),
    )
    told = _REVISIONS.join(_HEADS, newest).join(_PUBLICATIONS, _PUBLICATIONS.c.id == _REVISIONS.c.publication_id)
    asked = sa.select(*columns).select_from(told).where(_REVISIONS.c.change > change)
    return tuple(_changes(await conn.execute(asked.order_by(_REVISIONS.c.change).limit(limit))))


def _changes(rows: sa.CursorResult[Any]) -> Iterator[Change]:
    for row in rows:
        data = dict(row._mapping)
        yield Change(Mark(data.pop("change"), data.pop("trail")), **data)
