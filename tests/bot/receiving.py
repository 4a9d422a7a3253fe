"""The receiving half at work over a small store, for the tests of what becomes of messages and of answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.receive import Receiver
from handlers.services import Services
from storage import chats
from storage.chats import Chat
from tests.bot.conftest import HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram

ANNA, BERT, CARL, GROUP = 4711, 4712, 4713, -5


@pytest.fixture
async def running(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Receiver]:
    """Over a store with a few resolutions, for two people and a group."""
    telegram.people.person(ANNA)
    telegram.people.person(BERT)
    telegram.people.group(GROUP)
    await store_resolutions(services, 3)
    async with answering(bot, services, clock) as receiver:
        yield receiver


async def known(services: Services, key: str) -> Chat | None:
    async with services.database.read() as conn:
        return await chats.get(conn, key)
