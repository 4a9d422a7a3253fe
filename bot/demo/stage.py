"""What the demo plays on: the real program, wired as always, with a sample publisher and chats that are remembered.

Nothing of it is special but the addresses: the publisher answers on loopback, the database lies in a temporary folder,
and the clock can be set forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import App, open_app, open_watching
from bot.clock import Clock
from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.demo.clock import SettableClock
from bot.demo.publisher import FEED_PATH, LIST_PATH, Publisher
from bot.digest import enqueue_digests
from bot.limiter import Limiter
from bot.outcome import Outcome
from bot.payload import Payload
from bot.receive import Receiver
from bot.round_report import RoundReport
from bot.transports.console import ConsoleTransport
from bot.transports.transport import chat_key
from bot.turnstile import Turnstile
from bot.watch import WatchServices, run_round
from config.settings import Settings
from feeds.fetch import Limits
from handlers.reply import Incoming, Reply

INTERVAL = dt.timedelta(hours=1)

_CATALOGUE = """
[[source]]
id = "bspmk-liste"
name = "Beispielministerkonferenz: Beschlüsse"
body = "BspMK"
kind = "links"
address = "{address}{list_path}"
links = "ul.downloads a[href]"
match = "*.pdf"
interval = "1h"
expected_every = "400d"

[[source]]
id = "bspmk-feed"
name = "Beispielministerkonferenz: RSS"
body = "BspMK"
kind = "feed"
address = "{address}{feed_path}"
interval = "1h"
expected_every = "400d"
"""


@dataclass
class Screens:
    """A console per chat; what each one shows is kept instead of printed."""

    name: str = ConsoleTransport.name
    shown: dict[str, list[str]] = field(default_factory=dict)

    def compose(self, reply: Reply) -> tuple[Payload, ...]:
        return ConsoleTransport(str).compose(reply)

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        return await ConsoleTransport(self.shown.setdefault(chat_id, []).append).send(chat_id, payload)

    async def show_work(self, chat_id: str) -> None:
        """Nobody waits before a screen."""

    async def leave(self, chat_id: str) -> None:
        """A screen cannot be left."""

    def take(self, chat_id: str) -> list[str]:
        """What appeared in that chat since it was looked at last."""
        return self.shown.pop(chat_id, [])


@dataclass(frozen=True, slots=True)
class Stage:
    publisher: Publisher
    app: App
    clock: SettableClock
    screens: Screens
    watching: WatchServices
    receiver: Receiver

    async def look(self) -> RoundReport:
        """A polling round, one interval after the last."""
        self.clock.set_forward(INTERVAL)
        return await run_round(self.watching, self.clock.now())

    async def say(self, chat_id: str, line: str) -> list[str]:
        """Somebody types a line; what the chat then shows."""
        await self.receiver.receive(Incoming(chat_key(self.screens.name, chat_id), line, self.clock.now(), whole=True))
        return self.screens.take(chat_id)

    async def deliver(self) -> int:
        """Send what the outbox holds; how many messages."""
        transports = {self.screens.name: self.screens}
        turnstile = Turnstile(Limiter({}), self.clock)
        return (await deliver_all(Delivery(self.app.services, transports, self.clock, turnstile).one_pass)).sent

    async def digests(self) -> int:
        return await enqueue_digests(self.app.services, self.clock.now())


@asynccontextmanager
async def open_stage(folder: Path, clock: Clock) -> AsyncIterator[Stage]:
    """Everything running, with the database and the catalogue in `folder`."""
    settable, screens = SettableClock(clock), Screens()
    async with (
        Publisher() as publisher,
        open_app(_settings(folder, publisher), settable) as app,
        open_watching(app, Limits(pause=0.0)) as watching,  # our own publisher needs no politeness
    ):
        receiver = Receiver(app.services, screens, settable, Turnstile(Limiter({}), settable))
        yield Stage(publisher, app, settable, screens, watching, receiver)


def _settings(folder: Path, publisher: Publisher) -> Settings:
    catalogue = folder / "sources.toml"
    text = _CATALOGUE.format(address=publisher.address, list_path=LIST_PATH, feed_path=FEED_PATH)
    catalogue.write_text(text, encoding="utf-8")
    return Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.sqlite'}", sources=catalogue, fetch_allow=("127.0.0.1",)
    )
