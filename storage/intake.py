"""Take a reading in: record, revision, words, matches and messages in the caller's one transaction.

The search index is derived from what is then stored, and catches up when it is asked next (see `search_index`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from config.states import States
from config.topics import Topic
from feeds.abbreviations import find_abbreviations
from feeds.classify import TopicIndex, with_topics
from feeds.content import texts_of
from feeds.parse_paper import NO_STRUCTURE
from feeds.recognised import is_recognised
from feeds.record import Reading
from feeds.words import Analyser
from storage import abbreviations, changes, documents, records, words
from storage.database import Connection, allow_thought
from storage.matching import Standing, announce
from storage.records import Stored

_LONGEST_THOUGHT = 600
"""Seconds: new words are analysed, and the queries of all subscriptions may be compiled, in the middle of it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that was read. `address` is where it came from (URL or path), `source` its id in the catalogue.

    `silent`: store it and tell nobody (the first look at a source). `accept_shorter`: what only leaves out something of
    what is stored is a correction, too (see `storage.verdict`).
    """

    reading: Reading
    source: str | None
    address: str
    seen_at: dt.datetime
    silent: bool = False
    accept_shorter: bool = False


@dataclass(frozen=True, slots=True)
class StoredRef:
    """A resolution that is new or changed; `revision` counts from 1."""

    id: int
    revision: int
    number: str | None
    change: Literal["new", "changed"]
    needs_review: bool = False


Outcome = Literal["new", "changed", "same", "not recognised"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document. `resolutions` are the new and the changed ones, in document order.

    `shortened`: the names (numbers or titles) of those that are stored more fully and stay as they are. `enqueued`
    counts the messages and digest entries that were written. "not recognised": it decides nothing that we could read,
    and is kept as a document only.
    """

    publication_id: int
    outcome: Outcome
    resolutions: tuple[StoredRef, ...] = ()
    enqueued: int = 0
    shortened: tuple[str, ...] = ()


def prepare(reading: Reading, analyser: Analyser) -> None:
    """Meet the words of a reading before a transaction is open: new ones take about a millisecond each, once."""
    for text in chain.from_iterable(map(texts_of, reading.resolutions)):
        analyser.terms(text)


async def take_in(
    conn: Connection,
    arrival: Arrival,
    analyser: Analyser,
    topics: Sequence[Topic],
    standing: Standing | None = None,
) -> Taken:
    """Store what is new or changed, and write the messages for those who subscribed to it.

    The same bytes, or the same content in other bytes, are no news. `standing`: the subscriptions' queries, kept from
    one document to the next so that they need not be compiled each time.
    """
    await changes.lock_news(conn)
    await allow_thought(conn, _LONGEST_THOUGHT)
    publication = arrival.reading.publication
    known = await documents.known(conn, arrival.address, publication.sha256)
    if not is_recognised(arrival.reading):
        return Taken(await _keep(conn, arrival, known), "not recognised")
    if known and known.sha256 == publication.sha256 and known.recognised and not arrival.accept_shorter:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same")
    found = await records.compare(conn, arrival.reading, arrival.address, accept_shorter=arrival.accept_shorter)
    shortened = tuple(one.name for one in found.shortened)
    if known and known.recognised and not found.news:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same", shortened=shortened)
    id, news = await _keep(conn, arrival, known), _classified(found.news, analyser, topics)
    stored = [await _store(conn, arrival, id, one, analyser) for one in news]
    told = () if _is_quiet(arrival) else tuple(one for one in stored if one.news.to_be_told)
    enqueued = 0
    if told:
        standing = standing or Standing(analyser, topics, States.load())
        enqueued = await announce(conn, told, publication, standing, arrival.seen_at)
    outcome = _outcome(arrival, news, known is not None and known.recognised)
    return Taken(id, outcome, tuple(map(_reference, stored)), enqueued, shortened)


def _is_quiet(arrival: Arrival) -> bool:
    """Nobody is told of a text in which neither agenda items nor sections were found; who looks for it finds it."""
    return arrival.silent or NO_STRUCTURE in arrival.reading.warnings


async def _store(conn: Connection, arrival: Arrival, id: int, news: records.News, analyser: Analyser) -> Stored:
    """One resolution of the document with that id, and what is learnt from it."""
    stored = await records.write(conn, news, arrival.reading.publication, id, arrival.seen_at)
    await words.count(conn, news.resolution, analyser, new=news.id is None)
    await abbreviations.learn(conn, find_abbreviations("\n".join(texts_of(news.resolution))))
    return stored


def _classified(news: Sequence[records.News], analyser: Analyser, topics: Sequence[Topic]) -> tuple[records.News, ...]:
    index = TopicIndex.of(topics, analyser)
    return tuple(replace(one, resolution=with_topics(one.resolution, index)) for one in news)


async def _keep(conn: Connection, arrival: Arrival, known: documents.KnownDocument | None) -> int:
    """The document's id. One in which nothing was recognised gives its place to what is there now."""
    reading, source, address, now = arrival.reading, arrival.source, arrival.address, arrival.seen_at
    if known and known.address == address and not known.recognised:
        await documents.renew(conn, known.id, reading.publication, reading.warnings, now)
        return known.id
    return await documents.store(conn, reading.publication, reading.warnings, address, source, now)


def _outcome(arrival: Arrival, news: Sequence[records.News], address_known: bool) -> Outcome:
    if not news:
        # All of it was told at another address before; a document without any resolution is new once.
        return "same" if arrival.reading.resolutions else "new"
    return "changed" if address_known or any(one.change == "changed" for one in news) else "new"


def _reference(stored: Stored) -> StoredRef:
    news = stored.news
    return StoredRef(stored.id, news.revision, news.resolution.number, news.change, news.needs_review)
