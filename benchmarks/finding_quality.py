"""How near the order of /topic comes to what a reader would name, beside plain full text.

    python -m benchmarks.finding_quality [--details]

Over the judged sets of `tests/judged`: nDCG at 5 and recall at 10 (means over the queries that something fits), and how
many of those that nothing fits found nothing. The baselines hold title and text of each resolution, are asked for all
words that are typed, and rank by their own function: SQLite's FTS5 with its default tokenizer (bm25), PostgreSQL with
its configuration `german` (ts_rank), where the programs of a server are installed.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from feeds.content import heading, texts_of
from tests.judged.asking import Documents, asking, invented_documents, numbers, seed_documents
from tests.judged.judged import PARTS, Judged, load_judged, ndcg, quality
from tests.postgres import Server, binaries, running_server
from tests.seeds import load_seeds

Ask = Callable[[Judged], Awaitable[Sequence[str]]]
Texts = Mapping[str, tuple[str, str]]
"""Title and text of each resolution, by what it is called among the grades."""

_MOST = 50


def main(arguments: list[str]) -> None:
    corpora = {"seeds": seed_documents(load_seeds()), "invented": invented_documents()}
    print(f"{'':<34}{'queries':>8}{'nDCG@5':>9}{'recall@10':>11}{'silent':>8}")
    with _server() as server:
        for corpus, documents in corpora.items():
            asyncio.run(_compare(corpus, documents, server, "--details" in arguments))


async def _compare(corpus: str, documents: Documents, server: Server | None, details: bool) -> None:
    texts = _texts(documents)
    with tempfile.TemporaryDirectory() as folder:
        async with asking(Path(folder), documents) as ours:
            for part in PARTS:
                judged = load_judged(corpus, part)
                await _report(f"{corpus}, {part}: /topic", ours.found, judged, details)
                await _report("  SQLite, FTS5", _fts5(texts), judged)
                if server:
                    await _on_postgres(server, texts, judged)


async def _on_postgres(server: Server, texts: Texts, judged: Sequence[Judged]) -> None:
    conn = await asyncpg.connect(host=str(server.folder), port=server.port, user="tester", database="postgres")
    try:
        await _report("  PostgreSQL, german", await _german(conn, texts), judged)
    finally:
        await conn.close()


async def _report(name: str, ask: Ask, judged: Sequence[Judged], details: bool = False) -> None:
    answers = [(one, await ask(one)) for one in judged]
    reached = quality(answers)
    print(f"{name:<34}{len(judged):>8}{reached.ndcg:>9.3f}{reached.recall:>11.3f}{reached.silent:>8.2f}")
    for one, found in answers if details else ():
        good = ndcg(found, one.grades, 5) if one.grades else float(not found)
        if good < 1:
            wanted = " ".join(f"{number}={grade}" for number, grade in one.grades.items())
            print(f"    {good:.2f} {one.typed:<28} {' '.join(found[:8])}  |  {wanted}")


def _fts5(texts: Texts) -> Ask:
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE texts USING fts5 (number UNINDEXED, title, text)")
    store.executemany("INSERT INTO texts VALUES (?, ?, ?)", [(number, *both) for number, both in texts.items()])

    async def ask(judged: Judged) -> Sequence[str]:
        words = " ".join('"{}"'.format(word.replace('"', "")) for word in judged.typed.split())
        asked = "SELECT number FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in store.execute(asked, (words, _MOST))]

    return ask


async def _german(conn: asyncpg.Connection, texts: Texts) -> Ask:
    await conn.execute("CREATE TEMP TABLE texts (number text, words tsvector)")
    made = """INSERT INTO texts VALUES ($1, setweight(to_tsvector('german', $2), 'A') || to_tsvector('german', $3))"""
    await conn.executemany(made, [(number, *both) for number, both in texts.items()])
    asked = """SELECT number FROM texts, plainto_tsquery('german', $1) query WHERE words @@ query
        ORDER BY ts_rank(words, query) DESC, number LIMIT $2"""

    async def ask(judged: Judged) -> Sequence[str]:
        return [row["number"] for row in await conn.fetch(asked, judged.typed, _MOST)]

    return ask


def _texts(documents: Documents) -> Texts:
    called = numbers(documents)
    return {
        called[name, one.name]: (heading(one), "\n".join(list(texts_of(one))[1:]))
        for name, reading in documents
        for one in reading.resolutions
    }


@contextmanager
def _server() -> Iterator[Server | None]:
    programs = binaries()
    if programs is None:
        print("PostgreSQL's server programs are not installed: its lines are missing", file=sys.stderr)
        yield None
        return
    with running_server(programs) as server:
        yield server


if __name__ == "__main__":
    main(sys.argv[1:])
