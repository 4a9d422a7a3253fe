"""A process of its own that watches once and delivers once, on the real parts: `python -m tests.story.runner ORDER`.

The order is JSON. It prints the places that it passed, one a line; told to die at one, it prints nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import App, build_services, open_telegram, open_watching
from bot.deliver import deliver_due
from bot.delivery_loop import deliver_all
from bot.pacing import Pacing
from bot.transports.telegram import TelegramTransport
from bot.watch import run_round
from config.catalogue import load_catalogue
from config.settings import Secret, Settings
from feeds.fetch import Limits
from tests.story.mortal import Life, MortalDatabase, MortalFetcher, MortalTransport


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to do. `now` is ISO with an offset; `until` numbers the place to die at."""

    database_url: str
    sources: str
    api_base: str
    token: str
    now: str
    until: int | None = None

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
    """Watch once, deliver all that is due; the places that were passed."""
    life = Life(order.until)
    database = MortalDatabase.open(order.database_url)
    assert isinstance(database, MortalDatabase)
    database.life = life
    clock = StoryClock(dt.datetime.fromisoformat(order.now))
    settings = order.settings
    app = App(settings, clock, database, build_services(settings, database), load_catalogue(settings.sources))
    try:
        await _watch(app, life)
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
        await deliver_all(partial(deliver_due, app.services, transports, app.clock, Pacing({})))


if __name__ == "__main__":
    for place in asyncio.run(carry_out(Order.from_json(sys.argv[1]))):
        sys.stdout.write(f"{place}\n")
