"""Three instances on one PostgreSQL, and what becomes of a broadcast and of answers when the one that leads is killed.

Each is a process of its own, as on three machines; the chat system is the fake Bot API over real HTTP.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.checks import findings
from bot.demo.publisher import FEED_PATH, Publisher
from bot.demo.samples import new_in_feed, older_document
from config.settings import Settings
from storage import chats, outbox
from storage.database import Database
from storage.instance import sessions
from storage.migrate import upgrade
from storage.outbox_desk import listed
from tests.bot.conftest import NOON
from tests.fake_telegram import FakeTelegram
from tests.faults.conftest import ALL
from tests.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
CHATS = range(4711, 4771)
CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "{address}"
interval = "1s"
expected_every = "400d"
"""


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    return postgres.template(upgrade)


@pytest.fixture
def url(postgres: Server, template: str) -> Iterator[str]:
    with postgres.lent(template) as name:
        yield postgres.url(name)


@dataclass
class Running:
    """A process; `log` is what it has said so far."""

    process: asyncio.subprocess.Process
    log: list[str] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        return any("term.began" in line for line in self.log)

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


@dataclass
class Scene:
    url: str
    telegram: FakeTelegram
    folder: Path
    stack: AsyncExitStack
    database: Database
    instances: list[Running] = field(default_factory=list)

    async def start(self, **settings: str) -> Running:
        """One more, and wait until it serves."""
        sources = self.folder / "sources.toml"
        if not sources.exists():
            sources.write_text("source = []\n", encoding="utf-8")
        given = {
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API_BASE": self.telegram.api_base,
            "DATABASE_URL": self.url,
            "SOURCES": str(sources),
            "INDEX_DIR": str(self.folder / f"index-{len(self.instances)}"),
            "BROADCAST_RATE": "20",
            **settings,
        }
        made = await self.stack.enter_async_context(instance(given))
        self.instances.append(made)
        await until(lambda: any("service.started" in line for line in made.log))
        return made

    async def leader(self) -> Running:
        """The one that works as the leader."""
        living = [one for one in self.instances if one.process.returncode is None]
        await until(lambda: any(one.leads for one in living))
        return next(one for one in living if one.leads)

    async def states(self) -> dict[str, str]:
        async with self.database.read() as conn:
            return {row.payload["text"]: row.state for row in await listed(conn, ALL, 1000)}

    async def fill(self) -> None:
        async with self.database.begin() as conn:
            for chat in CHATS:
                self.telegram.people.person(chat)
                await chats.ensure(conn, f"telegram:{chat}", "Europe/Berlin", NOON)
                payload = {"text": f"Nachricht {chat}", "entities": [], "buttons": []}
                await outbox.enqueue(conn, f"telegram:{chat}", "event", "text", payload, NOON)


@asynccontextmanager
async def instance(settings: dict[str, str]) -> AsyncIterator[Running]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("BESCHLUSSBOTE_")}
    environ = {**outside, **{f"BESCHLUSSBOTE_{name}": value for name, value in settings.items()}}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environ, stderr=pipe
    )
    running = Running(process)
    reading = asyncio.create_task(read(running))
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def read(running: Running) -> None:
    assert running.process.stderr
    async for line in running.process.stderr:
        running.log.append(line.decode())


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = 90) -> None:
    async with asyncio.timeout(seconds):
        for pause in itertools.repeat(0.05):
            found = holds()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(pause)


@pytest.fixture
async def scene(url: str, telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Scene]:
    database = Database.open(url)
    async with AsyncExitStack() as stack:
        yield Scene(url, telegram, tmp_path, stack, database)
    await database.dispose()


async def test_the_leader_is_killed_in_the_middle_of_a_broadcast(scene: Scene) -> None:
    """Nothing is lost and nothing doubled; what was on its way in that moment is known to be in doubt."""
    await scene.fill()
    await asyncio.gather(*(scene.start() for _ in range(3)))
    first = await scene.leader()
    await scene.telegram.until(lambda: len(scene.telegram.called("sendMessage")) >= 20, 60)
    first.end(signal.SIGKILL)
    await first.process.wait()
    assert await scene.leader() is not first

    async def all_ended() -> bool:
        return set((await scene.states()).values()) <= {"sent", "unknown"}

    await until(all_ended)
    doubt = [text for text, state in (await scene.states()).items() if state == "unknown"]
    shown = [text for chat in CHATS for text in scene.telegram.texts(chat)]
    assert len(shown) == len(set(shown)), "doubled"
    assert {f"Nachricht {chat}" for chat in CHATS} - set(shown) <= set(doubt), "lost"
    assert len(doubt) <= 5, "only what was on its way in the moment of death"
    scene.telegram.people.says(CHATS[0], "/hilfe")
    await scene.telegram.until(lambda: len(scene.telegram.texts(CHATS[0])) > 1, 60)


