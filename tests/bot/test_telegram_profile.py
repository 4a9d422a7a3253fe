"""Menus and profile in Telegram: in each language and kind of chat, sent once, and never in the way."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.transports.telegram_profile import show_profile
from config.texts import Languages
from handlers.profile import Profile, profiles
from tests.fake_telegram import FakeTelegram, Fault

ALL = tuple(profiles(Languages.load()))
PARTS = 5 * len(ALL)
"""Three menus and two descriptions for each language."""


def names(telegram: FakeTelegram, scope: str, code: str = "") -> list[str]:
    return [command["command"] for command in telegram.world.menus[scope, code]]


async def test_every_kind_of_chat_has_its_menu_in_every_language(telegram: FakeTelegram, bot: Bot) -> None:
    assert await show_profile(bot, ALL) == PARTS
    assert {"thema", "abo", "start"} <= set(names(telegram, "all_private_chats"))
    assert {"topic", "subscribe", "start"} <= set(names(telegram, "all_private_chats", "en"))
    assert "abo" not in names(telegram, "all_group_chats")
    assert "abo" in names(telegram, "all_chat_administrators")
    assert "subscribe" in names(telegram, "all_chat_administrators", "en")


async def test_the_profile_speaks_german_and_english(telegram: FakeTelegram, bot: Bot) -> None:
    await show_profile(bot, ALL)
    said = telegram.world.descriptions
    assert said["description", ""].startswith("Ich lese die Beschlüsse")
    assert said["description", "en"].startswith("I read the resolutions")
    assert said["short_description", ""] == ALL[0].about


async def test_what_stands_there_already_is_not_sent_again(telegram: FakeTelegram, bot: Bot) -> None:
    await show_profile(bot, ALL)
    sent = len(telegram.called("setMyCommands"))
    assert await show_profile(bot, ALL) == 0
    assert len(telegram.called("setMyCommands")) == sent


async def test_only_what_has_changed_is_sent(telegram: FakeTelegram, bot: Bot) -> None:
    await show_profile(bot, ALL)
    telegram.world.descriptions["description", "en"] = "Something older"
    assert await show_profile(bot, ALL) == 1
    assert telegram.world.descriptions["description", "en"] == ALL[1].description


async def test_what_is_refused_leaves_the_rest_alone(
    telegram: FakeTelegram, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Profile(None, {**ALL[0].menus, "group": (("Ümlaut", "geht nicht"),)}, ALL[0].description, ALL[0].about)
    assert await show_profile(bot, [broken]) == 4
    assert ("all_group_chats", "") not in telegram.world.menus
    assert "telegram.profile_refused" in caplog.text


async def test_when_telegram_does_not_answer_the_rest_waits(
    telegram: FakeTelegram, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.misbehave("setMyCommands", Fault.PROXY_PAGE)
    assert await show_profile(bot, ALL) == 0
    assert "telegram.profile_not_shown" in caplog.text
    assert await show_profile(bot, ALL) == PARTS
