"""What the tests of the running program share: a bot on the fake Telegram, and a clock that is set by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.transports.telegram import telegram_bot
from config.settings import Secret
from tests.fake_telegram import FakeTelegram


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: dt.datetime) -> None:
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
    return HandClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    """The library's Bot, as the program makes it, talking to the fake."""
    made = telegram_bot(Secret(telegram.token), telegram.api_base)
    async with made:
        yield made
