"""The documents that were read: one row for each that brought something new, at its address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from cattrs.preconf.json import JsonConverter, make_converter

from feeds.parse_paper import NO_STRUCTURE
from feeds.recognised import NO_RESOLUTION
from feeds.record import Publication
from storage import tables
from storage.database import Connection

Json = dict[str, Any]

_TABLE = tables.publications

_STRANGE = frozenset({NO_STRUCTURE, NO_RESOLUTION})

_COMPARED = 5
"""A source that lists all sorts of things has one without heads among its last ones, and is in no trouble."""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a document looked like when it was last seen. `recognised`: as in `feeds.recognised`; what was not is read
    anew whenever it is seen, since a later reader may understand it."""

    id: int
    address: str
    sha256: str
    recognised: bool = True


def publication_to_json(publication: Publication) -> Json:
    """JSON-ready data; `publication_from_json` gives the record back unchanged."""
    data: Json = _converter().unstructure(publication)
    return data


def publication_from_json(data: Json) -> Publication:
    """The record that `publication_to_json` wrote; fields that were added since then take their defaults."""
    return _converter().structure(data, Publication)


async def known(conn: Connection, address: str, sha256: str) -> KnownDocument | None:
    """The document last seen at the address; for a new address, the very same bytes seen anywhere else."""
    here = await _last(conn, _TABLE.c.address == address)
    return here or await _last(conn, _TABLE.c.sha256 == sha256)


async def store(
    conn: Connection,
    publication: Publication,
    warnings: tuple[str, ...],
    address: str,
    source_id: str | None,
    now: dt.datetime,
) -> int:
    """Keep a document; its new id."""
    row = {"address": address, "source_id": source_id, **_said(publication, warnings, now)}
    stored = await conn.execute(sa.insert(_TABLE).values(row).returning(_TABLE.c.id))
    id: int = stored.scalar_one()
    return id


async def renew(
    conn: Connection, id: int, publication: Publication, warnings: tuple[str, ...], now: dt.datetime
) -> None:
    """Keep a document in the place of one that nothing was read from."""
    await conn.execute(sa.update(_TABLE).where(_TABLE.c.id == id).values(_said(publication, warnings, now)))


def _said(publication: Publication, warnings: tuple[str, ...], now: dt.datetime) -> dict[str, Any]:
    return {
        "sha256": publication.sha256,
        "record": publication_to_json(publication),
        "warnings": list(warnings),
        "stored_at": now,
        "seen_at": now,
    }


async def seen_again(conn: Connection, id: int, sha256: str, now: dt.datetime) -> None:
    """The document brought nothing new; its bytes may have changed without changing what it says."""
    await conn.execute(sa.update(_TABLE).where(_TABLE.c.id == id).values(sha256=sha256, seen_at=now))


async def headless(conn: Connection) -> dict[str, str]:
    """Sources whose newest document has no structure that we know or decides nothing, while the ones before it did:
    its address."""
    newest_first = sa.func.row_number().over(partition_by=_TABLE.c.source_id, order_by=_TABLE.c.id.desc())
    ranked = sa.select(_TABLE.c.source_id, _TABLE.c.address, _TABLE.c.warnings, newest_first.label("place")).subquery()
    looked_at = (ranked.c.source_id.is_not(None), ranked.c.place <= _COMPARED)
    rows = (await conn.execute(sa.select(ranked).where(*looked_at).order_by(ranked.c.source_id, ranked.c.place))).all()
    found: dict[str, str] = {}
    for source_id, group in groupby(rows, key=lambda row: row.source_id):
        newest, *before = group
        if (
            before
            and _STRANGE.intersection(newest.warnings)
            and all(_STRANGE.isdisjoint(row.warnings) for row in before)
        ):
            found[source_id] = newest.address
    return found


async def _last(conn: Connection, where: sa.ColumnElement[bool]) -> KnownDocument | None:
    columns = (_TABLE.c.id, _TABLE.c.address, _TABLE.c.sha256, _TABLE.c.warnings)
    row = (await conn.execute(sa.select(*columns).where(where).order_by(_TABLE.c.id.desc()).limit(1))).first()
    return None if row is None else KnownDocument(row.id, row.address, row.sha256, NO_RESOLUTION not in row.warnings)


@cache
def _converter() -> JsonConverter:
    return make_converter()
