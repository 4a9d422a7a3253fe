"""Clocks that jump forward and back, and the two nights on which they are changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.deliver import LEASE
from bot.digest import enqueue_digests
from storage import chats, digests, outbox
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
        await outbox.recover(conn, scene.clock.now())
    await sending
    await scene.later(hours=2)
    await scene.check()


async def test_a_claimed_message_is_not_sent_by_two_after_a_jump(scene: Scene) -> None:
    await scene.put(chats_=1, each=1)
    async with scene.services.database.begin() as conn:
        (claimed,) = await outbox.claim(conn, scene.clock.now(), LEASE, 1)
    await scene.later(hours=1)
    async with scene.services.database.begin() as conn:
        assert not await outbox.begin_sending(conn, claimed.id, scene.clock.now())
    await scene.check()


@pytest.mark.parametrize(
    ("night", "minute", "why"),
    [
        ("2026-10-25", 150, "02:30 comes twice"),
        ("2027-03-28", 150, "02:30 does not come"),
        ("2026-10-25", 450, "07:30, an hour later than the day before"),
        ("2027-03-28", 450, "07:30, an hour earlier"),
    ],
)
async def test_the_clocks_are_changed(scene: Scene, night: str, minute: int, why: str) -> None:
    """A tick every ten minutes over three days, with something new each hour: a digest a day, each entry in one."""
    first = dt.date.fromisoformat(night) - dt.timedelta(days=1)
    now = dt.datetime.combine(first, dt.time(), BERLIN).astimezone(dt.UTC)
    known = await store_resolutions(scene.services, 75)
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, KEY, "Europe/Berlin", now)
        await chats.set_digest(conn, KEY, minute)
    put = []
    for tick in range(72 * 6):
        if tick % 6 == 0:
            put.append(known[tick // 6])
            async with scene.services.database.begin() as conn:
                await digests.put(conn, KEY, put[-1], 1, "new", ["Sprachkurse"], now)
        await enqueue_digests(scene.services, now)
        now += dt.timedelta(minutes=10)
    await enqueue_digests(scene.services, now + dt.timedelta(days=1))
    rows = await _pending(scene)
    told = [entry["resolution"] for row in rows for entry in row.payload["entries"]]
    assert [row.event for row in rows] == [f"digest:{first + dt.timedelta(days=day)}" for day in range(4)], why
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
