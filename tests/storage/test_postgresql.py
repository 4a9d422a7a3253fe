"""What a PostgreSQL server alone can do to us, and what it is told."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
import sqlalchemy as sa

from storage import chats
from storage.database import Connection, Database, DatabaseError
from storage.tables import words
from tests.postgres import PASSWORD, Server
from tests.storage.samples import NOW


@pytest.fixture
def name(postgresql_url: str) -> str:
    """The database of the test, by its name."""
    return postgresql_url.partition("@/")[2].partition("?")[0]


async def problem_of(url: str) -> str:
    database = Database.open(url)
    try:
        with pytest.raises(DatabaseError) as problem:
            async with database.read():
                pass
    finally:
        await database.dispose()
    return str(problem.value)


async def test_a_wrong_password_is_named_and_not_shown(postgres: Server, name: str) -> None:
    said = await problem_of(postgres.over_tcp(name, "falsch-und-geheim"))
    assert "does not accept this user's password" in said
    assert f"postgresql://tester:***@127.0.0.1:{postgres.port}/{name}" in said
    assert "falsch" not in said


async def test_a_database_that_is_missing_is_named(postgres: Server) -> None:
    said = await problem_of(postgres.over_tcp("nirgends"))
    assert "no database of this name" in said
    assert "nirgends" in said
    assert PASSWORD not in said


async def test_a_server_that_is_not_there(postgres: Server) -> None:
    said = await problem_of(postgres.over_tcp("x", port=1))
    assert "cannot be reached" in said
    assert PASSWORD not in said


async def test_a_host_that_does_not_exist() -> None:
    assert "cannot be reached" in await problem_of("postgresql://me:geheim@no-such-host.invalid/x")


async def test_a_user_without_rights(postgres: Server, name: str) -> None:
    database = Database.open(postgres.url(name))
    async with database.begin() as conn:
        await conn.execute(sa.text("CREATE ROLE guest LOGIN"))
    guest = Database.open(postgres.url(name).replace("tester@", "guest@"))
    try:
        with pytest.raises(DatabaseError, match="no right to do that"):
            async with guest.read() as conn:
                await chats.count(conn)
    finally:
        await guest.dispose()
        async with database.begin() as conn:
            await conn.execute(sa.text("DROP ROLE guest"))
        await database.dispose()


async def test_by_password_over_tcp_as_other_programs_write_it(postgres: Server, name: str) -> None:
    database = Database.open(postgres.over_tcp(name) + "?sslmode=prefer")
    async with database.read() as conn:
        assert await chats.count(conn) == 0
    await database.dispose()


async def hang_up_on_all_but(conn: Connection) -> None:
    own = sa.text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid != pg_backend_pid()"
    )
    await conn.execute(own)


async def test_after_the_server_has_hung_up_the_next_transaction_connects_anew(postgresql_url: str) -> None:
    database, other = Database.open(postgresql_url), Database.open(postgresql_url)
    async with database.begin() as conn:
        await chats.ensure(conn, "telegram:1", "Europe/Berlin", NOW)
    async with other.begin() as conn:
        await hang_up_on_all_but(conn)
    await asyncio.sleep(0.1)
    async with database.begin() as conn:
        assert await chats.count(conn) == 1
    await database.dispose()
    await other.dispose()


async def test_hung_up_in_the_middle_is_a_clear_error_and_nothing_is_kept(postgresql_url: str) -> None:
    database, other = Database.open(postgresql_url), Database.open(postgresql_url)

    async def cut_off() -> None:
        async with database.begin() as conn:
            await chats.ensure(conn, "telegram:1", "Europe/Berlin", NOW)
            async with other.begin() as second:
                await hang_up_on_all_but(second)
            await chats.ensure(conn, "telegram:2", "Europe/Berlin", NOW)

    with pytest.raises(DatabaseError, match="was lost"):
        await cut_off()
    async with database.read() as conn:
        assert await chats.count(conn) == 0
    await database.dispose()
    await other.dispose()


async def test_text_sorts_by_code_points_and_loses_its_nul(conn: Connection) -> None:
    typed = ["z", "Z", "ä", "a", "-", "a b", "a\x00b", "Äh"]
    await conn.execute(sa.insert(words), [{"word": word, "resolutions": 1} for word in typed])
    kept = (await conn.execute(sa.select(words.c.word).order_by(words.c.word))).scalars().all()
    assert kept == sorted(word.replace("\x00", "") for word in typed)


async def test_moments_are_the_same_whatever_zone_the_server_lives_in(conn: Connection) -> None:
    there = dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    made = await chats.ensure(conn, "telegram:1", "Europe/Berlin", there)
    assert made.created_at == there
    assert made.created_at.tzinfo is dt.UTC


async def test_numbers_may_be_larger_than_32_bits(conn: Connection) -> None:
    await conn.execute(sa.insert(words).values(word="viel", resolutions=2**40))
    assert (await conn.execute(sa.select(words.c.resolutions))).scalar_one() == 2**40
