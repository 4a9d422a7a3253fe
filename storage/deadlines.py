"""What resolutions set dates for, in the order in which it falls due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from feeds.record import DateMention
from storage import tables
from storage.database import Connection
from storage.resolutions import Page, StoredResolution, by_ids

_TABLE = tables.deadlines


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of a resolution by which something is to be done."""

    stored: StoredResolution
    mention: DateMention


async def due(
    conn: Connection,
    today: dt.date,
    past: bool,
    limit: int,
    offset: int = 0,
    among: frozenset[int] | None = None,
) -> Page[Deadline]:
    """From today on, the next first; or with `past` what was due before today, the latest first.

    `among`: only of these resolutions.
    """
    order = (_TABLE.c.due_on.desc(), _TABLE.c.date.desc()) if past else (_TABLE.c.due_on, _TABLE.c.date)
    columns = (_TABLE.c.resolution_id, _TABLE.c.position)
    asked = sa.select(*columns).where(_when(today, past)).order_by(*order, *columns)
    if among is None:
        rows = (await conn.execute(asked.limit(limit).offset(offset))).all()
        total = await count(conn, today, past)
    else:
        all_rows = [row for row in await conn.execute(asked) if row.resolution_id in among]
        rows, total = all_rows[offset : offset + limit], len(all_rows)
    stored = {one.id: one for one in await by_ids(conn, tuple({row.resolution_id for row in rows}))}
    found = (Deadline(stored[id], stored[id].resolution.dates[position]) for id, position in rows)
    return Page(tuple(found), total)


async def count(conn: Connection, today: dt.date, past: bool, among: frozenset[int] | None = None) -> int:
    """How many there are from today on, or with `past` before today."""
    if among is None:
        counted = sa.select(sa.func.count()).select_from(_TABLE).where(_when(today, past))
        return (await conn.execute(counted)).scalar_one()
    ids = await conn.scalars(sa.select(_TABLE.c.resolution_id).where(_when(today, past)))
    return sum(id in among for id in ids)


def _when(today: dt.date, past: bool) -> sa.ColumnElement[bool]:
    return _TABLE.c.due_on < today if past else _TABLE.c.due_on >= today
