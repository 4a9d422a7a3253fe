"""Clocks that jump forward and back, and the two nights on which they are changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.deliver import LEASE
from bot.digest import enqueue_digests
from storage import chats, digests, outbox, recovery
from storage.outbox import OutboxMessage
from tests.bot.conftest import store_resolutions
from tests.faults.conftest import FIRST, Scene

BERLIN = ZoneInfo("Europe/Berlin")
KEY = f"telegram:{FIRST}"


@pytest.mark.parametrize("hours", [-30, -1, 1, 30], ids=lambda hours: f"{hours:+} h")
async def test_the_clock_jumps_between_messages(scene: Scene, hours: int) -> None:
    await scene.put(chats_=2, each=2)
    await scene.delivery.one_pass()
    await scene.clock.sleep(hours * 3600)
    await scene.put(chats_=2, each=1)
    await scene.deliver()
    await scene.later(hours=31)
    await scene.check()


@pytest.mark.parametrize("hours", [-1, 1], ids=lambda hours: f"{hours:+} h")
async def test_the_clock_jumps_while_a_message_is_under_way(scene: Scene, hours: int) -> None:
    """Its lease seems over, so another pass takes it for interrupted; the answer that comes settles it after all."""
    await scene.put(chats_=1, each=2)
    sending = asyncio.create_task(scene.delivery.one_pass())
    await scene.telegram.until(lambda: scene.telegram.called("sendMessage"))
    await scene.clock.sleep(hours * 3600)
    async with scene.services.database.begin() as conn:
        await recovery.recover(conn, scene.clock.now())
    await sending
    await scene.later(hours=2)
    await scene.check()


@pytest.mark.parametrize("hours", [1, 4])
async def test_the_clock_jumps_in_the_middle_of_a_broadcast(scene: Scene, hours: int) -> None:
    """All leases seem over, and after four hours what waits is old enough for an overview. What had been claimed before
    goes out in the name of the later claim alone, so each resolution is told once, on its own or in the overview."""
    await scene.notify(await store_resolutions(scene.services, 4), chats_=20)
    await scene.delivery.step(0)
    await scene.clock.sleep(hours * 3600)
    await scene.deliver()
    assert [scene.told(chat) for chat in range(FIRST, FIRST + 20)] == [[1, 2, 3, 4]] * 20
    assert set(await scene.counts()) <= {"sent", "expired"}


async def test_a_claimed_message_is_not_sent_by_two_after_a_jump(scene: Scene) -> None:
    await scene.put(chats_=1, each=1)
    async with scene.services.database.begin() as conn:
        (claimed,) = await outbox.claim(conn, scene.clock.now(), LEASE, 1)
    await scene.later(hours=1)
    async with scene.services.database.begin() as conn:
        assert not await outbox.begin_sending(conn, claimed, scene.clock.now())
    await scene.check()


@pytest.mark.parametrize(
    ("zone", "night", "minute", "why"),
    [
        ("Europe/Berlin", "2026-10-25", 150, "02:30 comes twice"),
        ("Europe/Berlin", "2026-03-29", 150, "02:30 does not come"),
        ("Europe/Berlin", "2026-10-25", 450, "07:30, an hour later than the day before"),
        ("Europe/Berlin", "2026-03-29", 450, "07:30, an hour earlier"),
        ("Atlantic/Azores", "2026-03-29", 0, "midnight does not come"),
        ("Atlantic/Azores", "2026-10-25", 30, "00:30 comes twice"),
        ("Australia/Lord_Howe", "2026-10-04", 135, "half an hour is left out"),
        ("Australia/Lord_Howe", "2026-04-05", 105, "half an hour comes twice"),
        ("America/St_Johns", "2026-11-01", 90, "half past one comes twice, at half hours from UTC"),
        ("Asia/Kathmandu", "2026-10-25", 450, "three quarters from UTC, and no change at all"),
        ("Pacific/Chatham", "2026-09-27", 165, "02:45 does not come, at three quarters beyond the date line"),
        ("Pacific/Kiritimati", "2026-10-25", 1410, "fourteen hours ahead, late in the evening"),
        ("Pacific/Pago_Pago", "2026-10-25", 0, "eleven hours behind, at the first"),
        ("Africa/Cairo", "2026-04-24", 0, "midnight does not come"),
        ("Africa/Cairo", "2026-10-29", 1410, "23:30 comes twice"),
    ],
)
async def test_the_clocks_are_changed(scene: Scene, zone: str, night: str, minute: int, why: str) -> None:
    """A tick every half hour over four days, with something new every hour: a digest a day, each entry in one."""
    place = ZoneInfo(zone)
    first = dt.date.fromisoformat(night) - dt.timedelta(days=1)
    now = dt.datetime.combine(first, dt.time(), place).astimezone(dt.UTC)
    end = dt.datetime.combine(first + dt.timedelta(days=4), dt.time(), place).astimezone(dt.UTC)
    known = await store_resolutions(scene.services, 90)
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, KEY, zone, now)
        await chats.set_digest(conn, KEY, minute)
    put = []
    while now < end:
        if now.minute < 30 and known:
            put.append(known.pop(0))
            async with scene.services.database.begin() as conn:
                await digests.put(conn, KEY, put[-1], 1, "new", ["Sprachkurse"], now)
        await enqueue_digests(scene.services, now)
        now += dt.timedelta(minutes=30)
    await enqueue_digests(scene.services, end + dt.timedelta(days=2))
    rows = await _pending(scene)
    told = [entry["resolution"] for row in rows for entry in row.payload["entries"]]
    for day, row in enumerate(rows[:4]):
        date = first + dt.timedelta(days=day)
        assert row.event == f"digest:{date}", why
        assert row.due_at.astimezone(place).date() == date, why
    assert len(rows) >= 4, "one a day"
    assert told == put, "each in one digest, in order"


@pytest.mark.parametrize("hours", [-2, 2, 50], ids=lambda hours: f"{hours:+} h")
async def test_a_digest_after_a_jump(scene: Scene, hours: int) -> None:
    morning = dt.datetime(2026, 11, 3, 7, 30, tzinfo=BERLIN).astimezone(dt.UTC)
    (known,) = await store_resolutions(scene.services, 1)
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, KEY, "Europe/Berlin", morning - dt.timedelta(days=1))
        await chats.set_digest(conn, KEY, 450)
        await digests.put(conn, KEY, known, 1, "new", ["Sprachkurse"], morning - dt.timedelta(days=1))
    for moment in (morning, morning + dt.timedelta(hours=hours), morning + dt.timedelta(minutes=1), morning):
        await enqueue_digests(scene.services, moment)
    assert [len(row.payload["entries"]) for row in await _pending(scene)] == [1]


async def _pending(scene: Scene) -> tuple[OutboxMessage, ...]:
    async with scene.services.database.read() as conn:
        return await outbox.in_state(conn, "pending", 1000)
