"""From "the feed gains an entry" to "the subscriber's chat shows one message", killed at every place on the way.

Each run is a process of its own on the same SQLite file. The first is killed at one place, the second goes on; then
the chat is looked at. The chat system is the fake Bot API over real HTTP, the publisher the demo's.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app import open_app, open_watching
from bot.demo.publisher import FEED_PATH, Publisher
from bot.demo.samples import new_in_feed, older_document
from bot.watch import run_round
from feeds.fetch import Limits
from handlers.reply import Incoming
from handlers.router import answer
from storage import outbox
from storage.database import Database
from tests.fake_telegram import FakeTelegram
from tests.story.mortal import KILLED
from tests.story.runner import Order, StoryClock

ROOT = Path(__file__).resolve().parents[2]
START = dt.datetime(2026, 11, 6, 8, 0, tzinfo=dt.UTC)
LATER = dt.timedelta(hours=2)
"""Longer than a source's interval and a delivery's lease."""

CHAT = 4711

PLACES = ()
"""What a run passes, in order, from the round's beginning to the last look at the outbox."""

CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "{address}"
interval = "1h"
expected_every = "400d"
"""


@dataclass
class World:
    order: Order
    publisher: Publisher
    telegram: FakeTelegram

    async def run(self, hours: int, until: int | None = None) -> tuple[int, list[str]]:
        """A process that begins so many hours after the start; its exit code and the places it passed."""
        order = replace(self.order, now=(START + hours * dt.timedelta(hours=1)).isoformat(), until=until)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.story.runner", order.to_json(), cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await child.communicate()
        assert child.returncode is not None
        return child.returncode, printed.decode().splitlines()

    async def outbox(self) -> dict[str, int]:
        database = Database.open(self.order.database_url)
        try:
            async with database.read() as conn:
                return {state: count for state, count in (await outbox.counts(conn)).items() if count}
        finally:
            await database.dispose()


@pytest.fixture
async def world(tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[World]:
    """A subscriber, a source that was looked at once, and then a new entry in its feed."""
    telegram.people.person(CHAT)
    async with Publisher() as publisher:
        catalogue = tmp_path / "sources.toml"
        catalogue.write_text(CATALOGUE.format(address=publisher.address + FEED_PATH), encoding="utf-8")
        url = f"sqlite+aiosqlite:///{tmp_path / 'story.sqlite'}"
        order = Order(url, str(catalogue), telegram.api_base, telegram.token, START.isoformat())
        publisher.publish(replace(older_document(), shown_in="feed"))
        await _prepare(order)
        publisher.publish(new_in_feed())
        yield World(order, publisher, telegram)


async def _prepare(order: Order) -> None:
    async with open_app(order.settings, StoryClock(START)) as app:
        async with open_watching(app, Limits(pause=0)) as watching:
            report = await run_round(watching, START)
        assert (report.count("new"), report.enqueued) == (1, 0), report.lines()
        await answer(Incoming(f"telegram:{CHAT}", "/abo topic Ausländerbehörde", START), app.services)


async def test_undisturbed_the_chat_shows_one_message(world: World) -> None:
    code, places = await world.run(2)
    assert code == 0
    assert tuple(places) == PLACES
    assert len(world.telegram.texts(CHAT)) == 1
    assert "Digitale Termine in Ausländerbehörden" in world.telegram.texts(CHAT)[0]
    assert (await world.run(4))[0] == 0
    assert len(world.telegram.texts(CHAT)) == 1, "nothing is new, and what was sent is not sent again"
    assert await world.outbox() == {"sent": 1}


@pytest.mark.parametrize("place", range(1, len(PLACES) + 1), ids=lambda n: f"{n:02d} {PLACES[n - 1]}")
async def test_killed_anywhere_the_chat_still_shows_one_message(world: World, place: int) -> None:
    code, _ = await world.run(2, until=place)
    assert code == KILLED
    assert (await world.run(4))[0] == 0
    texts = world.telegram.texts(CHAT)
    assert len(texts) == 1
