"""The whole store to another kind of store and back: every row, every number that goes on, and no half copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage import changes, chats, digests, outbox, sources, subscriptions, updates
from storage.copying import CopyError, copy_store
from storage.database import Database
from storage.instance import Shared
from storage.migrate import upgrade
from storage.subscriptions import Subscription
from storage.tables import metadata
from tests.postgres import Server
from tests.storage.conftest import address
from tests.storage.samples import NOW, note, reading, resolution
from tests.storage.taking import take

ANNA = "telegram:1"


def quiet(table: str, rows: int) -> None:
    """Tells nobody."""


@pytest.fixture
def empty_server(postgres: Server) -> Iterator[str]:
    with postgres.fresh() as name:
        yield postgres.url(name)


@pytest.fixture
async def filled(sqlite_url: str) -> str:
    """A file with something of everything, also what a document had of NUL and of other alphabets."""
    database = Database.open(sqlite_url)
    async with database.begin() as conn:
        await chats.ensure(conn, ANNA, "Europe/Berlin", NOW + dt.timedelta(microseconds=123456))
        await subscriptions.add(conn, ANNA, "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)
        gone, _ = await subscriptions.add(conn, ANNA, "topic", "Weg", "Weg", "digest", NOW)
        await take(conn, reading(resolution("1", "Erste – „Straße“ 中文 \x00"), resolution("2", "Zweite")))
        told = resolution("1", "Erste, geändert", protocol_notes=(note("Bayern"),))
        await take(conn, reading(told, resolution("2", "Zweite")))
        await digests.put(conn, ANNA, 1, 1, "new", ["x"], NOW)
        await sources.sync(conn, ["bspmk"])
        await updates.begin(conn, "telegram", [2**40], "me", NOW)
        await conn.execute(sa.delete(metadata.tables["subscriptions"]).where(sa.column("id") == gone.id))
    await database.dispose()
    return sqlite_url


async def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    database = Database.open(url)
    async with database.read() as conn:
        found = {}
        for table in metadata.sorted_tables:
            rows = await conn.execute(sa.select(table).order_by(*table.primary_key.columns))
            found[table.name] = [dict(row) for row in rows.mappings()]
    await database.dispose()
    return found


async def subscribe(url: str) -> Subscription:
    database = Database.open(url)
    async with database.begin() as conn:
        added, _ = await subscriptions.add(conn, ANNA, "topic", "Neu", "Neu", "immediate", NOW)
    await database.dispose()
    return added


async def test_there_and_back_again_it_is_the_same(filled: str, empty_server: str, tmp_path: Path) -> None:
    back = address(tmp_path / "back.sqlite")
    copied = await copy_store(filled, empty_server, quiet)
    assert await copy_store(empty_server, back, quiet) == copied
    before = await everything(filled)
    assert await everything(empty_server) == before
    assert await everything(back) == before
    assert copied == sum(map(len, before.values()))
    assert len([name for name, rows in before.items() if rows]) > 12, "the sample is poor"


async def test_numbers_go_on_behind_those_that_were_ever_given(filled: str, empty_server: str, tmp_path: Path) -> None:
    back = address(tmp_path / "back.sqlite")
    await copy_store(filled, empty_server, quiet)
    await copy_store(empty_server, back, quiet)
    assert {(await subscribe(url)).id for url in (filled, empty_server, back)} == {3}


async def test_the_store_goes_on_working(filled: str, empty_server: str) -> None:
    await copy_store(filled, empty_server, quiet)
    database = Database.open(empty_server)
    async with database.begin() as conn:
        taken = await take(conn, reading(resolution("3", "Sprachkurse"), session=8), "https://bspmk.example/8.pdf")
        assert [one.id for one in taken.resolutions] == [3]
        assert taken.enqueued == 1
        assert (await changes.last(conn)).change == 4
        claimed = await outbox.claim(conn, NOW, dt.timedelta(minutes=5), 10)
    assert len(claimed) == 1, "the older one goes first"
    await database.dispose()


async def test_a_target_with_rows_is_left_alone(filled: str, postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    async with database.begin() as conn:
        await chats.ensure(conn, "telegram:9", "Europe/Berlin", NOW)
    await database.dispose()
    with pytest.raises(CopyError, match=r"not empty.*chats"):
        await copy_store(filled, postgresql_url, quiet)
    assert [row["key"] for row in (await everything(postgresql_url))["chats"]] == ["telegram:9"]


async def test_a_target_of_this_schema_without_rows_is_taken(filled: str, postgresql_url: str) -> None:
    await copy_store(filled, postgresql_url, quiet)
    assert await everything(postgresql_url) == await everything(filled)


async def test_a_source_of_another_version_is_refused(tmp_path: Path, empty_server: str) -> None:
    url = address(tmp_path / "old.sqlite")
    await upgrade(url)
    database = Database.open(url)
    async with database.begin() as conn:
        await conn.execute(sa.text("UPDATE alembic_version SET version_num = '0004'"))
    await database.dispose()
    with pytest.raises(CopyError, match="db upgrade"):
        await copy_store(url, empty_server, quiet)
    with pytest.raises(CopyError, match="empty"):
        await copy_store(address(tmp_path / "nothing.sqlite"), empty_server, quiet)


async def test_while_an_instance_serves_it_nothing_is_copied(postgresql_url: str, tmp_path: Path) -> None:
    one = Shared(postgresql_url, 7, "host:7", lambda what: None)
    one.candidate = True
    async with one.running():
        await one.changed()
        with pytest.raises(CopyError, match="serves the source"):
            await copy_store(postgresql_url, address(tmp_path / "copy.sqlite"), quiet)
