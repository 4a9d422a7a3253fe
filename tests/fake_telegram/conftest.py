"""The library's Bot, as the program makes it, talking to the fake."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.transports.telegram import telegram_bot
from config.settings import Secret
from tests.fake_telegram import FakeTelegram

ANNA = 4711


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    telegram.people.person(ANNA)
    async with telegram_bot(Secret(telegram.token), telegram.api_base) as made:
        yield made
