"""Who is to hear of a resolution: all stored queries against it at once, one message or digest entry per chat."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from config.states import States
from config.topics import Topic
from feeds.abbreviations import Abbreviations
from feeds.compile_request import compile_stored
from feeds.content import content_of
from feeds.query import Query
from feeds.record import Publication, Resolution
from feeds.standing_queries import StandingQueries
from feeds.traits import trait
from feeds.words import Analyser
from storage import abbreviations, digests, holds, outbox, subscriptions
from storage.database import Connection
from storage.records import Stored
from storage.subscriptions import Subscription, Wanted


class Standing:
    """The distinct queries of all subscriptions, ready to be matched.

    Keep one for as long as the program runs: a query is compiled once, and again only when abbreviations were learnt.
    """

    def __init__(self, analyser: Analyser, topics: Sequence[Topic], states: States) -> None:
        self._analyser = analyser
        self._topics = topics
        self._states = states
        self._wanted: frozenset[Wanted] = frozenset()
        self._known = Abbreviations()
        self._queries: StandingQueries[Wanted] = StandingQueries()

    async def renew(self, conn: Connection) -> None:
        """Bring it to what is subscribed to now."""
        wanted = frozenset(await subscriptions.wanted(conn))
        known = await abbreviations.known(conn, self._analyser)
        if wanted != self._wanted or known != self._known:
            await asyncio.to_thread(self._compile, wanted, known)

    def matching(self, resolution: Resolution, publication: Publication) -> list[Wanted]:
        """Every distinct query that the resolution matches."""
        if not self._wanted:
            return []
        return list(self._queries.matching(content_of(resolution, publication, self._analyser, self._states)))

    def _compile(self, wanted: frozenset[Wanted], known: Abbreviations) -> None:
        """Queries that came since are added; what went, or was learnt, makes all new."""
        grown = known == self._known and wanted >= self._wanted
        queries = self._queries if grown else StandingQueries[Wanted]()
        for one in wanted - self._wanted if grown else wanted:
            queries.add(one, query_of(one, self._analyser, self._topics, known))
        self._wanted, self._known, self._queries = wanted, known, queries


def query_of(one: Wanted, analyser: Analyser, topics: Sequence[Topic], known: Abbreviations) -> Query:
    """What a stored subscription asks for."""
    return of_state(one.query) if one.kind == "state" else compile_stored(one.query, analyser, topics, known)


def of_state(state: str) -> Query:
    """What a Land (full name) applied for or put a note on record to."""
    return Query((), None, state, filters=(frozenset({trait("applied", state), trait("noted", state)}),))


async def announce(
    conn: Connection, news: Iterable[Stored], publication: Publication, standing: Standing, now: dt.datetime
) -> int:
    """Write what the subscribers of each resolution are to be told; how many messages and entries that were."""
    await standing.renew(conn)
    told = 0
    for stored in news:
        hits = standing.matching(stored.news.resolution, publication)
        told += await _tell(conn, stored, await subscriptions.to_any_of(conn, hits), now)
        await holds.stop_notices(conn, stored.id)
    return told


async def _tell(conn: Connection, stored: Stored, subscribed: Iterable[Subscription], now: dt.datetime) -> int:
    told = 0
    # Stable: inside a chat the subscriptions stay in the order in which they were made.
    for chat, own in groupby(sorted(subscribed, key=lambda one: one.chat), key=lambda one: one.chat):
        mine = tuple(own)
        labels = list(dict.fromkeys(one.label for one in mine))
        if any(one.rhythm == "immediate" for one in mine):
            told += await _notify(conn, chat, stored, labels, now)
        else:
            await digests.put(conn, chat, stored.id, stored.news.revision, stored.news.change, labels, now)
            told += 1
    return told


async def _notify(conn: Connection, chat: str, stored: Stored, labels: list[str], now: dt.datetime) -> bool:
    news = stored.news
    payload = {"resolution": stored.id, "revision": news.revision, "subscriptions": labels, "change": news.change}
    return await outbox.enqueue(conn, chat, f"resolution:{stored.id}", "notice", payload, now, news.revision)
