"""Delivery keeps to what a chat wants: silence, quiet hours, pauses, overviews instead of floods."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from telegram import Bot

from bot.deliver import Delivery, Policy
from bot.delivery_loop import deliver_all
from bot.digest_calendar import next_moment, quiet_until
from bot.limiter import Limiter
from bot.rounds import LONGEST_WAIT, Rounds
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.services import Services
from storage import chats, holds, outbox
from storage.chats import Chat
from tests.bot.conftest import NOON, HandClock, store_resolutions
from tests.bot.wishing import chat_wishing
from tests.fake_telegram import FakeTelegram

ANNA = 4711
KEY = f"telegram:{ANNA}"
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def delivery(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> Delivery:
    telegram.people.person(ANNA)
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    return Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile, Policy(burst=3))


async def notify(services: Services, *ids: int, **wishes: object) -> None:
    async with services.database.begin() as conn:
        await chats.ensure(conn, KEY, "Europe/Berlin", NOON)
        await chats.configure(conn, KEY, **wishes)
        for id in ids:
            payload = {"resolution": id, "revision": 1, "subscriptions": ["Sprachkurse"], "change": "new"}
            await outbox.enqueue(conn, KEY, f"resolution:{id}", "notice", payload, NOON)


async def test_silent_by_choice(telegram: FakeTelegram, services: Services, delivery: Delivery) -> None:
    await notify(services, *await store_resolutions(services, 1), silent=True)
    await delivery.one_pass()
    (call,) = telegram.called("sendMessage")
    assert call["disable_notification"]


async def test_nothing_in_quiet_hours_and_all_of_it_after(
    telegram: FakeTelegram, services: Services, delivery: Delivery, clock: HandClock
) -> None:
    """NOON is 14:00 in Berlin."""
    await notify(services, *await store_resolutions(services, 2), quiet_from=13 * 60, quiet_until=15 * 60)
    await deliver_all(delivery.one_pass)
    assert telegram.texts(ANNA) == []
    await clock.sleep(3600)
    await deliver_all(delivery.one_pass)
    assert len(telegram.texts(ANNA)) == 2


async def test_after_a_pause_one_overview(
    telegram: FakeTelegram, services: Services, delivery: Delivery, clock: HandClock
) -> None:
    until = NOON + dt.timedelta(days=14)
    await notify(services, *await store_resolutions(services, 2), paused_until=until)
    await deliver_all(delivery.one_pass)
    await clock.sleep(14 * 86400 - 1)
    await deliver_all(delivery.one_pass)
    assert telegram.texts(ANNA) == []
    await clock.sleep(1)
    await deliver_all(delivery.one_pass)
    (text,) = telegram.texts(ANNA)
    assert text.startswith("Neues zu Ihren Abos im Überblick: 2 Beschlüsse")
    assert "Sprachkurse, Teil 1" in text
    assert "Sprachkurse, Teil 2" in text


@pytest.mark.parametrize(("count", "messages"), [(3, 3), (4, 1), (40, 1)])
async def test_a_burst_is_one_overview(
    telegram: FakeTelegram, services: Services, delivery: Delivery, count: int, messages: int
) -> None:
    await notify(services, *await store_resolutions(services, count))
    await deliver_all(delivery.one_pass)
    whole = [text for text in telegram.texts(ANNA) if "(1/" in text or "/" not in text.rsplit("(", 1)[-1]]
    assert len(whole) == messages
    for number in range(1, count + 1):
        assert f"Sprachkurse, Teil {number}" in " ".join(telegram.texts(ANNA))


async def test_a_correction_says_what_it_is(
    telegram: FakeTelegram, services: Services, delivery: Delivery, clock: HandClock
) -> None:
    (known,) = await store_resolutions(services, 1)
    await notify(services, known)
    await delivery.one_pass()
    async with services.database.begin() as conn:
        assert await holds.correct(conn, known, 1, "Die Zahl war falsch.", clock.now()) == 1
    await delivery.one_pass()
    text = telegram.texts(ANNA)[1]
    assert text.startswith("Berichtigung")
    assert "Die Zahl war falsch." in text
    assert "Sprachkurse, Teil 1" in text


def test_a_round_under_way_is_waited_for_but_not_for_ever() -> None:
    clock = HandClock()
    rounds = Rounds(clock)
    assert rounds.gathering() is None
    with rounds.at(NOON):
        assert rounds.gathering() == NOON
        clock._now += LONGEST_WAIT
        assert rounds.gathering() is None
    assert rounds.gathering() is None


def chat(zone: str = "Europe/Berlin", **wishes: Any) -> Chat:
    return chat_wishing(zone, CREATED, KEY, **wishes)


@pytest.mark.parametrize(
    ("quiet", "now", "end", "why"),
    [
        ((1320, 360), "2026-07-01T20:30", "2026-07-02T04:00", "22:30, over midnight"),
        ((1320, 360), "2026-07-01T03:59", "2026-07-01T04:00", "the night before"),
        ((1320, 360), "2026-07-01T04:00", None, "the end is outside"),
        ((720, 810), "2026-07-01T10:15", "2026-07-01T11:30", "at noon"),
        ((720, 810), "2026-07-01T09:59", None, "before"),
        ((120, 180), "2026-10-25T00:30", "2026-10-25T02:00", "02:30, the first of two"),
        ((120, 180), "2026-10-25T01:30", "2026-10-25T02:00", "02:30, the second of two"),
        ((120, 180), "2027-03-28T01:00", None, "an hour that is left out"),
    ],
)
def test_quiet_hours(quiet: tuple[int, int], now: str, end: str | None, why: str) -> None:
    found = quiet_until(chat(quiet_from=quiet[0], quiet_until=quiet[1]), dt.datetime.fromisoformat(f"{now}+00:00"))
    assert found == (dt.datetime.fromisoformat(f"{end}+00:00") if end else None), why


@pytest.mark.parametrize(
    ("days", "now", "moment", "why"),
    [
        (0b1111111, "2026-11-06T06:30", "2026-11-07T06:30", "on the minute: the next day"),
        (0b0011111, "2026-11-06T12:00", "2026-11-09T06:30", "Friday: Monday is the next weekday"),
        (0b0000001, "2026-11-02T06:29", "2026-11-02T06:30", "a Monday, just before"),
        (0b0000001, "2026-11-02T06:30", "2026-11-09T06:30", "weekly"),
        (0b1000000, "2026-10-24T12:00", "2026-10-25T06:30", "the Sunday of the change"),
    ],
)
def test_the_next_moment(days: int, now: str, moment: str, why: str) -> None:
    found = next_moment(chat(digest_minute=450, digest_days=days), dt.datetime.fromisoformat(f"{now}+00:00"))
    assert found == dt.datetime.fromisoformat(f"{moment}+00:00"), why
