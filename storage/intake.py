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

    `silent`: store it and tell nobody (the first look at a source).
    """

    reading: Reading
    source: str | None
    address: str
    seen_at: dt.datetime
    silent: bool = False


@dataclass(frozen=True, slots=True)
class StoredRef:
    """A resolution that is new or changed; `revision` counts from 1."""

    id: int
    revision: int
    number: str | None
    change: Literal["new", "changed"]
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document. `resolutions` are the new and the changed ones, in document order.

    `enqueued` counts the messages and digest entries that were written.
    """

    publication_id: int
    outcome: Literal["new", "changed", "same"]
    resolutions: tuple[StoredRef, ...] = ()
    enqueued: int = 0


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
    if known is not None and known.sha256 == publication.sha256:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same")
    news = await records.news_of(conn, arrival.reading, arrival.address)
    if known is not None and not news:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same")
    id, news = await _store_document(conn, arrival), _classified(news, analyser, topics)
    stored = [await _store(conn, arrival, id, one, analyser) for one in news]
    told = () if arrival.silent else tuple(one for one in stored if one.news.to_be_told)
    enqueued = 0
    if told:
        standing = standing or Standing(analyser, topics, States.load())
        enqueued = await announce(conn, told, publication, standing, arrival.seen_at)
    return Taken(id, _outcome(arrival, news, known is not None), tuple(map(_reference, stored)), enqueued)


async def _store(conn: Connection, arrival: Arrival, id: int, news: records.News, analyser: Analyser) -> Stored:
    """One resolution of the document with that id, and what is learnt from it."""
    stored = await records.write(conn, news, arrival.reading.publication, id, arrival.seen_at)
    await words.count(conn, news.resolution, analyser, new=news.id is None)
    await abbreviations.learn(conn, find_abbreviations("\n".join(texts_of(news.resolution))))
    return stored


def _classified(news: Sequence[records.News], analyser: Analyser, topics: Sequence[Topic]) -> tuple[records.News, ...]:
    index = TopicIndex.of(topics, analyser)
    return tuple(replace(one, resolution=with_topics(one.resolution, index)) for one in news)


async def _store_document(conn: Connection, arrival: Arrival) -> int:
    reading = arrival.reading
    return await documents.store(
        conn, reading.publication, reading.warnings, arrival.address, arrival.source, arrival.seen_at
    )


def _outcome(arrival: Arrival, news: Sequence[records.News], address_known: bool) -> Literal["new", "changed", "same"]:
    if not news:
        # All of it was told at another address before; a document without any resolution is new once.
        return "same" if arrival.reading.resolutions else "new"
    return "changed" if address_known or any(one.change == "changed" for one in news) else "new"


def _reference(stored: Stored) -> StoredRef:
    news = stored.news
    return StoredRef(stored.id, news.revision, news.resolution.number, news.change, news.needs_review)
