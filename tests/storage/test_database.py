"""Transactions: writers lose nothing, readers see a still picture and cannot write, addresses are checked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import changes
from storage.database import Connection, Database, DatabaseError
from storage.tables import subscriptions, words
from tests.storage.samples import NOW


async def add_word(conn: Connection, word: str, resolutions: int = 0) -> None:
    await conn.execute(sa.insert(words).values(word=word, resolutions=resolutions))


async def all_words(database: Database) -> dict[str, int]:
    async with database.read() as conn:
        return {row.word: row.resolutions for row in await conn.execute(sa.select(words))}


async def increment(database: Database) -> None:
    """By the rule: who looks first and writes then locks what he looks at."""
    async with database.begin() as conn:
        value = (await conn.execute(sa.select(words.c.resolutions).with_for_update())).scalar_one()
        await asyncio.sleep(0)
        await conn.execute(sa.update(words).values(resolutions=value + 1))


async def test_concurrent_writers_of_two_processes_lose_no_update(database: Database, url: str) -> None:
    other = Database.open(url)
    async with database.begin() as conn:
        await add_word(conn, "Zähler")
    await asyncio.gather(*(increment(database if number % 2 else other) for number in range(200)))
    await other.dispose()
    assert await all_words(database) == {"Zähler": 200}


async def test_an_error_rolls_everything_back(database: Database) -> None:
    async def stumble() -> None:
        async with database.begin() as conn:
            await add_word(conn, "verloren")
            raise RuntimeError("mitten drin")

    with pytest.raises(RuntimeError, match="mitten drin"):
        await stumble()
    assert await all_words(database) == {}


async def test_a_reader_is_not_held_up_and_sees_only_what_is_committed(database: Database) -> None:
    async with database.begin() as conn:
        await add_word(conn, "Sprachkurs")
        assert await all_words(database) == {}
    assert await all_words(database) == {"Sprachkurs": 0}


async def test_a_reader_keeps_its_picture_while_others_write(database: Database) -> None:
    async with database.read() as view:
        assert (await view.execute(sa.select(sa.func.count()).select_from(words))).scalar_one() == 0
        async with database.begin() as conn:
            await add_word(conn, "später")
        assert (await view.execute(sa.select(sa.func.count()).select_from(words))).scalar_one() == 0


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseError), match=r"readonly|cannot be written"):
        async with database.read() as conn:
            await add_word(conn, "verboten")


async def test_foreign_keys_hold(conn: Connection) -> None:
    orphan = {"chat": "telegram:1", "kind": "topic", "query": "a", "query_key": "a", "label": "a"}
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        await conn.execute(sa.insert(subscriptions).values(orphan | {"rhythm": "digest", "created_at": NOW}))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("nonsense", "no database address|address is none", id="no address at all"),
        pytest.param("mysql://host/name", "SQLite file .* or a PostgreSQL server", id="another kind of store"),
        pytest.param("postgresql://host", "needs a name", id="a server without a database"),
        pytest.param("sqlite+aiosqlite://", "needs a file", id="no file"),
        pytest.param("sqlite+aiosqlite:///:memory:", "needs a file", id="memory is not shared between connections"),
    ],
)
def test_a_bad_address_says_what_is_right(url: str, reason: str) -> None:
    with pytest.raises(DatabaseError, match=reason):
        Database.open(url)


def test_a_bad_address_is_not_repeated_for_it_may_hold_a_password() -> None:
    with pytest.raises(DatabaseError) as problem:
        Database.open("geheim")
    assert "geheim" not in str(problem.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("no/such/store.sqlite", "folder does not exist", id="missing folder"),
        pytest.param("folder", "is a folder", id="a folder"),
        pytest.param("letter.txt", "file is not a database", id="another kind of file"),
    ],
)
async def test_a_file_that_cannot_be_used_is_a_clear_error(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren, " * 100, encoding="utf-8")
    database = Database.open(f"sqlite+aiosqlite:///{tmp_path}/{name}")
    with pytest.raises(DatabaseError, match=reason):
        async with database.begin():
            pass
    await database.dispose()


async def test_a_lock_that_is_not_given_up_is_a_clear_error(database: Database, url: str) -> None:
    other = Database.open(url, patience=0.01)
    async with database.begin() as conn:
        await changes.lock_news(conn)
        with pytest.raises(DatabaseError, match="stayed locked"):
            async with other.begin() as second:
                await changes.lock_news(second)
    async with other.begin() as conn:
        await add_word(conn, "danach")
    await other.dispose()
    assert await all_words(database) == {"danach": 0}


async def test_a_transaction_inside_another_is_a_clear_error(sqlite_url: str) -> None:
    database = Database.open(sqlite_url, patience=0.01)
    async with database.begin():
        with pytest.raises(DatabaseError, match="no connection became free"):
            async with database.begin():
                pass
    await database.dispose()


async def test_a_plain_address_gets_the_async_driver(url: str) -> None:
    database = Database.open(url.replace("+aiosqlite", "").replace("+asyncpg", ""))
    assert await all_words(database) == {}
    await database.dispose()
