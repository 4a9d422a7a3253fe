"""How updates reach the bot, and what it shows of itself, as the fake has it."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import BadRequest, Conflict

from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.conftest import ANNA


async def test_an_offset_confirms(telegram: FakeTelegram, bot: Bot) -> None:
    numbers = [telegram.people.says(ANNA, text) for text in ("a", "b", "c")]
    assert [update.update_id for update in await bot.get_updates()] == numbers
    assert [update.update_id for update in await bot.get_updates(limit=2)] == numbers[:2]
    assert [update.update_id for update in await bot.get_updates(offset=numbers[1])] == numbers[1:]
    assert [update.update_id for update in await bot.get_updates()] == numbers[1:]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == numbers[2:]
    assert await bot.get_updates(offset=numbers[2] + 1) == ()


async def test_a_long_poll_answers_when_something_comes(telegram: FakeTelegram, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.called("getUpdates"))
    telegram.people.says(ANNA, "a")
    assert len(await asyncio.wait_for(poll, 10)) == 1


async def test_a_second_poller_ends_the_first(telegram: FakeTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.called("getUpdates"))
    await bot.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other"):
        await asyncio.wait_for(first, 10)


async def test_no_updates_beside_a_webhook(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_webhook("https://bote.example/hook", secret_token="geheim-1")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://bote.example", "a"), ("https://bote.example:8080/x", "a"), ("https://bote.example", "mit Leerzeichen")],
)
async def test_webhooks_that_telegram_refuses(telegram: FakeTelegram, bot: Bot, url: str, secret: str) -> None:
    with pytest.raises(BadRequest):
        await bot.set_webhook(url, secret_token=secret)
    assert telegram.world.webhook is None


async def test_only_the_kinds_asked_for(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.people.says(ANNA, "a")
    await bot.send_message(
        ANNA, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Knopf", callback_data="/neu")]])
    )
    query = telegram.people.presses(ANNA, "Knopf")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (query, "/neu")
    await bot.answer_callback_query(query)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(query)


async def test_a_channel_speaks_in_its_own_name(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.channel(-1007)
    telegram.people.says(-1007, "/hilfe")
    (update,) = await bot.get_updates()
    assert update.channel_post is not None
    assert update.channel_post.from_user is None
    assert update.channel_post.sender_chat == update.channel_post.chat
    assert (await bot.send_message(-1007, "x")).chat.type == "channel"


async def test_both_chats_tell_of_a_move(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.people.group(-5)
    telegram.people.migrates(-5, -1005)
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [(one.chat.id, one.migrate_to_chat_id, one.migrate_from_chat_id) for one in told] == [
        (-5, -1005, None),
        (-1005, None, -5),
    ]


@pytest.mark.parametrize("command", [("Groß", "x"), ("a-b", "x"), ("a" * 33, "x"), ("a", ""), ("a", "x" * 257)])
async def test_menus_that_telegram_refuses(telegram: FakeTelegram, bot: Bot, command: tuple[str, str]) -> None:
    with pytest.raises(BadRequest):
        await bot.set_my_commands([BotCommand(*command)])
    assert telegram.world.menus == {}


async def test_a_menu_stands_where_it_was_put(telegram: FakeTelegram, bot: Bot) -> None:
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand("neu", "Das Neueste")], scope, "en")
    assert [one.command for one in await bot.get_my_commands(scope, "en")] == ["neu"]
    assert await bot.get_my_commands(scope) == ()
    await bot.set_my_commands([], scope, "en")
    assert telegram.world.menus == {}


async def test_descriptions_have_their_limits(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_my_description("x" * 512)
    await bot.set_my_short_description("y" * 120, "en")
    assert (await bot.get_my_description()).description == "x" * 512
    assert (await bot.get_my_short_description("en")).short_description == "y" * 120
    with pytest.raises(BadRequest):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("y" * 121)
    with pytest.raises(BadRequest, match=r"(?i)lang_code_invalid"):
        await bot.set_my_description("x", "englisch")
