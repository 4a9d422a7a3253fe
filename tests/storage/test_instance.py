"""Instances on one PostgreSQL: one leads, another when it is gone, and a deposed one knows by asking."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
import sqlalchemy as sa

from storage.database import Connection, Database
from storage.instance import CHANNEL, Alone, Shared, living, sessions
from storage.outbox import enqueue
from tests.storage.samples import NOW, reading, resolution
from tests.storage.taking import take


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    opened = Database.open(postgresql_url)
    yield opened
    await opened.dispose()


def instance(url: str, number: int, told: Callable[[str], None] = lambda what: None) -> Shared:
    made = Shared(url, number, f"host:{number}", told)
    made.candidate = True
    return made


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        for pause in itertools.repeat(0.05):
            if await holds():
                return
            await asyncio.sleep(pause)


async def leader_among(*those: Shared) -> Shared:
    async def found() -> bool:
        return any(one.leads for one in those)

    await until(found)
    return next(one for one in those if one.leads)


async def end_session(conn: Connection, number: int) -> None:
    """As if its program had died."""
    asked = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")
    await conn.execute(asked, {"name": f"beschlussbote host:{number}"})


async def test_one_of_three_leads_and_when_it_ends_another_does(postgresql_url: str, database: Database) -> None:
    ones = [instance(postgresql_url, number) for number in (1, 2, 3)]
    async with AsyncExitStack() as first, AsyncExitStack() as others:
        await first.enter_async_context(ones[0].running())
        assert await leader_among(*ones) is ones[0]
        for one in ones[1:]:
            await others.enter_async_context(one.running())
        await until_living(database, {1, 2, 3})
        assert [one.leads for one in ones] == [True, False, False]
        async with database.read() as conn:
            assert await sessions(conn) == (("host:1", True), ("host:2", False), ("host:3", False))
        await first.aclose()
        assert (await leader_among(*ones[1:])) in ones[1:]
        await until_living(database, {2, 3})


async def until_living(database: Database, wanted: set[int]) -> None:
    async def found() -> bool:
        async with database.read() as conn:
            return await living(conn) == wanted

    await until(found)


async def test_only_the_leader_may(postgresql_url: str, database: Database) -> None:
    first, second = instance(postgresql_url, 1), instance(postgresql_url, 2)
    async with first.running():
        await leader_among(first)
        async with second.running():
            await until_living(database, {1, 2})
            async with database.begin() as conn:
                assert (await first.may(conn), await second.may(conn)) == (True, False)


async def test_one_whose_session_was_ended_may_not_although_it_does_not_know_yet(
    postgresql_url: str, database: Database
) -> None:
    one = instance(postgresql_url, 1)
    async with one.running():
        await leader_among(one)
        deposed = asyncio.create_task(one.changed())
        one.candidate = False
        async with database.begin() as conn:
            await end_session(conn, 1)
        await until_living(database, set())
        async with database.begin() as conn:
            assert not await one.may(conn)
        await deposed
        assert not one.leads
        one.candidate = True
        assert await leader_among(one) is one, "it connects anew by itself"


async def test_what_others_enqueue_and_store_is_heard(postgresql_url: str, database: Database) -> None:
    heard: list[str] = []
    one = instance(postgresql_url, 1, heard.append)
    async with one.running():
        await leader_among(one)
        async with database.begin() as conn:
            await enqueue(conn, "telegram:1", "x", "text", {}, NOW)
            await take(conn, reading(resolution()))

        async def both() -> bool:
            return set(heard) == {"outbox", "revisions"}

        await until(both)


async def test_who_is_no_candidate_is_not_elected(postgresql_url: str, database: Database) -> None:
    one = instance(postgresql_url, 1)
    one.candidate = False
    async with one.running():
        await until_living(database, {1})
        assert not one.leads
        one.candidate = True
        assert await leader_among(one) is one


async def test_a_server_that_is_not_there_only_means_that_nobody_leads() -> None:
    one = Shared("postgresql://me@127.0.0.1:1/x", 1, "host:1", lambda what: None)
    async with one.running():
        await asyncio.sleep(0.2)
        assert not one.leads


async def test_alone_it_always_leads(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    async with database.begin() as conn:
        assert await Alone().may(conn)
        assert await sessions(conn) == ()
    await database.dispose()


def test_the_channel_is_the_one_that_the_triggers_use(postgresql_url: str) -> None:
    async def source() -> str:
        database = Database.open(postgresql_url)
        async with database.read() as conn:
            asked = sa.text("SELECT prosrc FROM pg_proc WHERE proname = 'tell'")
            found: str = (await conn.execute(asked)).scalar_one()
        await database.dispose()
        return found

    assert f"'{CHANNEL}'" in asyncio.run(source())
