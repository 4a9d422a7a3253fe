"""The fake posts updates as Telegram does: with the secret, until they are taken, of each chat in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from bot.transports.telegram import telegram_bot
from config.settings import Secret
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.webhook import SECRET_HEADER

ANNA, BERT = 4711, 4712
URL = "https://bote.example/hook"


@dataclass
class Door:
    """Takes what is posted; the next posts get the `answers` first, and wait for `open`."""

    answers: list[int] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    closed_to: int | None = None
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.closed_to is not None and update["message"]["chat"]["id"] == self.closed_to:
            await self.open.wait()
        status = self.answers.pop(0) if self.answers else 200
        (self.taken if status == 200 else self.refused).append(update)
        return web.Response(status=status)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.taken]


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    telegram.people.person(ANNA)
    telegram.people.person(BERT)
    async with telegram_bot(Secret(telegram.token), telegram.api_base) as made:
        yield made


@pytest.fixture
async def door(telegram: FakeTelegram) -> AsyncIterator[Door]:
    made, app = Door(), web.Application()
    app.router.add_post("/hook", made.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.route_webhook("https://bote.example", f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield made
    await runner.cleanup()


async def nothing_waits(telegram: FakeTelegram) -> None:
    await telegram.until(lambda: not telegram.world.updates.pending)


@pytest.mark.parametrize("secret", ["geheim-1", None])
async def test_what_waits_and_what_comes_is_posted(
    telegram: FakeTelegram, bot: Bot, door: Door, secret: str | None
) -> None:
    telegram.people.says(ANNA, "vorher")
    await bot.set_webhook(URL, secret_token=secret)
    await nothing_waits(telegram)
    telegram.people.says(ANNA, "nachher")
    await nothing_waits(telegram)
    assert (door.texts(), door.secrets) == (["vorher", "nachher"], [secret, secret])


@pytest.mark.parametrize("status", [302, 403, 500, 503])
async def test_again_until_it_is_taken(telegram: FakeTelegram, bot: Bot, door: Door, status: int) -> None:
    door.answers = [status, status]
    await bot.set_webhook(URL)
    telegram.people.says(ANNA, "eins")
    telegram.people.says(ANNA, "zwei")
    await nothing_waits(telegram)
    assert (door.texts(), len(door.refused)) == (["eins", "zwei"], 2), "and of one chat in order"
    assert (await bot.get_webhook_info()).last_error_message == f"Wrong response from the webhook: {status}"


async def test_one_chat_that_is_stuck_does_not_hold_up_others(telegram: FakeTelegram, bot: Bot, door: Door) -> None:
    door.closed_to = ANNA
    await bot.set_webhook(URL)
    for chat in (ANNA, ANNA, BERT):
        telegram.people.says(chat, f"von {chat}")
    await telegram.until(lambda: door.texts() == [f"von {BERT}"])
    door.open.set()
    await nothing_waits(telegram)
    assert door.texts() == [f"von {BERT}", f"von {ANNA}", f"von {ANNA}"]


async def test_rubbish_is_posted_too(telegram: FakeTelegram, bot: Bot, door: Door) -> None:
    await bot.set_webhook(URL)
    every_kind: tuple[dict[str, Any], ...] = ({"message": {"chat": 7}}, {"callback_query": []}, {})
    for rubbish in every_kind:
        telegram.world.updates.add(rubbish)
    await nothing_waits(telegram)
    assert len(door.taken) == 3


async def test_only_the_kinds_asked_for_and_none_that_were_dropped(
    telegram: FakeTelegram, bot: Bot, door: Door
) -> None:
    telegram.people.says(ANNA, "verworfen")
    await bot.set_webhook(URL, allowed_updates=["my_chat_member"], drop_pending_updates=True)
    telegram.people.says(ANNA, "nicht gefragt")
    telegram.people.blocks(ANNA)
    await nothing_waits(telegram)
    assert [set(update) - {"update_id"} for update in door.taken] == [{"my_chat_member"}]


async def test_without_a_webhook_nothing_is_posted(telegram: FakeTelegram, bot: Bot, door: Door) -> None:
    await bot.set_webhook(URL)
    await bot.delete_webhook()
    telegram.people.says(ANNA, "eins")
    assert [update.message and update.message.text for update in await bot.get_updates()] == ["eins"]
    assert door.taken == []


async def test_nobody_there(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.says(ANNA, "eins")
    await bot.set_webhook("https://niemand.example/hook")
    await telegram.until(lambda: telegram.world.webhook_error)
    telegram.route_webhook("https://niemand.example", "http://127.0.0.1:9")
    await telegram.until(lambda: "Connection failed" in (telegram.world.webhook_error or ""))
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.url) == (1, "https://niemand.example/hook")


async def test_connections_that_telegram_refuses(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)max_connections"):
        await bot.set_webhook(URL, max_connections=101)
