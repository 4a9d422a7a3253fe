"""One polling round over 1,000 sources that answer “not modified”, beside a bare aiohttp loop with the same requests.

python -m benchmarks.round [--sources 1000] [--postgresql]

Each source is a host of its own on loopback. Ours asks with everything that a round has: the store, robots rules (known
from the first round, which asks for them), one request at a time per host, the guard at the socket, time limits. The
bare loop keeps nothing and checks nothing. Both open new connections, as many side by side. At the end a round in which
a twentieth of the sources hang and a twentieth are broken; a look may take 60 s.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import logging
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.many_hosts import ETAG, addresses, allow_files, many_hosts
from benchmarks.stores import fresh_store, store_option
from bot.round_report import RoundReport
from bot.visit import WatchServices
from bot.watch import PARALLEL, run_round
from bot.worker import Worker
from config.catalogue import Source
from config.topics import load_topics
from feeds.fetch import KEEP_ALIVE, Limits, identify, open_fetcher
from feeds.words import Analyser
from storage import sources
from storage.database import Database
from storage.migrate import upgrade

HOUR = dt.timedelta(hours=1)
FIRST = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
TIMES = 5
ILL = 20
"""One in so many hangs, and one in so many is broken."""


@dataclass(frozen=True, slots=True)
class Took:
    """`seconds` on the clock, `cpu` seconds of the processor in this process."""

    seconds: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1000)
    store_option(parser)
    args = parser.parse_args()
    logging.disable()  # a hundred failures are told below in one line
    allow_files()
    with many_hosts(args.sources) as port, fresh_store(args.postgresql) as (url, _):
        asyncio.run(run(url, [f"http://{host}:{port}/feed.xml" for host in addresses(args.sources)]))


async def run(url: str, places: Sequence[str]) -> None:
    await upgrade(url)
    database, worker = Database.open(url), Worker()
    catalogue = tuple(source(f"s{number}", place) for number, place in enumerate(places))
    await seen_before(database, catalogue)
    agent = identify("0", None)
    async with open_fetcher(agent, seconds=time.monotonic, allow=("127.0.0.0/8",)) as fetcher:
        services = WatchServices(catalogue, database, fetcher, worker, Analyser.load(), load_topics())
        before = memory()
        await compare(services, places)
        print(f"  memory: {before:.0f} MB before, {memory():.0f} MB after {2 * TIMES + 1} rounds of both")
        await with_ill_ones(services)
    worker.close()
    await database.dispose()


def source(id: str, place: str) -> Source:
    return Source(id, id, "feed", place, interval=HOUR, expected_every=30 * 24 * HOUR, recheck=48 * HOUR)


async def seen_before(database: Database, catalogue: Sequence[Source]) -> None:
    """Each was looked at once, and its validator is known."""
    async with database.begin() as conn:
        await sources.sync(conn, [one.id for one in catalogue])
        for one in catalogue:
            await sources.record_success(conn, one.id, FIRST - HOUR, FIRST, ETAG)


async def compare(services: WatchServices, places: Sequence[str]) -> None:
    first, report = await timed(services, FIRST)
    assert report.looked_at == len(places)
    assert not report.failed_sources, report.lines()[:5]
    print(f"{len(places)} sources; the first round, which asks for robots.txt as well: {first.seconds:.1f} s")
    ours, bare = [], []
    for number in range(1, TIMES + 1):
        await asyncio.sleep(KEEP_ALIVE + 0.5)  # connections of the round before are closed by then
        took, report = await timed(services, FIRST + number * 2 * HOUR)
        assert sum(one.look == "unchanged" for one in report.sources) == len(places)
        ours.append(took)
        bare.append(await bare_loop(places))
    for name, found in (("our round", ours), ("bare aiohttp", bare)):
        seconds, cpu = (statistics.median(getattr(one, of) for one in found) for of in ("seconds", "cpu"))
        print(
            f"  {name:14} {len(places) / seconds:6.0f} sources/s, {cpu * 1000 / len(places):.2f} ms of a processor each"
        )
    ratios = [mine.seconds / theirs.seconds for mine, theirs in zip(ours, bare, strict=True)]
    print(f"  ours takes {statistics.median(ratios):.1f} times as long ({min(ratios):.1f} to {max(ratios):.1f})")


async def timed(services: WatchServices, now: dt.datetime) -> tuple[Took, RoundReport]:
    start, cpu = time.monotonic(), time.process_time()
    report = await run_round(services, now)
    return Took(time.monotonic() - start, time.process_time() - cpu), report


async def bare_loop(places: Sequence[str]) -> Took:
    """The same requests, as many side by side, and nothing else."""
    free = asyncio.Semaphore(PARALLEL)
    start, cpu = time.monotonic(), time.process_time()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def ask(place: str) -> None:
            async with free, session.get(place, headers={"If-None-Match": ETAG}) as answer:
                assert answer.status == 304

        async with asyncio.TaskGroup() as group:
            for place in places:
                group.create_task(ask(place))
    return Took(time.monotonic() - start, time.process_time() - cpu)


async def with_ill_ones(services: WatchServices) -> None:
    catalogue = tuple(ill(number, one) for number, one in enumerate(services.catalogue))
    took, report = await timed(replace(services, catalogue=catalogue), FIRST + 100 * HOUR)
    reasons = sum("no complete answer" in (one.problem or "") for one in report.sources)
    well = sum(one.look == "unchanged" for one in report.sources)
    print(
        f"with {reasons} that hang and {report.failed_sources - reasons} broken ones: {took.seconds:.1f} s, "
        f"{well} others unchanged; a look may take {Limits().time:g} s"
    )


def ill(number: int, one: Source) -> Source:
    name = {0: "hangs.xml", 1: "broken.xml"}.get(number % ILL)
    return replace(one, address=one.address.replace("feed.xml", name)) if name else one


def memory() -> float:
    """Megabytes of this process that are in memory (proc(5), status)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
