"""A newcomer with only /start: to a subscription that brings something, in at most three taps, in either language; and
the links that open the bot with something in mind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from telegram import Bot

from config.texts import Languages, Texts
from handlers.services import Services
from tests.bot.conftest import HandClock, answering, store_resolutions
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram

ANNA = 4711
LANGUAGES = Languages.load()


@dataclass
class Newcomer(Phone):
    """Counts her taps; speaks the language of her telephone."""

    texts: Texts
    tapped: int = 0

    async def taps(self, label: str) -> str:
        self.tapped += 1
        return await Phone.taps(self, label)

    def label(self, key: str) -> str:
        return self.texts(f"button.{key}")


@pytest.fixture(params=LANGUAGES.codes)
async def anna(
    request: pytest.FixtureRequest, telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> AsyncIterator[Newcomer]:
    telegram.people.person(ANNA, language=request.param)
    await store_resolutions(services, 3)
    async with answering(bot, services, clock):
        yield Newcomer(telegram, services, ANNA, LANGUAGES.of(request.param))


async def in_her_language(anna: Newcomer) -> str:
    """What /start shows: the telephone's language is spoken from the first word."""
    return await anna.types("/start")


async def test_three_taps_to_a_topic_that_brings_something(anna: Newcomer) -> None:
    assert anna.texts("start.hello") in await in_her_language(anna)
    preview = await anna.taps("Sprachkurse")
    assert "Sprachkurse, Teil 1" in preview, "what it would have brought"
    assert anna.texts("guide.when", when=anna.texts("rhythm.immediate")) in preview
    assert await anna.subscribed() == [], "seen before it is kept"
    await anna.taps(anna.label("save"))
    assert await anna.subscribed() == ["Sprachkurse"]
    assert anna.tapped <= 3
    assert {anna.label("undo"), anna.label("adjust"), anna.label("subscriptions")} <= set(anna.labels())


async def test_her_land_is_among_sixteen_buttons(anna: Newcomer) -> None:
    await in_her_language(anna)
    before = anna.tapped
    assert await anna.taps(anna.label("my_state")) == anna.texts("start.state")
    assert len(anna.labels()) == 17
    assert await anna.taps(anna.label("back")) != anna.texts("start.state")
    await anna.taps(anna.label("my_state"))
    await anna.taps("Niedersachsen")
    await anna.taps(anna.label("save"))
    assert await anna.subscribed() == ["Niedersachsen"]
    assert anna.tapped - before == 5, "three, and two for looking around"
    assert len(anna.telegram.messages(ANNA)) <= 3, "most of it in the place of the welcome"


@pytest.mark.parametrize(
    ("payload", "said", "subscribed"),
    [
        ("thema_sprachkurse", "Sprachkurse, Teil 1", []),
        ("land_bayern", "Bayern", []),
        ("b_1", "TOP 1.1 – Sprachkurse, Teil 1", []),
        ("abo_thema_sprachkurse", "Sprachkurse", ["Sprachkurse"]),
        ("abo_land_bayern", "Bayern", ["Bayern"]),
        ("neu", "Sprachkurse, Teil 1", []),
        ("themen", "Sprachkurse (3)", []),
    ],
)
async def test_a_link_opens_what_it_names_and_says_what_this_is(
    anna: Newcomer, payload: str, said: str, subscribed: list[str]
) -> None:
    await anna.types(f"/sprache {anna.texts.language}")
    shown = await anna.opens(payload)
    assert said in shown or said in anna.labels()
    assert anna.label("introduce") in anna.labels()
    if subscribed:
        await anna.taps(anna.label("save"))
    assert await anna.subscribed() == subscribed
    assert anna.texts("start.hello") in await anna.types("/start")


async def test_a_link_to_nothing_is_a_welcome_too(anna: Newcomer) -> None:
    await anna.types(f"/sprache {anna.texts.language}")
    shown = await anna.opens("quastenflosser")
    assert shown.startswith(anna.texts("start.lost"))
    assert anna.label("my_state") in anna.labels()
