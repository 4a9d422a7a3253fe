"""Who is to hear of a resolution: all stored queries against it at once, one message or digest entry per chat."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
from storage import abbreviations, chats, digests, holds, outbox, subscriptions
from storage.database import Connection
from storage.reasons import Kept, kept, reason_of
from storage.records import Stored
from storage.references import referred_ids
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

    @property
    def follows(self) -> bool:
        """Whether anybody follows a resolution."""
        return any(one.kind == "resolution" for one in self._wanted)

    def matching(
        self, resolution: Resolution, publication: Publication, links: frozenset[str] = frozenset()
    ) -> list[Wanted]:
        """Every distinct query that the resolution matches; `links`: what it is and refers to (see `links_of`)."""
        if not self._wanted:
            return []
        content = content_of(resolution, publication, self._analyser, self._states)
        return list(self._queries.matching(replace(content, traits=content.traits | links)))

    def _compile(self, wanted: frozenset[Wanted], known: Abbreviations) -> None:
        """Queries that came since are added; what went, or was learnt, makes all new."""
        grown = known == self._known and wanted >= self._wanted
        queries = self._queries if grown else StandingQueries[Wanted]()
        for one in wanted - self._wanted if grown else wanted:
            queries.add(one, query_of(one, self._analyser, self._topics, known))
        self._wanted, self._known, self._queries = wanted, known, queries


def query_of(one: Wanted, analyser: Analyser, topics: Sequence[Topic], known: Abbreviations) -> Query:
    """What a stored subscription asks for: nothing, if it names a topic that is no more."""
    if one.kind == "resolution":
        return of_followed(int(one.query))
    if one.topic is not None and all(topic.id != one.topic for topic in topics):
        return Query((), None, one.query)
    return of_state(one.query) if one.kind == "state" else compile_stored(one.query, analyser, topics, known)


def of_state(state: str) -> Query:
    """What a Land (full name) applied for or put a note on record to."""
    return Query((), None, state, filters=(frozenset({trait("applied", state), trait("noted", state)}),))


def of_followed(resolution: int) -> Query:
    """That resolution itself, and every one that refers to it."""
    id = str(resolution)
    return Query((), None, id, filters=(frozenset({trait("is", id), trait("refers", id)}),))


async def links_of(conn: Connection, stored: Stored) -> frozenset[str]:
    """Which resolution it is, and to which others it refers, as traits beside those of `feeds.traits`."""
    referred = await referred_ids(conn, stored.news.resolution)
    return frozenset({trait("is", str(stored.id)), *(trait("refers", str(id)) for id in referred)})


async def announce(
    conn: Connection, news: Iterable[Stored], publication: Publication, standing: Standing, now: dt.datetime
) -> int:
    """Write what the subscribers of each resolution are to be told; how many messages and entries that were."""
    await standing.renew(conn)
    told = 0
    for stored in news:
        links = await links_of(conn, stored) if standing.follows else frozenset()
        hits = standing.matching(stored.news.resolution, publication, links)
        told += await _tell(conn, stored, await subscriptions.to_any_of(conn, hits, now), now)
        await holds.stop_notices(conn, stored.id)
    return told


async def _tell(conn: Connection, stored: Stored, subscribed: Iterable[Subscription], now: dt.datetime) -> int:
    told, found = 0, tuple(subscribed)
    there = await chats.keep(conn, {one.chat for one in found})
    # Stable: inside a chat the subscriptions stay in the order in which they were made.
    ordered = sorted((one for one in found if one.chat in there), key=lambda one: one.chat)
    for chat, own in groupby(ordered, key=lambda one: one.chat):
        mine = tuple(own)
        reasons = [kept(reason) for reason in dict.fromkeys(map(reason_of, mine))]
        if any(one.rhythm == "immediate" for one in mine):
            told += await _notify(conn, chat, stored, reasons, now)
        else:
            day = None if any(one.rhythm == "digest" for one in mine) else await _next_week(conn, chat, now)
            await digests.put(conn, chat, stored.id, stored.news.revision, stored.news.change, reasons, now, day)
            told += 1
    return told


async def _notify(conn: Connection, chat: str, stored: Stored, reasons: list[Kept], now: dt.datetime) -> bool:
    news = stored.news
    payload = {"resolution": stored.id, "revision": news.revision, "subscriptions": reasons, "change": news.change}
    return await outbox.enqueue(conn, chat, f"resolution:{stored.id}", "notice", payload, now, news.revision)


async def _next_week(conn: Connection, chat: str, now: dt.datetime) -> dt.date:
    """The Monday after today where the chat is; today's digest may be out already."""
    known = await chats.get(conn, chat)
    try:
        zone: dt.tzinfo = ZoneInfo(known.timezone) if known else dt.UTC
    except ZoneInfoNotFoundError:
        zone = dt.UTC  # its digest does not come either; nothing else may fail for that
    today = now.astimezone(zone).date()
    return today + dt.timedelta(days=7 - today.weekday())
