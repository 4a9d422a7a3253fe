"""Subscriptions as a person has them over months: asked for step by step, told of, followed, watched, reminded; the
program is started anew between any two scenes, and only the store remembers."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.limiter import Limiter
from bot.reminders import enqueue_reminders
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from feeds.record import DateMention, Demand, Reference
from feeds.words import Analyser
from handlers.services import Services
from storage.intake import Arrival, take_in
from tests.bot.conftest import NOON, HandClock, answering, services_at
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram
from tests.storage.samples import reading, resolution

ANNA = 4711
ASKED = "Der Bund wird gebeten, bis zum 31. März 2027 über Sprachkurse zu berichten."
FIRST = resolution(
    "5.2",
    "Sprachkurse sichern",
    ASKED,
    demands=(Demand(1, "Bund", "bitten", ASKED, (1, 2)),),
    dates=(DateMention(dt.date(2027, 3, 31), "day", "31. März 2027", "deadline", 1),),
)
LATER = resolution(
    "6.1",
    "Wohnraum für Fachkräfte",
    "Die Konferenz erinnert an den Beschluss der 7. BspMK unter TOP 5.2.",
    references=(Reference("BspMK", 7, "5.2", "Beschluss der 7. BspMK unter TOP 5.2"),),
)

Scene = Callable[[], AbstractAsyncContextManager[Phone]]


@pytest.fixture
def scene(
    telegram: FakeTelegram, bot: Bot, clock: HandClock, empty_store: Path, tmp_path: Path, analyser: Analyser
) -> Scene:
    """Each time the program is started anew on the same store and the same chat."""
    telegram.people.person(ANNA, language="de")
    shutil.copy(empty_store, tmp_path / "store.sqlite")

    @asynccontextmanager
    async def begun() -> AsyncIterator[Phone]:
        async with services_at(tmp_path, analyser) as services, answering(bot, services, clock):
            yield Phone(telegram, services, ANNA)

    return begun


async def publish(services: Services, one: Any, session: int, now: dt.datetime, silent: bool = False) -> None:
    document = reading(one, session=session, date=now.date(), content=repr(one))
    arrival = Arrival(document, None, f"https://bspmk.example/{session}.pdf", now, silent=silent)
    async with services.database.begin() as conn:
        await take_in(conn, arrival, services.analyser, services.topics)


async def deliver(services: Services, bot: Bot, clock: HandClock) -> None:
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    delivery = Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile, sleep=clock.sleep)
    await deliver_all(delivery.one_pass)


async def test_an_answer_is_understood_after_a_restart(scene: Scene) -> None:
    async with scene() as anna:
        await publish(anna.services, FIRST, 7, NOON, silent=True)
        await anna.types("/abo")
        messages = len(anna.telegram.messages(ANNA))
        assert "Schreiben Sie jetzt" in await anna.taps("Eigene Wörter")
        assert len(anna.telegram.messages(ANNA)) == messages, "the question takes the place of the choice"
    async with scene() as anna:
        assert "Wann möchten Sie" in await anna.types("Sprachkurse Bund")
        assert "Noch ist nichts gespeichert" in await anna.taps("Sofort")
    async with scene() as anna:
        assert "Abonniert: Thema „Sprachkurse Bund“" in await anna.taps("Abonnieren")
        assert "Beendet" in await anna.taps("Rückgängig")
    async with scene() as anna:
        assert "wieder da" in await anna.taps("Rückgängig")
        assert await anna.subscribed() == ["Sprachkurse Bund"]


async def test_what_is_followed_is_told_once_with_the_reason(scene: Scene, bot: Bot, clock: HandClock) -> None:
    async with scene() as anna:
        await publish(anna.services, FIRST, 7, NOON, silent=True)
        await anna.types("/beschluss 5.2")
        assert "Abonniert: Beschluss 7. BspMK, TOP 5.2" in await anna.taps("Folgen")
        await anna.types("/abo Wohnraum")
    async with scene() as anna:
        await publish(anna.services, LATER, 8, NOON)
    async with scene() as anna:
        before = len(anna.telegram.messages(ANNA))
        for _ in range(2):
            await deliver(anna.services, bot, clock)
        (told,) = anna.telegram.messages(ANNA)[before:]
        assert "Wohnen und Bauen" in told.text.splitlines()[0]
        assert "Weil Sie „7. BspMK, TOP 5.2“ folgen: TOP 6.1 verweist darauf." in told.text
        await publish(anna.services, replace(FIRST, title="Sprachkurse besser sichern"), 7, NOON)
        await deliver(anna.services, bot, clock)
        assert "Der Beschluss wurde geändert" in anna.telegram.texts(ANNA)[-1]


async def test_a_watched_demand_comes_back_on_its_days(scene: Scene, bot: Bot, clock: HandClock) -> None:
    async with scene() as anna:
        await publish(anna.services, FIRST, 7, NOON, silent=True)
        await anna.types("/fristen")
        assert "Erinnerung am 17. März 2027" in await anna.taps("Merken: 31. März 2027")
        assert "Schreiben Sie jetzt Ihre Notiz" in await anna.taps("Notiz")
    async with scene() as anna:
        assert "Notiz: Referat 3 fragt nach" in await anna.types("Referat 3 fragt nach")
        before = len(anna.telegram.messages(ANNA))
        assert await enqueue_reminders(anna.services, dt.datetime(2027, 3, 17, 6, 59, tzinfo=dt.UTC)) == 0
        assert await enqueue_reminders(anna.services, dt.datetime(2027, 3, 17, 7, 0, tzinfo=dt.UTC)) == 1
    async with scene() as anna:
        assert await enqueue_reminders(anna.services, dt.datetime(2027, 3, 17, 9, 0, tzinfo=dt.UTC)) == 0
        await clock.sleep((dt.datetime(2027, 3, 17, 9, 0, tzinfo=dt.UTC) - clock.now()).total_seconds())
        for _ in range(2):
            await deliver(anna.services, bot, clock)
        (reminded,) = anna.telegram.messages(ANNA)[before:]
        assert ASKED in reminded.text
        assert "Referat 3 fragt nach" in reminded.text
        assert "Als erledigt vermerkt." in await anna.taps("Erledigt")
        assert len(anna.telegram.messages(ANNA)) == before + 1, "ticked off in place"
    async with scene() as anna:
        assert await enqueue_reminders(anna.services, dt.datetime(2027, 3, 31, 9, 0, tzinfo=dt.UTC)) == 0
        assert "keine offene Forderung" in await anna.types("/erfolgskontrolle")
