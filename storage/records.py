"""Compare a reading with what is stored, and write what is new or changed: head, revision, query tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from feeds.as_json import resolution_to_json
from feeds.demand_deadline import demands_due
from feeds.due import due_on
from feeds.record import Demand, Lines, Publication, Reading, Resolution
from storage import changes, tables
from storage.database import Connection
from storage.histories import known_under
from storage.identity import fingerprint, natural_keys, number_key
from storage.verdict import Known, verdict_of

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
class Compared:
    """What of a reading is news, and what only leaves out something of what is stored, each in document order."""

    news: tuple[News, ...] = ()
    shortened: tuple[Resolution, ...] = ()


async def compare(conn: Connection, reading: Reading, address: str, *, accept_shorter: bool = False) -> Compared:
    """The resolutions of a reading beside the stored ones, by the rule of `storage.verdict`."""
    keys = natural_keys(reading, address)
    prints = [fingerprint(one) for one in reading.resolutions]
    known = await known_under(conn, keys, dict(zip(prints, reading.resolutions, strict=True)))
    news: list[News] = []
    shortened: list[Resolution] = []
    for position, (key, print_, one) in enumerate(zip(keys, prints, reading.resolutions, strict=True)):
        verdict = verdict_of(one, print_, known.get(key), address, accept_shorter=accept_shorter)
        if verdict in ("new", "changed"):
            news.append(_news(one, key, print_, position, known.get(key), looked_at=accept_shorter))
        elif verdict == "shortened":
            shortened.append(one)
    return Compared(tuple(news), tuple(shortened))


def _news(
    resolution: Resolution, key: str, print_: str, position: int, known: Known | None, *, looked_at: bool
) -> News:
    if known is None:
        return News(resolution, key, print_, position)
    revision = known.revision + 1
    reviewed = revision if looked_at else known.reviewed
    return News(resolution, key, print_, position, revision, known.id, reviewed)


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
        "reviewed": news.reviewed,
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
        tables.deadline_addressees: [
            {"position": at, "addressee": name} for at, demands in demands_due(resolution) for name in _names(demands)
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


def _names(demands: Iterable[Demand]) -> Iterable[str]:
    """Who is asked, each once."""
    return dict.fromkeys(one.addressee for one in demands if one.addressee)


def _lines(lines: Lines | None) -> dict[str, int | None]:
    first, last = lines or (None, None)
    return {"first_line": first, "last_line": last}
