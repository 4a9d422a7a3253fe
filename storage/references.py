"""Which stored resolutions a reference in a text means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from feeds.record import Publication, Reference, Resolution
from storage import resolutions, tables
from storage.database import Connection
from storage.identity import number_key
from storage.resolutions import StoredResolution

_LONGEST_MEETING = dt.timedelta(days=6)
"""A resolution may be cited by any day of its conference; stored is the first one."""

_CANDIDATES = 60
"""A citation of a meeting without a number is a candidate for each of its resolutions; so many are looked at."""
_MOST = 20

_HEADS = tables.resolutions


async def meant(conn: Connection, reference: Reference) -> Sequence[StoredResolution]:
    """What is cited by a session or a date together with a number; without a number only what that meeting alone
    decided, since a session of many resolutions is none of them."""
    if reference.session is None and reference.date is None:
        return ()
    if reference.number is not None:
        same = await resolutions.by_number(conn, reference.number, reference.body, reference.session)
    else:
        same = await _of_meeting(conn, reference)
    if reference.session is None and reference.date is not None:
        same = tuple(one for one in same if _is_held_on(one.publication.publication, reference.date))
    return same if reference.number is not None or len(same) == 1 else ()


async def referred_ids(conn: Connection, resolution: Resolution) -> frozenset[int]:
    """The ids of all stored resolutions that the text refers to."""
    found = [await meant(conn, reference) for reference in resolution.references]
    return frozenset(one.id for stored in found for one in stored)


async def referring(conn: Connection, stored: StoredResolution) -> tuple[StoredResolution, ...]:
    """The newest `_MOST` at most of those whose text refers to this one, newest first."""
    publication, number = stored.publication.publication, stored.resolution.number
    if publication.body is None:
        return ()
    cites = tables.citations
    asked = sa.select(cites.c.resolution_id).where(
        cites.c.body == publication.body.lower(),
        cites.c.resolution_id != stored.id,
        sa.or_(cites.c.session == publication.session, cites.c.session.is_(None) & cites.c.held_on.is_not(None)),
        sa.or_(cites.c.number_key.is_(None), cites.c.number_key == (None if number is None else number_key(number))),
    )
    candidates = await resolutions.newest_of(conn, asked, _CANDIDATES)
    found = [one for one in candidates if stored.id in await referred_ids(conn, one.resolution)]
    return tuple(found[:_MOST])


async def _of_meeting(conn: Connection, reference: Reference) -> tuple[StoredResolution, ...]:
    """At most a few of the meeting: two are as good as many."""
    asked = sa.select(_HEADS.c.id).where(sa.func.lower(_HEADS.c.body) == reference.body.lower())
    if reference.session is not None:
        asked = asked.where(_HEADS.c.session == reference.session)
    elif reference.date is not None:
        asked = asked.where(_HEADS.c.newest_on.between(reference.date - _LONGEST_MEETING, reference.date))
    ids = (await conn.scalars(asked.order_by(_HEADS.c.newest_on.desc(), _HEADS.c.id).limit(20))).all()
    return await resolutions.by_ids(conn, ids)


def _is_held_on(publication: Publication, day: dt.date) -> bool:
    first = publication.date_start
    return first is not None and first <= day <= (publication.date_end or first)
