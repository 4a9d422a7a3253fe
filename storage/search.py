"""Searching: what a query finds, best first; how much of it there is; which words exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from feeds.query import Query
from storage import tables
from storage.database import Connection
from storage.engine import best, newest, values
from storage.index_reader import guarded
from storage.resolutions import Page, StoredResolution, by_ids
from storage.search_index import SearchIndex, View

_EQUALS = 40
"""So many hits beyond those asked for are looked at, to put equal ones of one day in their printed order."""

_DAYS = 50
"""So many matches are looked at to tell whether they come from one day or from several."""

_YEARS = 3
"""What is called "a year" in an estimate is the mean over so many."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit. `score` is higher for better ones; 0 where nothing was asked for that could be better or worse."""

    stored: StoredResolution
    score: float


@dataclass(frozen=True, slots=True)
class Finding(Page[Found]):
    """`behind`: so many changes of the store are not searched in yet, since the index is being made."""

    behind: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a subscription is likely to bring: `a_year` resolutions of `all_a_year`, and the newest ones there are.

    `steady`: it has matched on several days of more than a year, so that there is a rate to speak of.
    """

    total: int
    a_year: float
    all_a_year: float
    newest: tuple[StoredResolution, ...]
    steady: bool = True


@dataclass(frozen=True, slots=True)
class _Hits:
    ids: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    behind: int


async def find(conn: Connection, index: SearchIndex, query: Query, limit: int, offset: int = 0) -> Finding:
    """The resolutions that the query matches, best first, of equals the newer first, of one day as printed."""
    if not query.asks:
        return Finding((), 0)
    hits = await index.search(conn, partial(_ranked, query, offset + limit))
    wanted = hits.ids[offset:]
    records = await index.records.by_ids(conn, wanted, await index.mark(conn))
    stored = {one.id: one for one in records}
    scored = zip(hits.ids[offset:], hits.scores[offset:], strict=True)
    return Finding(tuple(Found(stored[id], score) for id, score in scored if id in stored), hits.total, hits.behind)


async def all_ids(conn: Connection, index: SearchIndex, query: Query) -> frozenset[int]:
    """Every resolution that the query matches."""
    return await index.search(conn, partial(_all_ids, query)) if query.asks else frozenset()


async def count(conn: Connection, index: SearchIndex, query: Query) -> int:
    """How many resolutions the query matches."""
    return await index.search(conn, lambda view: _total(view, query)) if query.asks else 0


async def counts(conn: Connection, index: SearchIndex, queries: Sequence[Query]) -> tuple[int, ...]:
    """As `count` for each of many, in one visit to the index (measured: a third of the time)."""
    return await index.search(conn, lambda view: tuple(_total(view, one) if one.asks else 0 for one in queries))


async def outlook(conn: Connection, index: SearchIndex, query: Query, today: dt.date, limit: int) -> Outlook:
    """How often the query would have matched, by the dates of the conferences, and its `limit` newest matches."""
    seen = await index.search(conn, partial(_history, query, today, limit))
    rates = seen.lately / seen.years, seen.all_lately / seen.years
    return Outlook(seen.total, *rates, await by_ids(conn, seen.ids), steady=seen.days > 1 and seen.years > 1)


async def vocabulary(conn: Connection, limit: int = 50_000) -> tuple[str, ...]:
    """Words of the stored resolutions as printed, commonest first, for suggestions."""
    words = tables.words
    asked = sa.select(words.c.word).order_by(words.c.resolutions.desc(), words.c.word).limit(limit)
    return tuple(await conn.scalars(asked))


def _ranked(query: Query, limit: int, view: View) -> _Hits:
    """The ids and scores of the best `limit`."""
    asked, scored = view.asking.query(query), bool(query.groups or query.phrases)
    hits = guarded(lambda: (best if scored else newest)(view.searcher, asked, limit + _EQUALS))
    ids, places = (guarded(partial(values, view.searcher, field, hits.addresses)) for field in ("id", "place"))
    ranked = sorted(zip((-key for key in hits.keys), places, ids, strict=True))[:limit]
    scores = tuple(-key if scored else 0.0 for key, _, _ in ranked)
    return _Hits(tuple(id for _, _, id in ranked), scores, hits.total, view.behind)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The newest ids; how many match, how many lately and on how many days (of the newest `_DAYS` ones), how many there
    are lately at all, and in how many years (at least one)."""

    ids: tuple[int, ...]
    total: int
    lately: int
    days: int
    all_lately: int
    years: float


def _history(query: Query, today: dt.date, limit: int, view: View) -> _Seen:
    asked = view.asking.query(query)
    hits = guarded(lambda: newest(view.searcher, asked, limit))
    ids = tuple(guarded(lambda: values(view.searcher, "id", hits.addresses)))
    start = today - dt.timedelta(days=365 * _YEARS)
    first = max(start, view.asking.oldest(view.searcher) or start)
    lately, all_lately = (
        guarded(partial(newest, view.searcher, view.asking.stored_since(first, narrowed), most))
        for narrowed, most in ((asked, _DAYS), (None, 1))
    )
    years = max(1.0, (today - first).days / 365)
    return _Seen(ids, hits.total, lately.total, len(set(lately.keys)), all_lately.total, years)


def _all_ids(query: Query, view: View) -> frozenset[int]:
    asked, most = view.asking.query(query), max(1, view.searcher.num_docs)
    hits = guarded(lambda: newest(view.searcher, asked, most))
    return frozenset(guarded(lambda: values(view.searcher, "id", hits.addresses)))


def _total(view: View, query: Query) -> int:
    asked = view.asking.query(query)
    return guarded(lambda: newest(view.searcher, asked, 1)).total
