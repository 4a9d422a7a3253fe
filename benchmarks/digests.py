"""100,000 chats with digests at mixed times in mixed zones: what a tick costs, and how late the last of a minute is.

python -m benchmarks.digests [--chats 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import resource
import time

from benchmarks.stores import fresh_store, store_option
from bot.app import open_services
from bot.digest import enqueue_digests
from config.settings import Settings
from handlers.services import Services
from storage import chats, digests, tables
from storage.database import Database
from storage.intake import Arrival, take_in
from storage.migrate import upgrade
from tests.storage.samples import reading, resolution

NOW = dt.datetime(2026, 11, 6, 6, 29, 30, tzinfo=dt.UTC)
ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Australia/Adelaide")
POPULAR = 7 * 60 + 30
"""Every seventh chat in Berlin wants its digest at this minute."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=100_000)
    store_option(parser)
    asked = parser.parse_args()
    with fresh_store(asked.postgresql) as (url, _):
        asyncio.run(run(url, asked.chats))


async def run(url: str, count: int) -> None:
    await upgrade(url)
    database = Database.open(url)
    try:
        await _measure(url, database, count)
    finally:
        await database.dispose()


async def _measure(url: str, database: Database, count: int) -> None:
    async with open_services(Settings(database_url=url), database) as services:
        async with database.begin() as conn:
            document = reading(resolution("1.1", "Sprachkurse"))
            arrival = Arrival(document, None, "https://bspmk.example/1.pdf", NOW, silent=True)
            taken = await take_in(conn, arrival, services.analyser, services.topics)
        await _fill(database, count, taken.resolutions[0].id)
        before = _memory()
        first = await _tick(services, NOW)
        idle = await _tick(services, NOW + dt.timedelta(seconds=1))
        busy = await _tick(services, NOW + dt.timedelta(seconds=30))
        print(f"{count} chats with digests, {len(ZONES)} zones, every one with an entry waiting")
        print(f"  first look at all of them   {first[0]:7.2f} s   {first[1]:6} digests")
        print(f"  a tick with nothing due     {idle[0] * 1000:7.2f} ms")
        print(
            f"  the tick at 07:30 in Berlin {busy[0]:7.2f} s   {busy[1]:6} digests: how late the last one is enqueued"
        )
        print(f"  memory over the ticks       {_memory() - before:7.1f} MB more, {_memory():.0f} MB in all")


async def _tick(services: Services, now: dt.datetime) -> tuple[float, int]:
    began = time.perf_counter()
    written = await enqueue_digests(services, now)
    return time.perf_counter() - began, written


async def _fill(database: Database, count: int, resolution_id: int) -> None:
    """Closed yesterday, so that nothing is to be made up for."""
    made = NOW - dt.timedelta(days=30)
    rows = [
        {
            "key": f"telegram:{number + 1}",
            "timezone": ZONES[number % len(ZONES)],
            "digest_minute": POPULAR if number % 7 == 0 else number * 37 % 1440,
            "last_digest_on": (NOW - dt.timedelta(days=1)).date() if number % 7 == 0 else NOW.date(),
            "state": "active",
            "created_at": made,
            "look_at": made,
        }
        for number in range(count)
    ]
    entries = [
        {
            "chat": row["key"],
            "resolution_id": resolution_id,
            "revision": 1,
            "change": "new",
            "since": 0,
            "labels": ["Sprachkurse"],
            "created_at": NOW,
        }
        for row in rows
    ]
    async with database.begin() as conn:
        await conn.execute(tables.chats.insert(), rows)
        await conn.execute(tables.digest_entries.insert(), entries)
        assert await chats.count(conn) == count
        assert await digests.entries(conn, "telegram:1") == 1


def _memory() -> float:
    """The most this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
