"""Who is to hear of a resolution: stored queries against it, one message or digest entry per chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from config.topics import Topic
from feeds.query import TextQuery, compile_query, matches
from feeds.record import Resolution
from feeds.words import Analyser
from storage import digests, holds, outbox, subscriptions
from storage.database import Connection
from storage.full_text import contents, heading
from storage.records import Stored
from storage.subscriptions import Subscription, Wanted


async def announce(
    conn: Connection, news: Iterable[Stored], analyser: Analyser, topics: Sequence[Topic], now: dt.datetime
) -> int:
    """Write what the subscribers of each resolution are to be told; how many messages and entries that were."""
    wanted = await subscriptions.wanted(conn)
    queries = {one: compile_query(one.query, analyser, topics) for one in wanted if one.kind == "topic"}
    told = 0
    for stored in news:
        hits = _hits(stored.news.resolution, wanted, queries, analyser)
        told += await _tell(conn, stored, await subscriptions.to_any_of(conn, hits), now)
        await holds.stop_notices(conn, stored.id)
    return told


def _hits(
    resolution: Resolution, wanted: Iterable[Wanted], queries: Mapping[Wanted, TextQuery], analyser: Analyser
) -> list[Wanted]:
    forms = forms_of(resolution, analyser) if queries else frozenset()
    states = states_of(resolution)
    return [one for one in wanted if (matches(queries[one], forms) if one in queries else one.query in states)]


def forms_of(resolution: Resolution, analyser: Analyser) -> frozenset[str]:
    """Every form that any word of the resolution can be found by."""
    terms = analyser.terms(f"{heading(resolution)}\n{contents(resolution)}")
    return frozenset().union(*(term.forms for term in terms))


def states_of(resolution: Resolution) -> frozenset[str]:
    """The Länder that applied for the resolution or put a note on record."""
    noting = (state for note in resolution.protocol_notes for state in note.states)
    return frozenset((*resolution.applicants, *noting))


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
