"""A group, a forum and a channel with people in them, and what one of them asks there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.receive import Receiver
from handlers.services import Services
from storage import subscriptions
from tests.bot.conftest import HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram

ANNA, BERT, GROUP, FORUM, CHANNEL = 4711, 4712, -5, -6, -1007
SUBSCRIBE = "/abo topic Sprachkurse"


@pytest.fixture
async def running(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Receiver]:
    """Anna administers the group, the forum and the channel; Bert is in them."""
    people = telegram.people
    for person in (ANNA, BERT):
        people.person(person)
    people.group(GROUP)
    people.group(FORUM, threads=(7, 8))
    people.channel(CHANNEL, "Aus den Konferenzen")
    for chat in (GROUP, FORUM, CHANNEL):
        people.administers(chat, ANNA)
    await store_resolutions(services, 2)
    async with answering(bot, services, clock) as receiver:
        yield receiver


async def held(services: Services, chat: int | str) -> int:
    async with services.database.read() as conn:
        return len(await subscriptions.of_chat(conn, f"telegram:{chat}"))


async def newest(telegram: FakeTelegram, chat: int, before: int) -> str:
    await telegram.until(lambda: len(telegram.texts(chat)) > before)
    return telegram.texts(chat)[-1]


async def asked(telegram: FakeTelegram, chat: int, text: str, by: int | None = None, thread: int | None = None) -> str:
    before = len(telegram.texts(chat))
    telegram.people.says(chat, text, by=by, thread=thread)
    return await newest(telegram, chat, before)


async def handled(telegram: FakeTelegram) -> None:
    await telegram.until(lambda: not telegram.world.updates.pending)
