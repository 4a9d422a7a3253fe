"""Ranked look-ups over many resolutions: how long /topic takes, beside the engine alone.

    python -m benchmarks.finding [--resolutions 100000] [--queries 300]

The resolutions are recombined from our invented text, so many words stand in a large part of them. Every query goes
through the handler and the store (SQLite): its words understood, the index asked, three records read, the answer laid
out with its sentences; first every word once, then all of them again, when the records are still decoded. Beside it,
on the same index in the same run: the engine alone with the same query, and the engine's own ranking (BM25) of the
plain word, each asked for as many hits; and the two reads of the store that every answer needs (how the chat stands,
and whether the index is current), the floor that no search can go below. Then the index: its size, how fast it is made,
and what a kill in the middle leaves to do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from statistics import quantiles

from benchmarks.recombined import NOW, Pieces, fill
from benchmarks.stores import fresh_store, store_option
from bot.app import open_services
from config.settings import Settings
from feeds.query import Query, compile_query
from handlers.reply import Incoming
from handlers.router import answer
from handlers.services import Services
from storage import changes
from storage.database import Database
from storage.engine import best
from storage.migrate import upgrade
from storage.search_index import View
from storage.situation import situation_of

_HITS = 43
"""As many as a page of three asks for."""

_KILLED_AFTER = 20.0
"""Seconds."""

_FREQUENT = 1 / 6
"""From this share of all on, a word counts as frequent."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resolutions", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--only-index", metavar="URL", help=argparse.SUPPRESS)
    store_option(parser)
    asked = parser.parse_args()
    if asked.only_index:
        asyncio.run(_index(asked.only_index))
    else:
        with fresh_store(asked.postgresql) as (url, folder):
            asyncio.run(_run(url, folder, asked.resolutions, asked.queries))
            _killed(url)


async def _run(url: str, folder: Path, count: int, queries: int) -> None:
    await upgrade(url)
    database = Database.open(url)
    try:
        await _measure(url, database, folder, count, queries)
    finally:
        await database.dispose()


async def _measure(url: str, database: Database, folder: Path, count: int, queries: int) -> None:
    settings = Settings(database_url=url)
    async with open_services(settings, database) as services:
        pieces = Pieces.load(services.analyser)
        seconds = await _timed(fill(database, pieces, count))
        print(f"{count} resolutions written in {seconds:.0f} s; the store has {_megabytes(folder):.0f} MB", flush=True)
        begun = time.perf_counter()
        view = await services.index.catch_up()
        seconds = time.perf_counter() - begun
        size = _megabytes(settings.index_folder)
        print(f"index made in {seconds:.0f} s ({count / seconds:.0f} resolutions/s), {size:.0f} MB", flush=True)
        words = _words(pieces, services)
        chosen = random.Random(2).sample(words, min(queries, len(words)))
        await _report(services, view, chosen, count)


def _words(pieces: Pieces, services: Services) -> list[str]:
    """Words as they are printed: those of all titles, and as many of the texts' commonest."""
    terms = services.analyser.terms
    titles = Counter(term.text for head in pieces.heads for term in terms(head.title) if len(term.text) > 3)
    texts = Counter(term.text for passage, _ in pieces.paragraphs for term in terms(passage.text) if len(term.text) > 3)
    common = [word for word, _ in texts.most_common(len(titles))]
    return sorted(dict.fromkeys(chain(titles, common)))


async def _report(services: Services, view: View, words: Sequence[str], count: int) -> None:
    async with services.database.read() as conn:
        known = await services.index.abbreviations(conn)
    compiled = {word: compile_query(word, services.analyser, services.topics, known) for word in words}
    totals = {word: _hits(view, query) for word, query in compiled.items()}
    first = {word: await _timed(_ask(services, word)) for word in words}
    whole = {word: await _timed(_ask(services, word)) for word in words}
    same = {word: _clock(_same(view, query)) for word, query in compiled.items()}
    plain = {word: _clock(_plain(view, services, word)) for word in words}
    reads = {word: await _timed(_reads(services)) for word in words}
    frequent = [word for word in words if totals[word] >= _FREQUENT * count]
    for name, chosen in (("all", words), (f"in a sixth of all ({len(frequent)})", frequent)):
        if len(chosen) > 1:
            print(f"{name}: {len(chosen)} words, median {sorted(totals[one] for one in chosen)[len(chosen) // 2]} hits")
            _line("  /topic, asked first", [first[one] for one in chosen])
            base = _line("  /topic, asked again", [whole[one] for one in chosen])
            _line("  the engine, same query", [same[one] for one in chosen], base)
            _line("  the engine, BM25 of the word", [plain[one] for one in chosen], base)
            _line("  the store's two reads", [reads[one] for one in chosen], base)


async def _ask(services: Services, word: str) -> None:
    await answer(Incoming("console:bench", f"/topic {word}", NOW), services)


async def _reads(services: Services) -> None:
    """What is read before every answer, whatever is asked."""
    async with services.database.glance() as conn:
        await situation_of(conn, "console:bench", "", NOW)
    async with services.database.read() as conn:
        await changes.last(conn)


def _same(view: View, query: Query) -> Callable[[], object]:
    return lambda: best(view.searcher, view.asking.query(query), _HITS)


def _plain(view: View, services: Services, word: str) -> Callable[[], object]:
    """What stands in the index for the word's key, ranked by the engine itself."""
    term = view.asking.plain(services.analyser.key(word))
    return lambda: view.searcher.search(term, _HITS)


def _hits(view: View, query: Query) -> int:
    return best(view.searcher, view.asking.query(query), 1).total


def _killed(url: str) -> None:
    """Lose the index, begin to make it in another process, kill that in the middle, go on."""
    shutil.rmtree(Settings(database_url=url).index_folder)
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.finding", "--only-index", url]) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_KILLED_AFTER)
        process.kill()
    spent = time.perf_counter() - begun
    begun = time.perf_counter()
    asyncio.run(_index(url))
    again = time.perf_counter() - begun
    print(f"index lost, made anew for {spent:.0f} s, kill -9; the next process is done in {again:.0f} s more")


async def _index(url: str) -> None:
    database = Database.open(url)
    try:
        async with open_services(Settings(database_url=url), database) as services:
            await services.index.catch_up()
    finally:
        await database.dispose()


def _line(name: str, seconds: Sequence[float], base: tuple[float, float] | None = None) -> tuple[float, float]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    p50, p99 = 1000 * cuts[49], 1000 * cuts[98]
    ratio = f"; /topic takes {base[0] / p50:.2f} and {base[1] / p99:.2f} times that" if base else ""
    print(f"{name:<32} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms{ratio}", flush=True)
    return p50, p99


def _clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


async def _timed(work: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
