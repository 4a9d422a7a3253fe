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
_ASKED = tables.deadline_addressees


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of a resolution by which something is to be done."""

    stored: StoredResolution
    mention: DateMention


@dataclass(frozen=True, slots=True)
class Among:
    """Which deadlines count. `resolutions`: only those of these; None for all.

    `asked`: for each of these sets of names, somebody of it is to have met a demand by then; `not_asked`: nobody of
    these.
    """

    resolutions: frozenset[int] | None = None
    asked: tuple[frozenset[str], ...] = ()
    not_asked: frozenset[str] = frozenset()


ALL = Among()


async def due(
    conn: Connection, today: dt.date, past: bool, limit: int, offset: int = 0, among: Among = ALL
) -> Page[Deadline]:
    """From today on, the next first; or with `past` what was due before today, the latest first."""
    order = (_TABLE.c.due_on.desc(), _TABLE.c.date.desc()) if past else (_TABLE.c.due_on, _TABLE.c.date)
    columns = (_TABLE.c.resolution_id, _TABLE.c.position)
    asked = sa.select(*columns).where(*_chosen(today, past, among)).order_by(*order, *columns)
    if among.resolutions is None:
        rows = (await conn.execute(asked.limit(limit).offset(offset))).all()
        total = await count(conn, today, past, among)
    else:
        all_rows = [row for row in await conn.execute(asked) if row.resolution_id in among.resolutions]
        rows, total = all_rows[offset : offset + limit], len(all_rows)
    stored = {one.id: one for one in await by_ids(conn, tuple({row.resolution_id for row in rows}))}
    found = (Deadline(stored[id], stored[id].resolution.dates[position]) for id, position in rows)
    return Page(tuple(found), total)


async def count(conn: Connection, today: dt.date, past: bool, among: Among = ALL) -> int:
    """How many there are from today on, or with `past` before today."""
    chosen = _chosen(today, past, among)
    if among.resolutions is None:
        counted = sa.select(sa.func.count()).select_from(_TABLE).where(*chosen)
        return (await conn.execute(counted)).scalar_one()
    ids = await conn.scalars(sa.select(_TABLE.c.resolution_id).where(*chosen))
    return sum(id in among.resolutions for id in ids)


def _chosen(today: dt.date, past: bool, among: Among) -> tuple[sa.ColumnElement[bool], ...]:
    when = _TABLE.c.due_on < today if past else _TABLE.c.due_on >= today
    unwanted = (~_of(among.not_asked),) if among.not_asked else ()
    return (when, *map(_of, among.asked), *unwanted)


def _of(names: frozenset[str]) -> sa.ColumnElement[bool]:
    mine = (_ASKED.c.resolution_id == _TABLE.c.resolution_id, _ASKED.c.position == _TABLE.c.position)
    return sa.exists().where(*mine, _ASKED.c.addressee.in_(sorted(names)))
