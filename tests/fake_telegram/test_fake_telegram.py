"""The fake itself: what it enforces, through the library's own request stack, so that passing it means something."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.transports.aiohttp_request import FloodControlError
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.conftest import ANNA
from tests.fake_telegram.faults import Fault


def keyboard(data: str, text: str = "Knopf") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


def bold(offset: int, length: int) -> MessageEntity:
    return MessageEntity("bold", offset, length)


async def test_who_is_gone_before_the_silence_ends_disturbs_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async with FakeTelegram.running() as telegram:
        telegram.people.person(ANNA)
        telegram.misbehave("sendMessage", Fault.SILENCE_AFTER)
        address = f"{telegram.api_base}/bot{telegram.token}/sendMessage"
        async with aiohttp.ClientSession() as session:
            asking = asyncio.create_task(session.post(address, json={"chat_id": ANNA, "text": "x"}))
            await telegram.until(lambda: telegram.texts(ANNA) == ["x"])
            asking.cancel()
        await asyncio.sleep(0.05)  # the server learns of it
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("text", "extra", "why"),
    [
        ("x" * 4096, {}, "the longest text"),
        ("😀" * 2048, {}, "the longest text of emoji"),
        ("😀 Wort", {"entities": [bold(0, 2), bold(3, 4)]}, "counted in UTF-16"),
        ("Zitat fett", {"entities": [MessageEntity("blockquote", 0, 10), bold(6, 4)]}, "nested"),
        ("x", {"reply_markup": keyboard("ä" * 32)}, "64 bytes of data"),
        ("x " * 99 + "x", {"entities": [bold(2 * n, 1) for n in range(100)]}, "a hundred entities"),
    ],
)
async def test_it_takes_what_telegram_takes(
    telegram: FakeTelegram, bot: Bot, text: str, extra: dict[str, Any], why: str
) -> None:
    message = await bot.send_message(ANNA, text, **extra)
    assert (message.text, message.message_id) == (text, telegram.messages(ANNA)[0].message_id), why


@pytest.mark.parametrize(
    ("text", "extra", "says"),
    [
        ("x" * 4097, {}, "too long"),
        ("😀" * 2049, {}, "too long"),
        (" \n", {}, "empty"),
        ("x ", {}, "white space"),
        ("x", {"entities": [bold(0, 2)]}, "beyond the text"),
        ("😀x", {"entities": [bold(0, 1)]}, "cuts a character"),
        ("😀x", {"entities": [bold(1, 2)]}, "cuts a character"),
        ("a b", {"entities": [bold(0, 2)]}, "white space"),
        ("abc", {"entities": [bold(0, 0)]}, "at least 1"),
        ("abc", {"entities": [bold(0, 2), bold(1, 2)]}, "without nesting"),
        ("abc", {"entities": [MessageEntity("text_link", 0, 1)]}, "needs a url"),
        ("x " * 100 + "x", {"entities": [bold(2 * n, 1) for n in range(101)]}, "100th"),
        ("x", {"reply_markup": keyboard("ä" * 32 + "x")}, "button_data_invalid"),
        ("x", {"reply_markup": keyboard("")}, "button_data_invalid|text buttons"),
        ("x", {"reply_markup": keyboard("a", " ")}, "non-empty"),
        ("x", {"api_kwargs": {"mood": "good"}}, "unknown parameter"),
        ("x", {"parse_mode": "HTML"}, "unknown parameter"),
        ("x", {"message_thread_id": 9}, "thread not found"),
    ],
)
async def test_it_refuses_what_telegram_refuses_or_spoils(
    telegram: FakeTelegram, bot: Bot, text: str, extra: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){says}"):
        await bot.send_message(ANNA, text, **extra)
    assert telegram.texts(ANNA) == []


async def test_chats_that_are_closed(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.blocks(ANNA)
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ANNA, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(1, "x")
    telegram.people.unblocks(ANNA)
    await bot.send_message(ANNA, "x")


async def test_a_flood_is_for_one_chat_and_ends(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.person(1)
    telegram.flood(ANNA, 9)
    with pytest.raises(FloodControlError) as caught:
        await bot.send_message(ANNA, "x")
    assert caught.value.seconds == 9
    await bot.send_message(1, "x")
    await bot.send_message(ANNA, "x")


async def test_rates(telegram: FakeTelegram, bot: Bot) -> None:
    now = 0.0
    telegram.people.group(-1)
    telegram.enforce_rates(lambda: now)
    await bot.send_message(ANNA, "x")
    with pytest.raises(FloodControlError):
        await bot.send_message(ANNA, "y")
    now = 1.0
    await bot.send_message(ANNA, "y")
    for _ in range(20):
        await bot.send_message(-1, "z")
    now = 30.0
    with pytest.raises(FloodControlError) as caught:
        await bot.send_message(-1, "z")
    assert caught.value.seconds == 31


async def test_editing(telegram: FakeTelegram, bot: Bot) -> None:
    message = await bot.send_message(ANNA, "vorher")
    await bot.edit_message_text("nachher", ANNA, message.message_id)
    assert telegram.texts(ANNA) == ["nachher"]
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("nachher", ANNA, message.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("x", ANNA, 99)


async def test_the_token_and_the_methods_name_matter(telegram: FakeTelegram, bot: Bot) -> None:
    with pytest.raises(TelegramError, match="not found"):
        await bot.do_api_request("sendTelepathy")
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{telegram.api_base}/bot1:wrong/getMe")
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


async def test_parameters_may_come_as_json_too(telegram: FakeTelegram) -> None:
    telegram.people.person(ANNA)
    async with aiohttp.ClientSession() as session:
        body = {"chat_id": ANNA, "text": "abc", "entities": [{"type": "bold", "offset": 0, "length": 3}]}
        answer = await session.post(f"{telegram.api_base}/bot{telegram.token}/sendMessage", json=body)
        assert (await answer.json())["ok"] is True
    assert telegram.messages(ANNA)[0].marked("bold") == ["abc"]


async def test_pressing_what_is_not_there_fails_the_test(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(ANNA, "x", reply_markup=keyboard("/neu"))
    with pytest.raises(AssertionError, match="No button „Anderer“"):
        telegram.people.presses(ANNA, "Anderer")


async def test_stopping_refuses_connections_and_ends_a_long_poll(telegram: FakeTelegram, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.called("getUpdates"))
    await telegram.stop()
    await asyncio.wait([poll], timeout=10)
    assert poll.done()
    poll.exception()
    with pytest.raises(NetworkError):
        await bot.send_message(ANNA, "x")
    await telegram.start()
    await bot.send_message(ANNA, "x")


async def test_waiting_for_what_never_comes_tells_what_is_there(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(ANNA, "nur das")
    with pytest.raises(TimeoutError, match="nur das"):
        await telegram.until(lambda: False, seconds=0.01)


async def test_buttons_alone_can_be_changed(telegram: FakeTelegram, bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "x", reply_markup=keyboard("/neu"))
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=keyboard("/neu"))
    await bot.edit_message_reply_markup(ANNA, sent.message_id)
    assert telegram.messages(ANNA)[0].buttons == []
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_reply_markup(ANNA, 999)


async def test_frozen_messages_cannot_be_edited(telegram: FakeTelegram, bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "x")
    telegram.world.chats[ANNA].frozen.add(sent.message_id)
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("y", ANNA, sent.message_id)


@pytest.mark.parametrize("url", ["http://localhost/x", "ftp://a.example", "a.example"])
async def test_addresses_that_telegram_refuses(bot: Bot, url: str) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Knopf", url=url)]])
    with pytest.raises(BadRequest, match="wrong http url"):
        await bot.send_message(ANNA, "x", reply_markup=markup)


async def test_toasts_have_a_limit(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(ANNA, "x", reply_markup=keyboard("/neu"))
    await bot.answer_callback_query(telegram.people.presses(ANNA, "Knopf"), "Gespeichert")
    assert telegram.world.toasts == ["Gespeichert"]
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(telegram.people.presses(ANNA, "Knopf"), "x" * 201)
