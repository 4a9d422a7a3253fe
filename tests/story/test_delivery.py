"""From "the feed gains an entry" to "the subscriber's chat shows one message", killed at every place on the way.

Each run is a process of its own on the same SQLite file. The first is killed at one place, the second goes on; then
the chat is looked at. The chat system is the fake Bot API over real HTTP, the publisher the demo's.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
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
CHAT = 4711

STEPS = (
    ("fetch", "the feed"),
    ("commit", "the entry is remembered"),
    ("fetch", "the document"),
    ("commit", "it is stored, indexed, and its message enqueued"),
    ("commit", "old looks at the source are forgotten"),
    ("commit", "the message is claimed"),
    ("commit", "its text is composed"),
    ("commit", "the text is frozen, and that it goes out is noted"),
    ("send", "the message"),
    ("commit", "that it was accepted is noted"),
    ("commit", "nothing is left to claim"),
)
"""What a run does from the round's beginning to the last look at the outbox; the source is known from the first one."""

DIGEST_STEPS = (*STEPS[:5], ("commit", "the digest is closed and enqueued"), *STEPS[5:])
"""The same for a subscriber who wants a digest, in a run after its moment."""


def places_of(steps: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Where it can die: before and after each of them."""
    return tuple((when, kind, what) for kind, what in steps for when in ("before", "after"))


PLACES, DIGEST_PLACES = places_of(STEPS), places_of(DIGEST_STEPS)


@dataclass(frozen=True)
class Expected:
    """What the chat shows and the outbox says after the restart."""

    messages: int
    outbox: dict[str, int]


SURE = Expected(1, {"sent": 1})
NOT_SENT, SENT = Expected(0, {"unknown": 1}), Expected(1, {"unknown": 1})
UNSURE = {
    ("after", "commit", "the text is frozen, and that it goes out is noted"): NOT_SENT,
    ("before", "send", "the message"): NOT_SENT,
    ("after", "send", "the message"): SENT,
    ("before", "commit", "that it was accepted is noted"): SENT,
}
"""Between the note that it goes out and the note that it was accepted nobody can know whether it did. It is never sent
again by itself, since Telegram would show it twice; it stands in the outbox as unknown, for a person to see. So in half
of this gap, in which the process must die within the very moment of sending, the chat shows none instead of one."""

CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "{address}"
interval = "1h"
expected_every = "400d"
"""


BEFORE_THE_MORNING = (*STEPS[:5], ("commit", "the next look at the digest is noted"), STEPS[-1])
"""What a run does whose digest is not due."""


class Runner:
    """Carries out orders, each in a process of its own."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent

    async def run(self, order: Order) -> tuple[int, list[str]]:
        """Exit code and places that were passed. The servers of this process go on meanwhile."""
        return await asyncio.to_thread(self._run, order)

    def _run(self, order: Order) -> tuple[int, list[str]]:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(order.to_json() + "\n")
        self._parent.stdin.flush()
        code, places = json.loads(self._parent.stdout.readline())
        return code, places


@dataclass
class World:
    order: Order
    runner: Runner
    publisher: Publisher
    telegram: FakeTelegram

    async def run(self, hours: int, until: int | None = None) -> tuple[int, list[str]]:
        """A process that begins so many hours after the start; its exit code and the places it passed."""
        now = START + hours * dt.timedelta(hours=1)
        return await self.runner.run(replace(self.order, now=now.isoformat(), until=until))

    async def outbox(self) -> dict[str, int]:
        database = Database.open(self.order.database_url)
        try:
            async with database.read() as conn:
                return {state: count for state, count in (await outbox.counts(conn)).items() if count}
        finally:
            await database.dispose()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """The process that forks; it ends when its orders do."""
    command = [sys.executable, "-m", "tests.story.runner"]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        yield Runner(parent)


@pytest.fixture
async def world(tmp_path: Path, telegram: FakeTelegram, runner: Runner) -> AsyncIterator[World]:
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
        yield World(order, runner, publisher, telegram)


async def says(order: Order, line: str) -> None:
    """What the subscriber says to the program at the start."""
    async with open_app(order.settings, StoryClock(START)) as app:
        await answer(Incoming(f"telegram:{CHAT}", line, START), app.services)


async def _prepare(order: Order) -> None:
    async with open_app(order.settings, StoryClock(START)) as app:
        async with open_watching(app, Limits(pause=0)) as watching:
            report = await run_round(watching, START)
        assert (report.count("new"), report.enqueued) == (1, 0), report.lines()
        await answer(Incoming(f"telegram:{CHAT}", "/abo topic Ausländerbehörde", START), app.services)


async def test_undisturbed_the_chat_shows_one_message(world: World) -> None:
    code, places = await world.run(2)
    assert code == 0
    assert places == [f"{when} a {kind}" for when, kind, _ in PLACES], "a step came or went: name it in STEPS"
    assert len(world.telegram.texts(CHAT)) == 1
    assert "Digitale Termine in Ausländerbehörden" in world.telegram.texts(CHAT)[0]
    assert (await world.run(4))[0] == 0
    assert len(world.telegram.texts(CHAT)) == 1, "nothing is new, and what was sent is not sent again"
    assert await world.outbox() == {"sent": 1}


@pytest.mark.parametrize("place", range(1, len(PLACES) + 1), ids=[f"{when} {what}" for when, _, what in PLACES])
async def test_killed_anywhere_the_chat_still_shows_one_message(world: World, place: int) -> None:
    assert (await world.run(2, until=place))[0] == KILLED
    assert (await world.run(4))[0] == 0
    expected = UNSURE.get(PLACES[place - 1], SURE)
    assert len(world.telegram.texts(CHAT)) == expected.messages
    assert await world.outbox() == expected.outbox


async def test_undisturbed_the_digest_shows_it_once(world: World) -> None:
    """From the morning after: at the start today's moment has passed."""
    await says(world.order, "/digest 07:30")
    world.order = replace(world.order, digests=True)
    assert await world.run(2) == (0, [f"{when} a {kind}" for when, kind, _ in places_of(BEFORE_THE_MORNING)])
    assert world.telegram.texts(CHAT) == []
    for hours in (24, 26, 48):
        assert (await world.run(hours))[0] == 0
    (text,) = world.telegram.texts(CHAT)
    assert "Digitale Termine in Ausländerbehörden" in text
    assert await world.outbox() == {"sent": 1}


@pytest.mark.parametrize(
    "place", range(1, len(DIGEST_PLACES) + 1), ids=[f"{when} {what}" for when, _, what in DIGEST_PLACES]
)
async def test_killed_anywhere_the_digest_still_comes_once(world: World, place: int) -> None:
    await says(world.order, "/digest 07:30")
    world.order = replace(world.order, digests=True)
    assert (await world.run(24, until=place))[0] == KILLED
    assert (await world.run(26))[0] == 0
    assert (await world.run(50))[0] == 0
    expected = UNSURE.get(DIGEST_PLACES[place - 1], SURE)
    assert len(world.telegram.texts(CHAT)) == expected.messages
    assert await world.outbox() == expected.outbox


async def test_what_is_unknown_is_not_sent_again_later(world: World) -> None:
    await world.run(2, until=1 + PLACES.index(("after", "send", "the message")))
    for hours in (4, 6, 200):
        assert (await world.run(hours))[0] == 0
    assert len(world.telegram.texts(CHAT)) == 1
    assert await world.outbox() == {"unknown": 1}


async def test_killed_again_and_again_it_still_arrives_once(world: World) -> None:
    """Each start gets one step further than the one before, and dies."""
    for start, place in enumerate(range(1, 12), start=1):
        await world.run(2 * start, until=place)
    assert (await world.run(40))[0] == 0
    assert len(world.telegram.texts(CHAT)) == 1
