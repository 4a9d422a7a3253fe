"""Compare a reading with what is stored, and write what is new or changed: head, revision, query tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from feeds.as_json import resolution_to_json
from feeds.due import due_on
from feeds.record import Lines, Publication, Reading, Resolution
from storage import changes, tables
from storage.database import Connection
from storage.identity import fingerprint, natural_keys, number_key

MAX_CHANGES = 20
"""What changed more often than this is kept, but nobody is told until a person has looked at it."""

_HEADS = tables.resolutions
_REVISIONS = tables.revisions


@dataclass(frozen=True, slots=True)
class News:
    """A resolution that is new (no `id` yet) or changed, with the revision that it is about to get.

    `reviewed`: the revision that a person last looked at, else the first.
    """

    resolution: Resolution
    key: str
    fingerprint: str
    position: int
    revision: int = 1
    id: int | None = None
    reviewed: int = 1

    @property
    def change(self) -> Literal["new", "changed"]:
        return "new" if self.id is None else "changed"

    @property
    def needs_review(self) -> bool:
        return self.revision - self.reviewed > MAX_CHANGES

    @property
    def to_be_told(self) -> bool:
        """Whether subscribers may hear of it; what nobody understood, or changes without end, is only kept."""
        return self.resolution.recognised and not self.needs_review


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece of news as it was written."""

    id: int
    news: News


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    reviewed: int
    revision: int
    address: str
    fingerprint: str
    earlier: frozenset[str]


async def news_of(conn: Connection, reading: Reading, address: str) -> tuple[News, ...]:
    """The resolutions of a reading that are not stored yet as they stand there, in document order."""
    keys = natural_keys(reading, address)
    known = await _known(conn, keys)
    found = (
        _compare(News(resolution, key, fingerprint(resolution), position), known.get(key), address)
        for position, (key, resolution) in enumerate(zip(keys, reading.resolutions, strict=True))
    )
    return tuple(news for news in found if news is not None)


async def write(
    conn: Connection, news: News, publication: Publication, publication_id: int, now: dt.datetime
) -> Stored:
    """Store one new or changed resolution, and describe it in the query tables."""
    id = await _add_head(conn, news, publication, publication_id, now) if news.id is None else news.id
    if news.id is not None:
        await _renew_head(conn, news, now)
    mark = await changes.next_mark(conn, id, news.key, news.revision, news.fingerprint)
    revision = {
        "resolution_id": id,
        "revision": news.revision,
        "publication_id": publication_id,
        "fingerprint": news.fingerprint,
        "record": resolution_to_json(news.resolution),
        "stored_at": now,
        "change": mark.change,
        "trail": mark.trail,
    }
    await conn.execute(sa.insert(_REVISIONS).values(revision))
    await _describe(conn, id, news.resolution)
    return Stored(id, news)


def _compare(news: News, known: _Known | None, address: str) -> News | None:
    if known is None:
        return news
    # Two addresses may carry two wordings for ever (a collection and a page): an older one told again is no news.
    old_elsewhere = known.address != address and news.fingerprint in known.earlier
    if news.fingerprint == known.fingerprint or old_elsewhere:
        return None
    return replace(news, revision=known.revision + 1, id=known.id, reviewed=known.reviewed)


async def _known(conn: Connection, keys: Iterable[str]) -> dict[str, _Known]:
    told = _HEADS.join(_REVISIONS, _REVISIONS.c.resolution_id == _HEADS.c.id).join(
        tables.publications, tables.publications.c.id == _REVISIONS.c.publication_id
    )
    head = (_HEADS.c.natural_key, _HEADS.c.id, _HEADS.c.reviewed)
    columns = (*head, _REVISIONS.c.revision, tables.publications.c.address)
    asked = sa.select(*columns, _REVISIONS.c.fingerprint).select_from(told).where(_HEADS.c.natural_key.in_(list(keys)))
    found: dict[str, _Known] = {}
    for key, id, reviewed, revision, address, print_ in await conn.execute(asked.order_by(_REVISIONS.c.revision)):
        earlier = found[key].earlier | {found[key].fingerprint} if key in found else frozenset()
        found[key] = _Known(id, reviewed, revision, address, print_, earlier)
    return found


async def mark_reviewed(conn: Connection, id: int) -> bool:
    """A person has looked at a resolution that waits for it: its next changes are told again. False if none waits."""
    await changes.lock_news(conn)
    waiting = sa.update(_HEADS).where(_HEADS.c.id == id, _HEADS.c.needs_review)
    return (await conn.execute(waiting.values(needs_review=False, reviewed=_HEADS.c.revision))).rowcount == 1


async def _add_head(
    conn: Connection, news: News, publication: Publication, publication_id: int, now: dt.datetime
) -> int:
    row = _head(news) | {
        "natural_key": news.key,
        "publication_id": publication_id,
        "body": publication.body,
        "session": publication.session,
        "newest_on": publication.date_start or now.date(),
        "position": news.position,
        "stored_at": now,
        "changed_at": now,
    }
    id: int = (await conn.execute(sa.insert(_HEADS).values(row).returning(_HEADS.c.id))).scalar_one()
    return id


async def _renew_head(conn: Connection, news: News, now: dt.datetime) -> None:
    row = _head(news) | {"changed_at": now}
    await conn.execute(sa.update(_HEADS).where(_HEADS.c.id == news.id).values(row))


def _head(news: News) -> dict[str, Any]:
    resolution = news.resolution
    return {
        "revision": news.revision,
        "number": resolution.number,
        "number_key": None if resolution.number is None else number_key(resolution.number),
        "title": resolution.title,
        "vote": resolution.vote,
        "outcome": resolution.outcome,
        "needs_review": news.needs_review,
    }


async def _describe(conn: Connection, id: int, resolution: Resolution) -> None:
    rows = _description(resolution)
    for table in reversed(tuple(rows)):
        await conn.execute(sa.delete(table).where(table.c.resolution_id == id))
    for table, described in rows.items():
        if described:
            await conn.execute(sa.insert(table), [{"resolution_id": id, **row} for row in described])


def _description(resolution: Resolution) -> Mapping[sa.Table, list[dict[str, Any]]]:
    """Rows per query table, a table after those that it refers to."""
    notes = list(enumerate(resolution.protocol_notes))
    return {
        tables.applicants: [{"position": at, "state": state} for at, state in enumerate(resolution.applicants)],
        tables.items: [
            {"position": at, "number": item.number, "text": item.text, **_lines(item.lines)}
            for at, item in enumerate(resolution.items)
        ],
        tables.protocol_notes: [
            {"position": at, "item": note.item, "text": note.text, **_lines(note.lines)} for at, note in notes
        ],
        tables.note_states: [{"position": at, "state": state} for at, note in notes for state in set(note.states)],
        tables.demands: [
            {"position": at, "item": one.item, "addressee": one.addressee, "verb": one.verb, "text": one.text}
            for at, one in enumerate(resolution.demands)
        ],
        tables.deadlines: [
            {"position": at, "date": one.date, "due_on": due_on(one)}
            for at, one in enumerate(resolution.dates)
            if one.role == "deadline"
        ],
        tables.citations: [
            {
                "position": at,
                "body": one.body.lower(),
                "session": one.session,
                "number_key": None if one.number is None else number_key(one.number),
                "held_on": one.date,
            }
            for at, one in enumerate(resolution.references)
        ],
    }


def _lines(lines: Lines | None) -> dict[str, int | None]:
    first, last = lines or (None, None)
    return {"first_line": first, "last_line": last}
