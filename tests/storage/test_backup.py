"""A backup is the store at one moment; a restore is that store again, or nothing has changed."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.backup import BackupError, back_up, restore
from storage.database import Database
from storage.migrate import current, upgrade
from storage.tables import shortcuts
from tests.postgres import Server
from tests.storage.conftest import address


@pytest.fixture
def store(template: Path, tmp_path: Path) -> str:
    """A store of its own, on SQLite: PostgreSQL's tools are tried at the end."""
    shutil.copy(template, tmp_path / "store.sqlite")
    return address(tmp_path / "store.sqlite")


async def write(url: str, *tokens: str) -> None:
    database = Database.open(url)
    async with database.begin() as conn:
        await conn.execute(sa.insert(shortcuts), [{"token": token, "command": "/hilfe"} for token in tokens])
    await database.dispose()


async def written(url: str) -> set[str]:
    database = Database.open(url)
    async with database.read() as conn:
        found = set((await conn.execute(sa.select(shortcuts.c.token))).scalars())
    await database.dispose()
    return found


async def test_it_is_the_store_at_that_moment(store: str, tmp_path: Path) -> None:
    await write(store, "~a")
    back_up(store, tmp_path / "copy")
    await write(store, "~b")
    kept = restore(store, tmp_path / "copy")
    assert await written(store) == {"~a"}
    assert kept is not None
    assert await written(address(Path(kept))) == {"~a", "~b"}, "what was there is still to be had"


async def test_it_is_taken_while_others_write(store: str, tmp_path: Path) -> None:
    """Each transaction is in the copy as a whole or not at all."""

    async def writing() -> None:
        for number in range(60):
            await write(store, f"~{number}x", f"~{number}y")

    task = asyncio.create_task(writing())
    copies: list[Path] = []
    while not task.done():
        copies.append(tmp_path / f"copy-{len(copies)}")
        await asyncio.to_thread(back_up, store, copies[-1])
    await task
    assert copies
    for copy in copies:
        found = await written(address(copy))
        assert {token[:-1] for token in found if token.endswith("x")} == {
            token[:-1] for token in found if token.endswith("y")
        }


def test_only_its_owner_can_read_it(store: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copy")
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


async def test_it_can_be_put_where_nothing_is(store: str, tmp_path: Path) -> None:
    await write(store, "~a")
    back_up(store, tmp_path / "copy")
    assert restore(address(tmp_path / "new.sqlite"), tmp_path / "copy") is None
    assert await written(address(tmp_path / "new.sqlite")) == {"~a"}


def test_nothing_is_overwritten(store: str, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("lieber Rat", encoding="utf-8")
    with pytest.raises(BackupError, match="there already"):
        back_up(store, tmp_path / "letter")
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "lieber Rat"
    for _ in range(2):
        restore(store, _copied(store, tmp_path / "copy"))
    assert len(list(tmp_path.glob("store.sqlite.before-restore-?"))) == 2


def _copied(store: str, target: Path) -> Path:
    target.unlink(missing_ok=True)
    back_up(store, target)
    return target


async def test_what_is_no_backup_changes_nothing(store: str, tmp_path: Path) -> None:
    await write(store, "~a")
    back_up(store, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "text").write_text("kein Backup", encoding="utf-8")
    (tmp_path / "empty").touch()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with closing(sqlite3.connect(tmp_path / "other")) as conn:
        conn.execute("CREATE TABLE letters (text)")
    shutil.copy(tmp_path / "copy", tmp_path / "newer")
    with closing(sqlite3.connect(tmp_path / "newer")) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        conn.commit()
    for name, says in (
        ("text", "no database"),
        ("empty", "no database"),
        ("cut", "damaged|no database"),
        ("other", "no database"),
        ("newer", "another version"),
        ("missing", "no file"),
    ):
        with pytest.raises(BackupError, match=says):
            restore(store, tmp_path / name)
    assert await written(store) == {"~a"}


def test_a_store_that_is_not_there_or_no_place_for_the_copy(store: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is not there"):
        back_up(address(tmp_path / "none.sqlite"), tmp_path / "copy")
    with pytest.raises(BackupError, match="make it first"):
        back_up(store, tmp_path / "no" / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.fixture
def server_store(postgres: Server) -> Iterator[str]:
    """The address of an empty database of its own on a server."""
    with postgres.fresh() as name:
        yield postgres.url(name)


async def tokens_in(url: str, schema: str) -> set[str]:
    database = Database.open(url)
    async with database.read() as conn:
        found = set((await conn.execute(sa.text(f"SELECT token FROM {schema}.shortcuts"))).scalars())
    await database.dispose()
    return found


async def test_on_a_server_the_way_back_after_an_upgrade(server_store: str, tmp_path: Path) -> None:
    """The copy of an older version knows nothing of what a newer one has added."""
    await upgrade(server_store, "0001")
    await write(server_store, "~a")
    back_up(server_store, tmp_path / "old")
    await upgrade(server_store)
    await write(server_store, "~b")
    kept = restore(server_store, tmp_path / "old")
    assert (await current(server_store), await written(server_store)) == ("0001", {"~a"})
    assert kept == "before_restore_1"
    assert await tokens_in(server_store, kept) == {"~a", "~b"}, "what was there is still to be had"
    await upgrade(server_store)
    await write(server_store, "~c")
    back_up(server_store, tmp_path / "new")
    assert restore(server_store, tmp_path / "new") == "before_restore_2"
    assert await written(server_store) == {"~a", "~c"}


async def test_on_a_server_it_can_be_put_where_nothing_is(
    server_store: str, postgresql_url: str, tmp_path: Path
) -> None:
    await write(postgresql_url, "~a")
    back_up(postgresql_url, tmp_path / "copy")
    assert restore(server_store, tmp_path / "copy") is None
    assert await written(server_store) == {"~a"}


async def test_on_a_server_what_is_no_backup_changes_nothing(
    postgres: Server, server_store: str, postgresql_url: str, tmp_path: Path
) -> None:
    await write(postgresql_url, *(f"~{number}" for number in range(5000)))
    back_up(server_store, tmp_path / "empty")
    back_up(postgresql_url, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) - 2000])
    (tmp_path / "text").write_text("kein Backup", encoding="utf-8")
    await upgrade(server_store)
    database = Database.open(server_store)
    async with database.begin() as conn:
        await conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await database.dispose()
    back_up(server_store, tmp_path / "newer")
    for name, says in (
        ("empty", "no backup of Beschlussbote"),
        ("text", "no backup of a PostgreSQL store"),
        ("cut", "pg_restore failed"),
        ("newer", "another version"),
    ):
        with pytest.raises(BackupError, match=says):
            restore(postgresql_url, tmp_path / name)
    assert len(await written(postgresql_url)) == 5000
    assert not await schemas_kept(postgresql_url)


async def schemas_kept(url: str) -> set[str]:
    database = Database.open(url)
    async with database.read() as conn:
        found = await conn.execute(sa.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before%'"))
        names = set(found.scalars())
    await database.dispose()
    return names
