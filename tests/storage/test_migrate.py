"""The migrations build exactly the schema that the code works with."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from feeds.record import DateMention, Demand, Reference
from storage import chats, deadlines, outbox, references, resolutions, subscriptions
from storage.database import Database, DatabaseError
from storage.deadlines import Among
from storage.migrate import current, newest, upgrade
from storage.migrations.versions import (
    rev_0004_deadlines,
    rev_0006_subscriptions,
    rev_0007_priorities,
    rev_0014_citations,
    rev_0016_deadline_addressees,
)
from storage.subscriptions import Kind
from storage.tables import metadata
from tests.storage.conftest import address
from tests.storage.samples import NOW, reading, resolution
from tests.storage.taking import take


def differences(conn: sa.Connection) -> list[Any]:
    """Comments apart: they are for whoever reads the tables in our source."""
    found: list[Any] = compare_metadata(MigrationContext.configure(conn), metadata)
    flat = [one for group in found for one in (group if isinstance(group, list) else [group])]
    return [one for one in flat if one[0] != "modify_comment"]


INDEXES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename != 'alembic_version'",
}


def indexes(conn: sa.Connection) -> set[str]:
    return {" ".join(sql.split()) for (sql,) in conn.execute(sa.text(INDEXES[conn.dialect.name]))}


async def test_from_nothing_to_the_newest(empty_url: str) -> None:
    assert await current(empty_url) is None
    await upgrade(empty_url)
    assert await current(empty_url) == newest()


async def test_migrated_schema_is_the_metadata(database: Database) -> None:
    async with database.begin() as conn:
        assert await conn.run_sync(differences) == []


async def test_the_comparison_notices_a_difference(database: Database) -> None:
    async with database.begin() as conn:
        await conn.execute(sa.text("ALTER TABLE chats ADD COLUMN surplus TEXT"))
        assert await conn.run_sync(differences) != []


async def test_indexes_are_the_same_with_their_conditions(database: Database, empty_url: str) -> None:
    made = Database.open(empty_url)
    async with made.begin() as conn:
        await conn.run_sync(metadata.create_all)
        wanted = await conn.run_sync(indexes)
    await made.dispose()
    async with database.read() as conn:
        assert await conn.run_sync(indexes) == wanted


def test_every_column_is_of_a_type_that_means_the_same_on_every_store() -> None:
    types = {f"{column}": column.type for table in metadata.sorted_tables for column in table.c}
    plain = [name for name, kind in types.items() if type(kind) in (sa.Text, sa.String, sa.Integer, sa.DateTime)]
    assert plain == [], "take Text, Whole and Moment from storage.column_types"


async def test_text_is_ordered_by_code_points_and_numbers_are_large_on_postgresql(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    columns = "SELECT data_type, collation_name FROM information_schema.columns WHERE table_schema = 'public'"
    async with database.read() as conn:
        found = set((await conn.execute(sa.text(f"{columns} AND table_name != 'alembic_version'"))).all())
    await database.dispose()
    assert ("text", "C") in found
    assert {kind for kind, collation in found if collation not in ("C", None)} == set()
    assert ("text", None) not in found
    assert ("integer", None) not in found


async def test_again_changes_nothing_and_keeps_the_data(url: str) -> None:
    database = Database.open(url)
    async with database.begin() as conn:
        await conn.execute(sa.text("INSERT INTO shortcuts VALUES ('~a', '/hilfe')"))
    await database.dispose()
    await upgrade(url)
    database = Database.open(url)
    async with database.read() as conn:
        assert (await conn.execute(sa.text("SELECT command FROM shortcuts"))).scalar_one() == "/hilfe"
    await database.dispose()


async def test_deadlines_that_were_stored_before_their_table_are_in_it(url: str) -> None:
    dated = resolution("1", "Termin", dates=(DateMention(dt.date(2026, 6, 1), "month", "Juni 2026", "deadline"),))
    database = Database.open(url)
    async with database.begin() as conn:
        await take(conn, reading(dated))
        await conn.execute(sa.text("DROP TABLE deadline_addressees"))
        await conn.execute(sa.text("DROP TABLE deadlines"))
        await conn.run_sync(migrated_by(rev_0004_deadlines.upgrade))
        page = await deadlines.due(conn, dt.date(2026, 6, 30), False, 10)
    await database.dispose()
    assert [one.mention.text for one in page.items] == ["Juni 2026"]


async def test_dates_that_were_stored_before_are_read_anew(url: str) -> None:
    """What was no deadline is none any more, and whom the others concern is known."""
    asking = "Der Bund wird gebeten, bis zum 30. Juni 2026 zu berichten."
    told = resolution(
        "1",
        "Termin",
        f"{asking} Das Programm wurde bis Ende 2027 verlängert.",
        demands=(Demand(1, "Bund", "bitten", asking),),
        dates=(DateMention(dt.date(2027, 12, 31), "year", "Ende 2027", "deadline", 1),),
    )
    database = Database.open(url)
    async with database.begin() as conn:
        await take(conn, reading(told))
        await conn.execute(sa.text("DROP TABLE deadline_addressees"))
        await conn.run_sync(migrated_by(rev_0016_deadline_addressees.upgrade))
        every = await deadlines.due(conn, dt.date(2026, 1, 1), False, 10)
        asked = Among(asked=(frozenset({"Bund"}),))
        of_the_bund = await deadlines.due(conn, dt.date(2026, 1, 1), False, 10, among=asked)
    await database.dispose()
    (one,) = every.items
    assert (one.mention.text, [same.mention.text for same in of_the_bund.items]) == ("30. Juni 2026", ["30. Juni 2026"])
    assert [date.role for date in one.stored.resolution.dates] == ["deadline", None]


async def test_references_that_were_stored_before_their_table_are_in_it(url: str) -> None:
    citing = resolution("6.1", "Bericht", "Der Bericht.", references=(Reference("BspMK", 7, "5.2", "…"),))
    database = Database.open(url)
    async with database.begin() as conn:
        cited = (await take(conn, reading(resolution("5.2"), resolution("5.3")))).resolutions[0].id
        await take(conn, reading(citing, session=8), "https://bspmk.example/8.pdf")
        await conn.execute(sa.text("DROP TABLE citations"))
        await conn.run_sync(migrated_by(rev_0014_citations.upgrade))
        stored = await resolutions.by_id(conn, cited)
        assert stored is not None
        found = await references.referring(conn, stored)
    await database.dispose()
    assert [one.resolution.title for one in found] == ["Bericht"]


def migrated_by(step: Callable[[], None]) -> Callable[[sa.Connection], None]:
    """One migration alone, whatever has come after it."""

    def run(conn: sa.Connection) -> None:
        with Operations.context(MigrationContext.configure(conn)):
            step()

    return run


async def test_two_that_start_together_wait_for_each_other(empty_url: str) -> None:
    await asyncio.gather(upgrade(empty_url), upgrade(empty_url))
    assert await current(empty_url) == newest()


async def test_a_path_with_a_percent_sign_is_no_trap(tmp_path: Path) -> None:
    folder = tmp_path / "100%"
    folder.mkdir()
    await upgrade(address(folder / "store.sqlite"))
    assert await current(address(folder / "store.sqlite")) == newest()


@pytest.mark.parametrize("ask", [current, upgrade])
async def test_a_file_that_is_no_database_is_a_clear_error(
    tmp_path: Path, ask: Callable[[str], Awaitable[object]]
) -> None:
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren, " * 100, encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"letter\.txt cannot be read: file is not a database"):
        await ask(address(tmp_path / "letter.txt"))


async def test_a_database_that_is_up_to_date_waits_for_no_writer(database: Database, url: str) -> None:
    async with database.begin(), asyncio.timeout(10):
        await upgrade(url)


async def test_subscriptions_by_the_id_of_a_topic_are_known_as_such(url: str) -> None:
    database = Database.open(url)
    async with database.begin() as conn:
        await chats.ensure(conn, "telegram:1", "UTC", NOW)
        kinds: tuple[tuple[Kind, str], ...] = (("topic", "sprachkurse"), ("topic", "Kita Hort"), ("state", "Bayern"))
        for kind, query in kinds:
            await subscriptions.add(conn, "telegram:1", kind, query, query, "immediate", NOW)
        for table, column in _NEW_IN_0006:
            await conn.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        for table in ("watches", "dialogs"):
            await conn.execute(sa.text(f"DROP TABLE {table}"))
        await conn.run_sync(migrated_by(rev_0006_subscriptions.upgrade))
        known = await subscriptions.of_chat(conn, "telegram:1")
    await database.dispose()
    assert [one.topic for one in known] == ["sprachkurse", None, None]


_NEW_IN_0006 = [
    *(("subscriptions", name) for name in ("name", "topic", "paused", "paused_until", "unclear_since", "ended_at")),
    ("digest_entries", "not_before"),
]


async def test_messages_that_wait_already_get_their_priority(url: str) -> None:
    events = ("answer:77", "digest:2026-06-01", "resolution:1", "correction:1:x")
    database = Database.open(url)
    async with database.begin() as conn:
        for event in events:
            await outbox.enqueue(conn, "telegram:1", event, "text", {"text": event}, NOW)
        known = {row.event: row.priority for row in await outbox.in_state(conn, "pending")}
        await conn.execute(sa.text("DROP INDEX ix_outbox_priority"))
        await conn.execute(sa.text("ALTER TABLE outbox DROP COLUMN priority"))
        await conn.run_sync(migrated_by(rev_0007_priorities.upgrade))
        migrated = {row.event: row.priority for row in await outbox.in_state(conn, "pending")}
    await database.dispose()
    assert migrated == known == dict(zip(events, (0, 2, 1, 1), strict=True))


SHARED_SINCE = "0013"
"""The first revision on which several instances may be at work."""


async def columns_at(url: str, revision: str | None) -> dict[tuple[str, str], Any]:
    await upgrade(url, revision)
    database = Database.open(url)
    async with database.begin() as conn:
        found: dict[tuple[str, str], Any] = await conn.run_sync(columns)
    await database.dispose()
    return found


def columns(conn: sa.Connection) -> dict[tuple[str, str], Any]:
    inspector = sa.inspect(conn)
    tables = inspector.get_table_names()
    return {(table, column["name"]): column for table in tables for column in inspector.get_columns(table)}


async def test_migrations_only_add_so_that_an_older_version_goes_on_working(empty_url: str) -> None:
    before = await columns_at(empty_url, SHARED_SINCE)
    after = await columns_at(empty_url, None)
    shape = {name: (str(column["type"]), column["nullable"]) for name, column in before.items()}
    assert {name: (str(after[name]["type"]), after[name]["nullable"]) for name in before if name in after} == shape
    old_tables = {table for table, _ in before}
    added = [after[name] for name in after.keys() - before.keys() if name[0] in old_tables]
    assert [column["name"] for column in added if not (column["nullable"] or column["default"])] == []


async def test_a_file_of_a_newer_version_is_refused(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    async with database.begin() as conn:
        await conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await database.dispose()
    with pytest.raises(DatabaseError, match="newer version"):
        await upgrade(sqlite_url)