async def test_a_leader_that_stands_still_is_deposed_and_sends_nothing_when_it_wakes(scene: Scene) -> None:
    """Its connection stays open, since the system answers for it: the server ends a session without a beat."""
    await scene.fill()
    await asyncio.gather(*(scene.start() for _ in range(2)))
    first = await scene.leader()
    await scene.telegram.until(lambda: len(scene.telegram.called("sendMessage")) >= 10, 60)
    first.end(signal.SIGSTOP)

    async def all_ended() -> bool:
        return set((await scene.states()).values()) <= {"sent", "unknown"}

    await until(all_ended)
    first.end(signal.SIGCONT)
    await until(lambda: any("instance.follows" in line for line in first.log))
    shown = [text for chat in CHATS for text in scene.telegram.texts(chat)]
    assert len(shown) == len(set(shown)), "doubled"
    doubt = {text for text, state in (await scene.states()).items() if state == "unknown"}
    assert {f"Nachricht {chat}" for chat in CHATS} - set(shown) <= doubt, "lost"


async def test_one_that_is_told_to_stop_hands_over(scene: Scene) -> None:
    first = await scene.start()
    assert await scene.leader() is first
    second = await scene.start()
    async with scene.database.read() as conn:
        assert [leads for _, leads in await sessions(conn)].count(True) == 1
    first.end(signal.SIGTERM)
    await until(lambda: second.leads)
    assert await first.process.wait() == 0
    assert not re.search("ERROR|Traceback", "".join(first.log + second.log))


async def test_one_watches_and_all_of_them_know(scene: Scene) -> None:
    """A new document is read by whoever is free, told once, and found by every instance."""
    scene.telegram.people.person(CHATS[0])
    async with Publisher() as publisher:
        catalogue = scene.folder / "sources.toml"
        catalogue.write_text(CATALOGUE.format(address=publisher.address + FEED_PATH), encoding="utf-8")
        publisher.publish(replace(older_document(), shown_in="feed"))
        watching = {"SOURCES": str(catalogue), "FETCH_ALLOW": "127.0.0.1"}
        await asyncio.gather(*(scene.start(**watching) for _ in range(3)))
        await scene.leader()
        await until(lambda: any("round.finished" in line for one in scene.instances for line in one.log))
        scene.telegram.people.says(CHATS[0], "/abo topic Ausländerbehörde")
        await scene.telegram.until(lambda: scene.telegram.texts(CHATS[0]), 60)
        publisher.publish(new_in_feed())
        await until(lambda: len(scene.telegram.texts(CHATS[0])) > 1, 150)
        await until(lambda: sum("round.finished" in line for one in scene.instances for line in one.log) > 1)
    assert ["Neuer Beschluss" in text for text in scene.telegram.texts(CHATS[0])] == [False, True]
    async with scene.database.read() as conn:
        assert (await conn.exec_driver_sql("SELECT count(*) FROM unread")).scalar_one() == 0


async def test_an_older_version_works_on_the_schema_of_a_newer_one(scene: Scene) -> None:
    """While instances are replaced one by one, those that are still the old ones go on, and may be started again."""
    async with scene.database.begin() as conn:
        await conn.exec_driver_sql("ALTER TABLE chats ADD COLUMN of_the_future TEXT")
        await conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    scene.telegram.people.person(CHATS[0])
    old = await scene.start()
    await scene.leader()
    scene.telegram.people.says(CHATS[0], "/abo topic Sprachkurse")
    await scene.telegram.until(lambda: scene.telegram.texts(CHATS[0]), 60)
    async with scene.database.read() as conn:
        assert await chats.count(conn) == 1
    assert any("database.is_newer" in line for line in old.log)


async def test_doctor_says_who_is_at_work(scene: Scene) -> None:
    settings = Settings(database_url=scene.url, telegram_api_base=scene.telegram.api_base)
    assert await lines_about("instances", settings) == ["none is running"]
    await scene.start()
    await scene.leader()
    assert [re.sub(r"\S+:\d+", "host:1", line) for line in await lines_about("instances", settings)] == [
        "host:1 (leads)"
    ]


async def test_nothing_is_restored_under_the_feet_of_an_instance(scene: Scene) -> None:
    await scene.start()
    environ = {**os.environ, "BESCHLUSSBOTE_DATABASE_URL": scene.url}
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", "restore", str(scene.folder / "any.backup"))
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stderr=pipe)
    _, said = await process.communicate()
    assert process.returncode == 1
    assert b"stop every instance first" in said


async def lines_about(part: str, settings: Settings) -> list[str]:
    return [one.text async for one in findings(settings, None, NOON) if one.about == part]
