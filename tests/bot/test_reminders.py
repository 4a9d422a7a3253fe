"""Reminders: on the morning of their local date, once, whatever the clocks and the program do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders import BATCH, enqueue_reminders, tell_unclear
from handlers.moments import MORNING, morning_of
from handlers.notice import compose
from handlers.reminder_dates import first_reminder, next_reminder, ripe_day
from handlers.services import Services
from storage import chats, outbox, resolutions, subscriptions, watches
from storage.watches import Sentence
from tests.bot.conftest import NOON, store_resolutions

BERLIN = "Europe/Berlin"
DAY = dt.timedelta(days=1)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


async def watched(
    services: Services, day: str, due: str | None = None, chat: str = "telegram:1", zone: str = BERLIN, text: str = "A"
) -> int:
    await store_resolutions(services, 1)
    async with services.database.begin() as conn:
        known = (await resolutions.latest(conn, 1)).items[0].id
        await chats.ensure(conn, chat, zone, NOON)
        sentence = Sentence(text, 1, "Bund", dt.date.fromisoformat(due) if due else None)
        return (await watches.add(conn, chat, known, sentence, dt.date.fromisoformat(day), NOON))[0].id


async def events(services: Services) -> list[tuple[str, str]]:
    async with services.database.read() as conn:
        return [(row.chat, row.event) for row in await outbox.in_state(conn, "pending", 1000)]


@pytest.mark.parametrize(
    ("day", "moment", "why"),
    [
        ("2026-07-01", "2026-07-01T06:00", "summer time"),
        ("2026-12-01", "2026-12-01T07:00", "winter time"),
        ("2026-10-25", "2026-10-25T07:00", "the day the clocks go back"),
        ("2027-03-28", "2027-03-28T06:00", "the day the clocks go forward"),
    ],
)
async def test_on_the_morning_of_its_day(services: Services, day: str, moment: str, why: str) -> None:
    id = await watched(services, day)
    assert await enqueue_reminders(services, utc(moment) - dt.timedelta(seconds=1)) == 0, why
    assert await enqueue_reminders(services, utc(moment)) == 1, why
    assert await enqueue_reminders(services, utc(moment)) == 0, "once"
    assert await events(services) == [("telegram:1", f"reminder:{id}:{day}")]


@pytest.mark.parametrize("step", [dt.timedelta(minutes=1), dt.timedelta(minutes=47)])
@pytest.mark.parametrize("start", ["2026-10-24T12:00", "2027-03-27T12:00"])
async def test_ticks_over_a_change_of_clocks(services: Services, start: str, step: dt.timedelta) -> None:
    """The change lies in the night; the reminder comes with the first tick from eight o'clock on, and never again."""
    now = utc(start)
    day = (now + DAY).date()
    await watched(services, day.isoformat())
    fired = []
    while now < utc(start) + 2 * DAY:
        if await enqueue_reminders(services, now):
            fired.append(now)
        now += step
    morning = morning_of(day, ZoneInfo(BERLIN))
    assert [morning <= moment < morning + step for moment in fired] == [True]


async def test_after_a_standstill_it_is_made_up_for_once(services: Services) -> None:
    id = await watched(services, "2026-10-10", due="2026-10-24")
    assert await enqueue_reminders(services, utc("2026-11-15T03:00")) == 1
    for hours in range(0, 96, 7):
        assert await enqueue_reminders(services, utc("2026-11-15T03:00") + dt.timedelta(hours=hours)) == 0
    assert await events(services) == [("telegram:1", f"reminder:{id}:2026-10-10")]


async def test_before_the_deadline_and_on_its_day(services: Services) -> None:
    id = await watched(services, "2026-10-10", due="2026-10-24")
    assert await enqueue_reminders(services, utc("2026-10-10T09:00")) == 1
    assert await enqueue_reminders(services, utc("2026-10-23T09:00")) == 0
    assert await enqueue_reminders(services, utc("2026-10-24T09:00")) == 1
    assert await enqueue_reminders(services, utc("2027-10-24T09:00")) == 0
    assert [event for _, event in await events(services)] == [f"reminder:{id}:2026-10-10", f"reminder:{id}:2026-10-24"]


async def test_a_clock_that_jumps_back_reminds_nobody_again(services: Services) -> None:
    await watched(services, "2026-10-10")
    for now, count in (("2026-10-10T06:00", 1), ("2026-10-09T05:00", 0), ("2026-10-10T06:00", 0)):
        assert await enqueue_reminders(services, utc(now)) == count


