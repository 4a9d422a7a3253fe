"""Rows that a clock running ahead has written are due again once it is right; nothing else is touched."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from storage import chats, outbox, recovery, sources, tables
from storage.database import Database
from storage.wrong_clock import heal

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
DAYS = dt.timedelta(days=1)
HOURS = dt.timedelta(hours=1)
ANNA, BERT, CARLA = "telegram:1", "telegram:2", "telegram:3"


async def test_messages_written_in_the_future_go_out_now(database: Database) -> None:
    async with database.begin() as conn:
        await outbox.enqueue(conn, ANNA, "answer:1", "text", {"text": "eins"}, NOW + 3 * DAYS)
        await outbox.enqueue(conn, BERT, "resolution:1", "text", {"text": "zwei"}, NOW)
        (second,) = await outbox.claim(conn, NOW, HOURS / 60, 1)
        await outbox.postpone(conn, second, NOW + 3 * DAYS, "put off by a clock of three days ahead")
        await outbox.enqueue(conn, CARLA, "resolution:2", "text", {"text": "drei"}, NOW)
        (third,) = await outbox.claim(conn, NOW, HOURS / 60, 1)
        await outbox.postpone(conn, third, NOW + 12 * HOURS, "told to wait for twelve hours")
        assert await heal(conn, NOW) == 2
        claimed = await outbox.claim(conn, NOW, HOURS / 60, 10)
        assert {message.chat for message in claimed} == {ANNA, BERT}
        assert await heal(conn, NOW) == 0


async def test_a_lease_of_the_future_ends_now(database: Database) -> None:
    async with database.begin() as conn:
        await outbox.enqueue(conn, ANNA, "resolution:1", "text", {"text": "eins"}, NOW)
        (message,) = await outbox.claim(conn, NOW + 3 * DAYS, HOURS / 60, 1)
        assert await outbox.begin_sending(conn, message, NOW + 3 * DAYS)
        assert await recovery.recover(conn, NOW) == 0
        await heal(conn, NOW)
        assert await recovery.recover(conn, NOW) == 1


async def test_chats_are_looked_at_again(database: Database) -> None:
    wrong: dict[str, dict[str, object]] = {
        "telegram:4": {"look_at": NOW + 4 * DAYS, "last_digest_on": (NOW + 3 * DAYS).date()},
        "telegram:5": {"look_at": NOW + 10 * DAYS, "digest_days": 1},
        "telegram:6": {"look_at": NOW + 30 * HOURS},
    }
    right: dict[str, dict[str, object]] = {
        ANNA: {"look_at": NOW + 19 * HOURS, "last_digest_on": NOW.date()},
        BERT: {"look_at": NOW + 3 * DAYS, "digest_days": 31},
        CARLA: {"look_at": NOW + 100 * DAYS, "paused_until": NOW + 100 * DAYS},
    }
    async with database.begin() as conn:
        for key, values in {**wrong, **right}.items():
            await chats.ensure(conn, key, "Europe/Berlin", NOW - 30 * DAYS)
            await conn.execute(sa.update(tables.chats).where(tables.chats.c.key == key).values(**values))
        await chats.ensure(conn, "telegram:7", "Europe/Berlin", NOW + DAYS)
        await heal(conn, NOW)
        looks = {key: chat.look_at for key, chat in (await chats.of_keys(conn, [*wrong, *right, "telegram:7"])).items()}
    assert {key for key, moment in looks.items() if moment == NOW} == {*wrong, "telegram:7"}


async def test_sources_are_due_again(database: Database) -> None:
    async with database.begin() as conn:
        await sources.sync(conn, ["ahead", "right"])
        await sources.record_success(conn, "ahead", NOW + 3 * DAYS, NOW + 3 * DAYS + HOURS)
        await sources.record_success(conn, "right", NOW, NOW + HOURS)
        await heal(conn, NOW)
        due = {state.id: state.next_due for state in await sources.states(conn)}
    assert due == {"ahead": NOW, "right": NOW + HOURS}
