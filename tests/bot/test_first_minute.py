"""A person's first minute in Telegram, as taps and typed lines, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from handlers.services import Services
from tests.bot.conftest import HandClock, answering, store_resolutions
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram

ANNA, CARL = 4711, 4713


@pytest.fixture
async def anna(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Phone]:
    """With a German client."""
    telegram.people.person(ANNA, language="de")
    await store_resolutions(services, 3)
    async with answering(bot, services, clock):
        yield Phone(telegram, services, ANNA)


@pytest.fixture
async def carl(anna: Phone) -> Phone:
    """With an English one."""
    anna.telegram.people.person(CARL, language="en-GB")
    return Phone(anna.telegram, anna.services, CARL)


async def test_three_taps_in_german(anna: Phone) -> None:
    assert "Guten Tag" in await anna.types("/start")
    assert "English" not in " ".join(anna.labels())
    messages = len(anna.telegram.messages(ANNA))
    assert "Welches Land?" in await anna.taps("Mein Land")
    assert len(anna.telegram.messages(ANNA)) == messages, "the choice takes the place of the welcome"
    assert "Noch ist nichts gespeichert" in await anna.taps("Niedersachsen")
    assert await anna.subscribed() == []
    assert "Abonniert: Land Niedersachsen" in await anna.taps("Abonnieren")
    assert await anna.subscribed() == ["Niedersachsen"]
    assert "Meine Abos" in anna.labels()


async def test_an_english_client_is_spoken_to_in_english_and_german_is_one_tap_away(carl: Phone) -> None:
    assert "Hello!" in await carl.types("/start")
    assert "Guten Tag" in await carl.taps("Auf Deutsch, bitte")
    assert len(carl.telegram.messages(CARL)) == 1, "in the place of the English welcome"
    await carl.types("/sprache en")
    await carl.types("/start")
    assert "Which state?" in await carl.taps("My state")
    assert "nothing is stored" in (await carl.taps("Niedersachsen")).lower()
    assert "Subscribed: state Niedersachsen" in await carl.taps("Subscribe")
    assert await carl.subscribed() == ["Niedersachsen"]


async def test_back_from_the_states_to_the_welcome_in_one_message(anna: Phone) -> None:
    await anna.types("/start")
    await anna.taps("Mein Land")
    assert "Guten Tag" in await anna.taps("◂ Zurück")
    assert len(anna.telegram.messages(ANNA)) == 1


async def test_a_link_to_a_topic(anna: Phone) -> None:
    assert (await anna.opens("thema_sprachkurse")).startswith("„Sprachkurse“: 3 Treffer")
    assert "Was ist das hier?" in anna.labels()


async def test_a_link_to_a_subscription_shows_it_before_it_is_made(anna: Phone) -> None:
    assert "Noch ist nichts gespeichert" in await anna.opens("abo_land_niedersachsen")
    await anna.taps("Abonnieren")
    assert await anna.subscribed() == ["Niedersachsen"]


async def test_a_link_that_leads_nowhere(anna: Phone) -> None:
    assert (await anna.opens("quastenflosser")).startswith("Der Link, mit dem Sie gekommen sind")


async def test_help_is_one_message_that_turns_its_pages(carl: Phone) -> None:
    await carl.types("/sprache en")
    before = len(carl.telegram.messages(CARL))
    assert "What can I help you with?" in await carl.types("/help")
    assert "/search Sprachkurse" in await carl.taps("I am looking for …")
    assert "What can I help you with?" in await carl.taps("◂ Back")
    assert "/pause 14 days" in await carl.taps("I want to be notified")
    assert len(carl.telegram.messages(CARL)) == before + 1


async def test_the_language_is_kept_and_changed_back(anna: Phone) -> None:
    assert "Welche Sprache" in await anna.types("/sprache")
    await anna.taps("English")
    assert (await anna.types("/topic Sprachkurse")).startswith("“Sprachkurse”: 3 results")
    assert "Ab jetzt schreibe ich hier Deutsch" in await anna.types("/language Deutsch")
