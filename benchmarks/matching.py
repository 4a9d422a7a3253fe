"""New resolutions against many subscriptions: the index over their words, beside the loop over the queries.

    python -m benchmarks.matching [--subscriptions 1000000] [--queries 50000] [--resolutions 60]

Subscriptions are spread over chats, several to each query. Measured are: making the index of the distinct queries from
the store (once for as long as the program runs), finding the queries that each new resolution matches, fetching their
subscribers, and the memory for it; and, over the same compiled queries and resolutions, the plain loop. Both must find
the same.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.recombined import NOW, Pieces, publication
from benchmarks.stores import fresh_store, store_option
from bot.app import open_services
from config.settings import Settings
from feeds.abbreviations import Abbreviations
from feeds.content import Content, content_of
from feeds.query import Query, matches
from feeds.record import Resolution
from handlers.services import Services
from storage import abbreviations, subscriptions, tables
from storage.database import Database
from storage.matching import Standing, query_of
from storage.migrate import upgrade
from storage.subscriptions import Wanted

_A_CHAT = 10
_BATCH = 20_000
_FILTERS = ("konferenz:IMK", "land:Bayern", "an:Bund", "abstimmung:mehrheitlich", "mit:protokollnotiz", "seit:2020")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscriptions", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=50_000)
    parser.add_argument("--resolutions", type=int, default=60)
    parser.add_argument("--fill", metavar="URL", help=argparse.SUPPRESS)
    store_option(parser)
    asked = parser.parse_args()
    if asked.fill:
        asyncio.run(_with(asked.fill, lambda services: _filled(services, asked.subscriptions, asked.queries)))
        return
    with fresh_store(asked.postgresql) as (url, _):
        # In a process of its own, so that its memory is none of ours.
        subprocess.run([sys.executable, "-m", "benchmarks.matching", "--fill", url, *sys.argv[1:]], check=True)
        print(f"{asked.subscriptions} subscriptions, {asked.queries} distinct queries, {asked.resolutions} resolutions")
        asyncio.run(_with(url, lambda services: _measure(services, asked.resolutions)))


async def _with(url: str, work: Callable[[Services], Coroutine[Any, Any, None]]) -> None:
    await upgrade(url)
    database = Database.open(url)
    try:
        async with open_services(Settings(database_url=url), database) as services:
            await work(services)
    finally:
        await database.dispose()


async def _filled(services: Services, count: int, distinct: int) -> None:
    queries = _queries(Pieces.load(services.analyser), services, random.Random(4))
    await _subscribe(services.database, list(islice(queries, distinct)), count)


async def _measure(services: Services, news: int) -> None:
    new = list(islice(Pieces.load(services.analyser).resolutions(random.Random(5)), news))
    before = _memory()
    standing = Standing(services.analyser, services.topics, services.states)
    begun = time.perf_counter()
    async with services.database.read() as conn:
        await standing.renew(conn)
    print(f"index of the queries made in {time.perf_counter() - begun:.1f} s, {_memory() - before:.0f} MB", flush=True)
    found, seconds = _matched(standing, new)
    print(
        f"matched in {seconds:.3f} s ({1000 * seconds / news:.1f} ms each), {sum(map(len, found))} matches", flush=True
    )
    await _fetched(services, found)
    await _looped(services, new, found, seconds)


def _queries(pieces: Pieces, services: Services, chance: random.Random) -> Iterator[str]:
    """All different: words, pairs of words, words with a filter."""
    texts = (passage.text for passage, _ in pieces.paragraphs)
    words = sorted({term.text for text in texts for term in services.analyser.terms(text) if len(term.text) > 3})
    seen: set[str] = set()
    while True:
        pair = f"{chance.choice(words)} {chance.choice(words)}"
        kinds = (chance.choice(words), pair, pair, pair, f"{chance.choice(words)} {chance.choice(_FILTERS)}")
        typed = chance.choice(kinds)
        if typed.casefold() not in seen:
            seen.add(typed.casefold())
            yield typed


async def _subscribe(database: Database, queries: Sequence[str], count: int) -> None:
    chats = count // _A_CHAT + 1
    for first in range(0, chats, _BATCH):
        rows = [_chat(number) for number in range(first, min(first + _BATCH, chats))]
        async with database.begin() as conn:
            await conn.execute(sa.insert(tables.chats), rows)
    for first in range(0, count, _BATCH):
        rows = [_subscription(number, queries) for number in range(first, min(first + _BATCH, count))]
        async with database.begin() as conn:
            await conn.execute(sa.insert(tables.subscriptions), rows)


def _chat(number: int) -> dict[str, Any]:
    return {"key": f"bench:{number}", "timezone": "Europe/Berlin", "state": "active", "created_at": NOW}


def _subscription(number: int, queries: Sequence[str]) -> dict[str, Any]:
    typed = queries[number % len(queries)]
    return {
        "chat": f"bench:{number // _A_CHAT}",
        "kind": "topic",
        "query": typed,
        "query_key": subscriptions.query_key(typed),
        "label": typed,
        "rhythm": "immediate",
        "created_at": NOW,
    }


def _matched(standing: Standing, new: Sequence[Resolution]) -> tuple[list[list[Wanted]], float]:
    about = publication(random.Random(5), 1)
    begun = time.perf_counter()
    found = [standing.matching(one, about) for one in new]
    return found, time.perf_counter() - begun


async def _fetched(services: Services, found: Sequence[Sequence[Wanted]]) -> None:
    begun, total = time.perf_counter(), 0
    async with services.database.read() as conn:
        for hits in found:
            total += len(await subscriptions.to_any_of(conn, hits, NOW))
    print(f"{total} subscribers fetched in {time.perf_counter() - begun:.1f} s", flush=True)


async def _looped(
    services: Services, new: Sequence[Resolution], found: Sequence[Sequence[Wanted]], seconds: float
) -> None:
    """The same queries, each asked of each resolution."""
    async with services.database.read() as conn:
        wanted = await subscriptions.wanted(conn)
        known = await abbreviations.known(conn, services.analyser)
    queries = _compiled(services, wanted, known)
    about = publication(random.Random(5), 1)
    begun = time.perf_counter()
    contents = [content_of(one, about, services.analyser, services.states) for one in new]
    looped = [_all(queries, content) for content in contents]
    slow = time.perf_counter() - begun
    print(f"the loop over the queries: {slow:.1f} s, {slow / seconds:.0f} times as long", flush=True)
    if looped != [frozenset(hits) for hits in found]:
        raise SystemExit("the two do not find the same")


def _compiled(services: Services, wanted: Sequence[Wanted], known: Abbreviations) -> list[tuple[Wanted, Query]]:
    return [(one, query_of(one, services.analyser, services.topics, known)) for one in wanted]


def _all(queries: Sequence[tuple[Wanted, Query]], content: Content) -> frozenset[Wanted]:
    return frozenset(key for key, query in queries if matches(query, content))


def _memory() -> float:
    """MB that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
