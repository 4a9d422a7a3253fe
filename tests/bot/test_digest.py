from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import MORNING, enqueue_digests
from bot.digest_calendar import due_date, moment_on
from handlers.services import Services
from storage import chats, digests, outbox
from storage.chats import Chat
from storage.wrong_clock import heal
from tests.bot.conftest import NOON, store_resolutions

BERLIN = ZoneInfo("Europe/Berlin")
HALF_PAST_TWO = 2 * 60 + 30
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def chat(
    minute: int | None, last: str | None = None, zone: str = "Europe/Berlin", created: dt.datetime = LONG_AGO
) -> Chat:
    return Chat("telegram:1", zone, minute, dt.date.fromisoformat(last) if last else None, "active", created)


@pytest.mark.parametrize(
    ("date", "minute", "zone", "moment", "why"),
    [
        ("2026-07-01", 450, "Europe/Berlin", "2026-07-01T05:30", "summer time"),
        ("2026-01-15", 450, "Europe/Berlin", "2026-01-15T06:30", "winter time"),
        ("2026-10-25", HALF_PAST_TWO, "Europe/Berlin", "2026-10-25T00:30", "comes twice: the first time"),
        ("2027-03-28", HALF_PAST_TWO, "Europe/Berlin", "2027-03-28T01:00", "does not come: 03:00, the next valid time"),
        ("2027-03-28", 119, "Europe/Berlin", "2027-03-28T00:59", "the minute before the gap"),
        ("2027-03-28", 180, "Europe/Berlin", "2027-03-28T01:00", "the minute behind the gap"),
        ("2026-10-25", 450, "Europe/Berlin", "2026-10-25T06:30", "after the change"),
        ("2026-07-01", 0, "Asia/Kathmandu", "2026-06-30T18:15", "a zone with quarter hours"),
        ("2011-12-30", 450, "Pacific/Apia", "2011-12-30T10:00", "a day that was left out: its successor's midnight"),
        ("2026-07-01", 1439, "UTC", "2026-07-01T23:59", "the last minute"),
    ],
)
def test_the_moment_of_a_local_time(date: str, minute: int, zone: str, moment: str, why: str) -> None:
    assert moment_on(dt.date.fromisoformat(date), minute, ZoneInfo(zone)) == utc(moment), why


