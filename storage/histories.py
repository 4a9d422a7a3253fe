"""What is stored of the resolutions that a reading tells of, as far as comparing needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from feeds.as_json import resolution_from_json
from feeds.record import Resolution
from storage import tables
from storage.database import Connection
from storage.verdict import Known

_HEADS = tables.resolutions
_REVISIONS = tables.revisions


@dataclass(frozen=True, slots=True)
class _Told:
    revision: int
    address: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _History:
    """The revisions of one resolution, the newest last."""

    id: int
    reviewed: int
    told: list[_Told]

    @property
    def newest(self) -> _Told:
        return self.told[-1]

    def known(self, resolution: Resolution) -> Known:
        """With what the newest revision says."""
        addresses: dict[str, frozenset[str]] = {}
        for one in self.told:
            addresses[one.fingerprint] = addresses.get(one.fingerprint, frozenset()) | {one.address}
        newest = self.newest
        return Known(self.id, self.reviewed, newest.revision, newest.address, newest.fingerprint, resolution, addresses)


async def known_under(conn: Connection, keys: Sequence[str], read: Mapping[str, Resolution]) -> dict[str, Known]:
    """What is stored under each key; `read`: what was read, by its fingerprint, and need not be loaded again."""
    histories = await _histories(conn, keys)
    unlike = [one.id for one in histories.values() if one.newest.fingerprint not in read]
    newest = sa.and_(_REVISIONS.c.resolution_id == _HEADS.c.id, _REVISIONS.c.revision == _HEADS.c.revision)
    asked = sa.select(_HEADS.c.id, _REVISIONS.c.record).join(_REVISIONS, newest).where(_HEADS.c.id.in_(unlike))
    loaded = {id: resolution_from_json(record) for id, record in await conn.execute(asked)}
    return {key: one.known(loaded.get(one.id) or read[one.newest.fingerprint]) for key, one in histories.items()}


async def _histories(conn: Connection, keys: Sequence[str]) -> dict[str, _History]:
    told = _HEADS.join(_REVISIONS, _REVISIONS.c.resolution_id == _HEADS.c.id).join(
        tables.publications, tables.publications.c.id == _REVISIONS.c.publication_id
    )
    head = (_HEADS.c.natural_key, _HEADS.c.id, _HEADS.c.reviewed)
    columns = (_REVISIONS.c.revision, tables.publications.c.address, _REVISIONS.c.fingerprint)
    asked = sa.select(*head, *columns).select_from(told).where(_HEADS.c.natural_key.in_(keys))
    found: dict[str, _History] = {}
    for key, id, reviewed, *revision in await conn.execute(asked.order_by(_REVISIONS.c.revision)):
        found.setdefault(key, _History(id, reviewed, [])).told.append(_Told(*revision))
    return found