async def test_each_chat_by_its_own_clock(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    await watched(services, "2026-10-10", chat="telegram:1", zone="Europe/Atlantis")
    await watched(services, "2026-10-10", chat="telegram:2", zone="Pacific/Kiritimati")
    await watched(services, "2026-10-10", chat="telegram:3", zone="Pacific/Honolulu")
    assert await enqueue_reminders(services, utc("2026-10-09T18:00")) == 1
    assert await enqueue_reminders(services, utc("2026-10-10T17:59")) == 0
    assert await enqueue_reminders(services, utc("2026-10-10T18:00")) == 1
    assert [chat for chat, _ in await events(services)] == ["telegram:2", "telegram:3"]
    assert "reminder.failed" in caplog.text, "a zone that does not exist does not stop the others"


async def test_a_chat_that_moves_to_another_zone_is_reminded_by_the_new_one(services: Services) -> None:
    await watched(services, "2026-10-10")
    async with services.database.begin() as conn:
        await chats.configure(conn, "telegram:1", timezone="America/New_York")
    assert await enqueue_reminders(services, utc("2026-10-10T11:59")) == 0
    assert await enqueue_reminders(services, utc("2026-10-10T12:00")) == 1


async def test_more_than_one_batch(services: Services) -> None:
    for number in range(BATCH // 100 + 1):
        for at in range(100):
            await watched(services, "2026-10-10", chat=f"telegram:{number}", text=str(at))
    assert await enqueue_reminders(services, utc("2026-10-10T06:00")) == BATCH + 100


async def composed(services: Services) -> str:
    async with services.database.begin() as conn:
        (row,) = await outbox.in_state(conn, "pending")
        return (await compose(conn, row, services)).text


async def test_what_the_reminder_says(services: Services) -> None:
    id = await watched(services, "2026-10-10", due="2026-10-24", text="Der Bund wird gebeten.")
    await enqueue_reminders(services, utc("2026-10-10T06:00"))
    text = await composed(services)
    assert text.startswith("Erinnerung an eine Forderung")
    assert "Der Bund wird gebeten." in text
    assert "An: Bund\nFällig: 24. Oktober 2026" in text
    async with services.database.begin() as conn:
        await watches.change(conn, "telegram:1", id, done_at=NOON)
    assert "hat sich erledigt" in await composed(services), "done while the message waited"
    async with services.database.begin() as conn:
        await watches.remove(conn, "telegram:1", id)
    assert "hat sich erledigt" in await composed(services)


async def test_a_subscription_that_means_nothing_any_more_is_told_once(services: Services) -> None:
    async with services.database.begin() as conn:
        await chats.ensure(conn, "telegram:1", BERLIN, NOON)
        for query, topic in (("sprachkurse", "sprachkurse"), ("asyl", "asyl"), ("Kita thema:asyl", None)):
            await subscriptions.add(conn, "telegram:1", "topic", query, query, "immediate", NOON, topic=topic)
    without = replace(services, topics=[one for one in services.topics if one.id != "sprachkurse"])
    assert await tell_unclear(services, NOON) == 0
    assert await tell_unclear(without, NOON) == 1
    assert await tell_unclear(without, NOON + DAY) == 0
    assert "Ihr Abo Thema „sprachkurse“ verstehe ich nicht mehr" in await composed(services)
    assert await tell_unclear(services, NOON + 2 * DAY) == 0, "the topic is back: nothing to tell"
    assert await tell_unclear(without, NOON + 3 * DAY) == 1, "and gone again"


@given(st.dates(dt.date(2000, 1, 2), dt.date(2036, 1, 1)), st.sampled_from(ZONES))
def test_a_morning_comes_with_its_local_date_and_mornings_come_in_order(day: dt.date, name: str) -> None:
    zone = ZoneInfo(name)
    moment = morning_of(day, zone)
    local = moment.astimezone(zone).replace(tzinfo=None)
    assert local >= dt.datetime.combine(day, MORNING)
    assert morning_of(day + DAY, zone) >= moment


@given(st.integers(0, 36 * 365 * 24 * 60), st.sampled_from(ZONES))
def test_exactly_the_days_are_ripe_whose_morning_has_come(minutes: int, name: str) -> None:
    now, zone = utc("2000-01-02") + dt.timedelta(minutes=minutes), ZoneInfo(name)
    day = ripe_day(now, zone)
    assert morning_of(day, zone) <= now
    assert morning_of(day + DAY, zone) > now or (day + DAY) > now.astimezone(zone).date()


@given(
    st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.integers(0, 999),
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)
def test_reminders_lie_between_today_and_the_deadline(due: dt.date | None, lead: int, today: dt.date) -> None:
    first = first_reminder(due, lead, today)
    assert (first is None) == (due is None or due <= today)
    if first is not None and due is not None:
        assert today < first <= due
        assert first == today + DAY or first == due - lead * DAY
        assert next_reminder(due, first) == (due if first < due else None)
