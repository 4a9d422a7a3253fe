"""Processes of their own that watch once and deliver once, on the real parts: `python -m tests.story.runner`.

It reads orders, one JSON a line, and carries out each in a child that is forked for it: that saves loading the program
again and again, and shares nothing, since this process itself does nothing else. For each it prints one line: the
child's exit code and the places that it passed (none if it died).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import sys
import time
import traceback
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bot.app import App, open_services, open_telegram, open_watching
from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.digest import enqueue_digests
from bot.limiter import Limiter
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from bot.watch import run_round
from config.catalogue import load_catalogue
from config.settings import Secret, Settings
from feeds.fetch import Limits
from tests.story.mortal import Life, MortalDatabase, MortalFetcher, MortalTransport


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to do. `now` is ISO with an offset; `until` numbers the place to die at; `digests`: close
    those that are due, between watching and delivering."""

    database_url: str
    sources: str
    api_base: str
    token: str
    now: str
    until: int | None = None
    digests: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Order:
        given: dict[str, Any] = json.loads(text)
        return cls(**given)

    @property
    def settings(self) -> Settings:
        return Settings(
            telegram_token=Secret(self.token),
            telegram_api_base=self.api_base,
            database_url=self.database_url,
            sources=Path(self.sources),
            fetch_allow=("127.0.0.1",),
        )


class StoryClock:
    """Starts at a given moment and runs on from there."""

    def __init__(self, start: dt.datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> dt.datetime:
        return self._start + dt.timedelta(seconds=self.seconds() - self._began)

    def seconds(self) -> float:
        return time.monotonic()


async def carry_out(order: Order) -> list[str]:
    """Watch once, close digests if that is wanted, deliver all that is due; the places that were passed."""
    life = Life(order.until)
    database = MortalDatabase.open(order.database_url)
    assert isinstance(database, MortalDatabase)
    database.life = life
    clock = StoryClock(dt.datetime.fromisoformat(order.now))
    settings = order.settings
    try:
        async with open_services(settings, database) as services:
            app = App(settings, clock, database, services, load_catalogue(settings.sources))
            await _watch(app, life)
            if order.digests:
                await enqueue_digests(services, clock.now())
            await _deliver(app, life)
    finally:
        await database.dispose()
    return life.passed


async def _watch(app: App, life: Life) -> None:
    async with open_watching(app, Limits(pause=0)) as watching:
        mortal = replace(watching, fetcher=MortalFetcher(watching.fetcher, life))
        report = await run_round(mortal, app.clock.now())
    assert report.failed_sources == 0, report.lines()


async def _deliver(app: App, life: Life) -> None:
    assert app.settings.telegram_token
    async with open_telegram(app.settings.telegram_token, app.settings.telegram_api_base) as bot:
        transports = {"telegram": MortalTransport(TelegramTransport(bot), life)}
        turnstile = Turnstile(Limiter({}), app.clock)
        await deliver_all(Delivery(app.services, transports, app.clock, turnstile).one_pass)


def _in_child(order: Order) -> tuple[int, list[str]]:
    """Exit code and places of a child that carries out the order."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            os.write(writing, json.dumps(asyncio.run(carry_out(order))).encode())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, json.loads(told) if told else []


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_in_child(Order.from_json(line))) + "\n")
        sys.stdout.flush()
