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


async def due(conn: Connection, today: dt.date, past: bool, limit: int, offset: int = 0) -> Page[Deadline]:
    """From today on, the next first; or with `past` what was due before today, the latest first."""
    order = (_TABLE.c.due_on.desc(), _TABLE.c.date.desc()) if past else (_TABLE.c.due_on, _TABLE.c.date)
    columns = (_TABLE.c.resolution_id, _TABLE.c.position)
    asked = sa.select(*columns).where(_when(today, past)).order_by(*order, *columns).limit(limit).offset(offset)
    places = [(row.resolution_id, row.position) for row in await conn.execute(asked)]
    stored = {one.id: one for one in await by_ids(conn, tuple({id for id, _ in places}))}
    found = (Deadline(stored[id], stored[id].resolution.dates[position]) for id, position in places)
    return Page(tuple(found), await count(conn, today, past))


async def count(conn: Connection, today: dt.date, past: bool) -> int:
    """How many there are from today on, or with `past` before today."""
    counted = sa.select(sa.func.count()).select_from(_TABLE).where(_when(today, past))
    return (await conn.execute(counted)).scalar_one()


def _when(today: dt.date, past: bool) -> sa.ColumnElement[bool]:
    return _TABLE.c.due_on < today if past else _TABLE.c.due_on >= today
