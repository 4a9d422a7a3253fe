"""What the tests of the running program share: a bot on the fake Telegram, a store, and a clock that is set by hand."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import Bot

from bot.flood import Flood
from bot.gate import Gate
from bot.inline import InlineDesk
from bot.limiter import Limiter
from bot.pseudonyms import Pseudonyms
from bot.receive import Receiver
from bot.transports.attempts import BackOff
from bot.transports.polling import Poller
from bot.transports.telegram import TelegramTransport, telegram_bot
from bot.transports.telegram_files import TelegramFiles
from bot.transports.telegram_inbox import TelegramInbox
from bot.transports.telegram_inline import TelegramInline
from bot.transports.telegram_rights import TelegramRights
from bot.turnstile import Turnstile
from config.settings import Secret
from config.states import States
from config.texts import Languages
from config.topics import load_topics
from feeds.filter_values import FilterValues
from feeds.words import Analyser
from handlers.access import Links
from handlers.reply import Incoming
from handlers.services import Services
from storage.database import Database
from storage.intake import Arrival, take_in
from storage.migrate import upgrade
from storage.search_index import SearchIndex
from tests.fake_telegram import FakeTelegram
from tests.storage.samples import reading, resolution

MEMBER = 5001
NOON = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self._start = now
        self._now = now

    def now(self) -> dt.datetime:
        return self._now

    def seconds(self) -> float:
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """In place of `asyncio.sleep`: the time passes at once."""
        self._now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """The library's Bot, as the program makes it, talking to the fake."""
    made = telegram_bot(Secret(telegram.token), telegram.api_base)
    async with made:
        yield made


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser.load()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database; copy it, do not open it."""
    path = tmp_path_factory.mktemp("bot") / "empty.sqlite"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def services(empty_store: Path, tmp_path: Path, analyser: Analyser) -> AsyncIterator[Services]:
    shutil.copy(empty_store, tmp_path / "store.sqlite")
    async with services_at(tmp_path, analyser) as made:
        yield made


@asynccontextmanager
async def services_at(folder: Path, analyser: Analyser) -> AsyncIterator[Services]:
    """What the handlers need, on the migrated `store.sqlite` of that folder; made anew it is as after a restart."""
    url, topics, states = f"sqlite+aiosqlite:///{folder / 'store.sqlite'}", load_topics(), States.load()
    database = Database.open(url)
    index = SearchIndex(url, folder / "index", analyser, topics, states)
    values = FilterValues.load(states, topics)
    yield Services(database, index, analyser, topics, states, values, Languages.load(), "Europe/Berlin")
    await index.close()
    await database.dispose()


def said(chat: int, text: str) -> Incoming:
    """A line in a private chat (or, with a negative number, by somebody in a group) of the fake Telegram."""
    user = chat if chat > 0 else MEMBER
    return Incoming(f"telegram:{chat}", text, NOON, user=f"telegram:{user}", kind="private" if chat > 0 else "group")


@asynccontextmanager
async def answering(
    bot: Bot, services: Services, clock: HandClock, flood: Flood | None = None
) -> AsyncIterator[Receiver]:
    """The receiving half at work."""
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    services = replace(services, rights=TelegramRights(bot, clock.seconds), files=TelegramFiles(bot))
    gate = Gate(services, Pseudonyms(b"key"))
    receiver = Receiver(services, TelegramTransport(bot), clock, turnstile, clock.sleep, gate=gate, flood=flood)
    linked = replace(services, links=Links(lambda: bot.username, lambda: "Zufall_fuer-Tests-0123"))
    desk = InlineDesk(linked, TelegramInline(bot, turnstile).answer, gate)
    poller = Poller(bot, TelegramInbox(bot, receiver, turnstile, clock, desk).handle, BackOff(first=0.01))
    task = asyncio.create_task(poller.run())
    try:
        yield receiver
    finally:
        poller.stop()
        await asyncio.wait_for(task, 20)


async def store_resolutions(
    services: Services, count: int, session: int = 7, title: str = "Sprachkurse, Teil"
) -> list[int]:
    """Take in a session's document with so many resolutions, silently; their ids in the store."""
    made = (resolution(f"{number}.1", f"{title} {number}") for number in range(1, count + 1))
    document = reading(*made, session=session, content=f"{session} {title}")
    async with services.database.begin() as conn:
        arrival = Arrival(document, None, f"https://bspmk.example/{session}.pdf", NOON, silent=True)
        taken = await take_in(conn, arrival, services.analyser, services.topics)
    return [one.id for one in taken.resolutions]
