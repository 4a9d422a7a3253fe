"""Take a reading in: record, revision, search index, matches and messages in the caller's one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from config.topics import Topic
from feeds.classify import TopicIndex, classify
from feeds.record import Reading, Resolution
from feeds.words import Analyser
from storage import documents, full_text, records
from storage.database import Connection
from storage.matching import announce
from storage.records import Stored


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
    for resolution in reading.resolutions:
        analyser.terms(f"{full_text.heading(resolution)}\n{full_text.contents(resolution)}")


async def take_in(conn: Connection, arrival: Arrival, analyser: Analyser, topics: Sequence[Topic]) -> Taken:
    """Store what is new or changed, and write the messages for those who subscribed to it.

    The same bytes, or the same content in other bytes, are no news.
    """
    publication = arrival.reading.publication
    known = await documents.known(conn, arrival.address, publication.sha256)
    if known is not None and known.sha256 == publication.sha256:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same")
    news = await records.news_of(conn, arrival.reading, arrival.address)
    if known is not None and not news:
        await documents.seen_again(conn, known.id, publication.sha256, arrival.seen_at)
        return Taken(known.id, "same")
    return await _keep(conn, arrival, _classified(news, analyser, topics), known is not None, analyser, topics)


async def _keep(
    conn: Connection,
    arrival: Arrival,
    news: Sequence[records.News],
    address_known: bool,
    analyser: Analyser,
    topics: Sequence[Topic],
) -> Taken:
    id = await _store_document(conn, arrival)
    stored = []
    for one in news:
        stored.append(await records.write(conn, one, arrival.reading.publication, id, arrival.seen_at))
        await full_text.write(conn, stored[-1].id, one.resolution, analyser)
    told = () if arrival.silent else tuple(one for one in stored if one.news.to_be_told)
    enqueued = await announce(conn, told, analyser, topics, arrival.seen_at) if told else 0
    return Taken(id, _outcome(arrival, news, address_known), tuple(map(_reference, stored)), enqueued)


def _classified(news: Sequence[records.News], analyser: Analyser, topics: Sequence[Topic]) -> tuple[records.News, ...]:
    """The news with their topics, which the reader of a document does not know."""
    index = TopicIndex.of(topics, analyser)
    return tuple(replace(one, resolution=_with_topics(one.resolution, index)) for one in news)


def _with_topics(resolution: Resolution, index: TopicIndex) -> Resolution:
    return resolution if resolution.topics else replace(resolution, topics=classify(resolution, index))


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
