"""The stored resolutions that a resolution refers to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from feeds.record import Publication, Reference
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution

MOST = 6


async def referred_to(conn: Connection, stored: StoredResolution) -> tuple[StoredResolution, ...]:
    """At most `MOST`, each once, in the order of the text; a reference must name number and session (or date)."""
    found: dict[int, StoredResolution] = {}
    for reference in stored.resolution.references:
        for one in await _meant(conn, reference):
            if one.id != stored.id:
                found.setdefault(one.id, one)
    return tuple(found.values())[:MOST]


async def _meant(conn: Connection, reference: Reference) -> Sequence[StoredResolution]:
    if reference.number is None or (reference.session is None and reference.date is None):
        return ()
    same = await resolutions.by_number(conn, reference.number, reference.body, reference.session)
    if reference.session is not None or reference.date is None:
        return same
    return [one for one in same if _is_held_on(one.publication.publication, reference.date)]


def _is_held_on(publication: Publication, day: dt.date) -> bool:
    first = publication.date_start
    return first is not None and first <= day <= (publication.date_end or first)