@given(
    st.dates(dt.date(2000, 1, 2), dt.date(2036, 1, 1)),
    st.integers(0, 1439),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
)
def test_the_moment_is_never_before_its_wall_time_and_moves_on(date: dt.date, minute: int, name: str) -> None:
    zone = ZoneInfo(name)
    moment = moment_on(date, minute, zone)
    wall = dt.datetime.combine(date, dt.time(minute // 60, minute % 60))
    assert moment.astimezone(zone).replace(tzinfo=None) >= wall
    assert moment_on(date + dt.timedelta(days=1), minute, zone) >= moment


@pytest.mark.parametrize(
    ("one", "now", "due", "why"),
    [
        (chat(450), "2026-07-01T05:29:59", "2026-06-30", "before today's time, yesterday's was never sent"),
        (chat(450, "2026-06-30"), "2026-07-01T05:29:59", None, "a second too early"),
        (chat(450, "2026-06-30"), "2026-07-01T05:30", "2026-07-01", "on the minute"),
        (chat(450, "2026-07-01"), "2026-07-01T05:31", None, "sent already"),
        (chat(450, "2026-06-30"), "2026-07-01T21:59", "2026-07-01", "made up for in the evening"),
        (chat(450, "2026-06-20"), "2026-07-01T04:00", "2026-06-30", "many missed days are one digest"),
        (chat(1435, "2026-06-29"), "2026-06-30T22:30", "2026-06-30", "missed before midnight, made up after it"),
        (chat(450, None, created=utc("2026-07-01T10:00")), "2026-07-01T10:01", None, "its time was before the chat"),
        (chat(450, None, created=utc("2026-07-01T10:00")), "2026-07-02T05:30", "2026-07-02", "the first one"),
        (chat(None), "2026-07-01T12:00", None, "no digest wanted"),
        (chat(450, "2026-07-02"), "2026-07-01T12:00", "2026-07-01", "tomorrow was closed by a clock that ran ahead"),
        (chat(450, "2027-07-02"), "2026-07-01T05:00", "2026-06-30", "and one far ahead is no reason to wait either"),
        (chat(450, "2026-06-30", "Pacific/Auckland"), "2026-06-30T19:30", "2026-07-01", "the chat's date, not ours"),
    ],
)
def test_when_a_digest_is_due(one: Chat, now: str, due: str | None, why: str) -> None:
    assert due_date(one, utc(now)) == (dt.date.fromisoformat(due) if due else None), why


@pytest.mark.parametrize(("first", "days"), [("2026-10-23", 5), ("2027-03-26", 5)])
@pytest.mark.parametrize("minute", [HALF_PAST_TWO, 0, 120, 180, 450, 1439])
def test_a_tick_a_minute_over_the_change_of_clocks_fires_once_a_day(first: str, days: int, minute: int) -> None:
    """Driven as the scheduler drives it, through both changes: every local date exactly once, in order."""
    start = dt.date.fromisoformat(first)
    one, fired = chat(minute, (start - dt.timedelta(days=1)).isoformat()), []
    now = dt.datetime.combine(start, dt.time(), BERLIN).astimezone(dt.UTC)
    while now.astimezone(BERLIN).date() < start + dt.timedelta(days=days):
        if (date := due_date(one, now)) is not None:
            fired.append(date)
            one = chat(minute, date.isoformat())
        now += dt.timedelta(minutes=1)
    assert fired == [start + dt.timedelta(days=day) for day in range(days)]


async def subscriber(
    services: Services, key: str, minute: int | None, entries: int, zone: str = "Europe/Berlin"
) -> None:
    known = await store_resolutions(services, 3, session=int(key.split(":")[1]))
    async with services.database.begin() as conn:
        await chats.ensure(conn, key, zone, LONG_AGO)
        await chats.set_digest(conn, key, minute)
        for resolution_id in known[:entries]:
            await digests.put(conn, key, resolution_id, 1, "new", ["Sprachkurse"], NOON)


async def put_entry(services: Services, key: str, session: int = 99) -> None:
    (known,) = await store_resolutions(services, 1, session=session)
    async with services.database.begin() as conn:
        await digests.put(conn, key, known, 1, "new", ["Sprachkurse"], NOON)


async def events(services: Services) -> list[tuple[str, str, int]]:
    async with services.database.read() as conn:
        rows = await outbox.in_state(conn, "pending")
    return [(row.chat, row.event, len(row.payload["entries"])) for row in rows]


async def test_due_digests_are_enqueued_once(services: Services) -> None:
    await subscriber(services, "telegram:1", 450, 3)
    await subscriber(services, "telegram:2", 450, 0)
    await subscriber(services, "telegram:3", 1200, 2)
    now = utc("2026-10-01T05:30")
    assert await enqueue_digests(services, now) == 2, "the third one's of yesterday evening is made up for"
    assert await enqueue_digests(services, now) == 0
    assert await events(services) == [("telegram:1", "digest:2026-10-01", 3), ("telegram:3", "digest:2026-09-30", 2)]


async def test_a_clock_that_ran_ahead_silences_nobody(services: Services) -> None:
    """Its digest went out under a date that comes only now: both hold what was new, each entry once."""
    await subscriber(services, "telegram:1", 450, 1)
    await enqueue_digests(services, utc("2026-10-04T05:30"))
    for day in ("2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05"):
        async with services.database.begin() as conn:
            await heal(conn, utc(f"{day}T05:29"))
        assert await enqueue_digests(services, utc(f"{day}T05:29")) == 0, "nothing is doubled"
        await put_entry(services, "telegram:1", session=int(day[-2:]))
        assert await enqueue_digests(services, utc(f"{day}T05:30")) == 1
    names = [event for _, event, entries in await events(services) if entries == 1]
    assert [name[:17] for name in names] == [
        *("digest:2026-10-04", "digest:2026-10-02", "digest:2026-10-03", "digest:2026-10-04", "digest:2026-10-05")
    ]


async def test_a_zone_with_an_earlier_date_brings_no_second_digest(services: Services) -> None:
    await subscriber(services, "telegram:1", 450, 1, zone="Pacific/Auckland")
    assert await enqueue_digests(services, utc("2026-10-01T18:30")) == 1, "in Auckland it is the second already"
    await put_entry(services, "telegram:1")
    async with services.database.begin() as conn:
        await chats.set_zone(conn, "telegram:1", "Europe/Berlin", dt.date(2026, 10, 1))
    assert await enqueue_digests(services, utc("2026-10-01T18:31")) == 0
    assert await enqueue_digests(services, utc("2026-10-02T05:30")) == 1


async def test_a_day_without_news_is_closed_in_silence(services: Services) -> None:
    await subscriber(services, "telegram:1", 450, 0)
    assert await enqueue_digests(services, utc("2026-10-01T05:30")) == 0
    await put_entry(services, "telegram:1")
    assert await enqueue_digests(services, utc("2026-10-01T09:00")) == 0, "what came later waits for tomorrow"
    assert await enqueue_digests(services, utc("2026-10-02T05:30")) == 1


async def test_entries_of_a_chat_without_a_time_come_in_the_morning(services: Services) -> None:
    await subscriber(services, "telegram:1", None, 0)
    async with services.database.begin() as conn:
        await digests.close(conn, "telegram:1", dt.date(2026, 9, 30), NOON)
    await put_entry(services, "telegram:1")
    morning = moment_on(dt.date(2026, 10, 1), MORNING, BERLIN)
    assert await enqueue_digests(services, morning - dt.timedelta(seconds=1)) == 0
    assert await enqueue_digests(services, morning) == 1


async def test_a_chat_with_a_zone_that_does_not_exist_does_not_stop_the_others(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    await subscriber(services, "telegram:1", 450, 1, "Europe/Atlantis")
    await subscriber(services, "telegram:2", 450, 1)
    assert await enqueue_digests(services, utc("2026-10-01T05:30")) == 1
    assert "digest.failed" in caplog.text
