"""The whole store into another one, row for row: an SQLite file to a PostgreSQL server, or the other way.

The source is read in one consistent picture, the target written in one transaction: it has everything afterwards, or is
as it was. The search index is not copied; it is derived, and makes itself anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from storage import changes, tables
from storage.database import Connection, Database, allow_thought
from storage.instance import living
from storage.migrate import current, newest, upgrade

_BATCH = 500
"""Rows in memory at once."""

_LONGEST_WAIT = 600
"""Seconds for the source to give them."""

_MADE = frozenset([tables.last_change.name])
"""Tables that the migrations fill: an empty store has a row in them."""


class CopyError(Exception):
    """The copy was not made, or the target is not what it should be and was left as it was; the message says why."""


async def copy_store(source: str, target: str, told: Callable[[str, int], None]) -> int:
    """Copy everything, having brought the target to this version's schema; how many rows.

    `told` is called with each table and the number of its rows. The caller sees to it that no program serves the source
    if that is a file. Raises `CopyError`, `DatabaseError`.
    """
    await _must_be_newest(source)
    await _must_be_free(target)
    await upgrade(target)
    reading, writing = Database.open(source), Database.open(target)
    try:
        async with reading.read() as old, writing.begin() as new:
            await allow_thought(new, _LONGEST_WAIT)
            await _must_be_idle(old, new)
            counts = {table: await _copy(old, new, table) for table in tables.metadata.sorted_tables}
            await _number_on(old, new)
            await _compare(old, new, counts)
    finally:
        await reading.dispose()
        await writing.dispose()
    for table, count in counts.items():
        told(table.name, count)
    return sum(counts.values())


async def _must_be_newest(source: str) -> None:
    found = await current(source)
    if found != newest():
        at = f"at revision {found}" if found else "empty"
        raise CopyError(
            f"the source is {at}, this version needs {newest()}: run 'beschlussbote db upgrade' on it first"
        )


async def _must_be_free(target: str) -> None:
    """An empty database, or one of this version's schema without data."""
    found = await current(target)
    if found is None:
        return
    if found != newest():
        raise CopyError(f"the target is at revision {found}: give an empty database")
    database = Database.open(target)
    try:
        async with database.read() as conn:
            filled = [table.name for table in tables.metadata.sorted_tables if await _has_rows(conn, table)]
    finally:
        await database.dispose()
    if filled:
        raise CopyError(f"the target is not empty, nothing was changed: there are rows in {', '.join(filled)}")


async def _has_rows(conn: Connection, table: sa.Table) -> bool:
    if table.name in _MADE:
        return await changes.last(conn) != changes.Mark()
    return (await conn.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first() is not None


async def _must_be_idle(old: Connection, new: Connection) -> None:
    for name, conn in (("source", old), ("target", new)):
        if await living(conn):
            raise CopyError(f"'beschlussbote run' serves the {name}: stop every instance first")


async def _copy(old: Connection, new: Connection, table: sa.Table) -> int:
    if table.name in _MADE:
        await new.execute(sa.delete(table))
    count = 0
    rows = await old.stream(sa.select(table).order_by(*table.primary_key.columns))
    async for batch in rows.mappings().partitions(_BATCH):
        await new.execute(sa.insert(table), [dict(row) for row in batch])
        count += len(batch)
    return count


async def _compare(old: Connection, new: Connection, counts: Mapping[sa.Table, int]) -> None:
    for table, copied in counts.items():
        there = (await new.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
        had = (await old.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
        if not there == had == copied:
            raise CopyError(f"of {had} rows in {table.name} {there} arrived; nothing was kept")
    if await changes.last(old) != await changes.last(new):
        raise CopyError("the history of changes did not arrive as it was; nothing was kept")


async def _number_on(old: Connection, new: Connection) -> None:
    """Numbers go on behind the last that was ever given, also if its row is gone: nobody's old button finds another."""
    last = await _last_numbers(old)
    if new.dialect.name == "sqlite":
        for table, number in last.items():
            await new.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            if tables.metadata.tables[table].dialect_options["sqlite"]["autoincrement"]:
                await new.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
        return
    for table, number in last.items():
        await new.execute(sa.text("SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)"), {"t": table, "n": number})
    turn = (await old.execute(sa.select(sa.func.max(tables.outbox.c.turn)))).scalar_one()
    if turn:
        await new.execute(sa.select(sa.func.setval(tables.outbox_turn.name, turn)))


async def _last_numbers(conn: Connection) -> dict[str, int]:
    """The last number given in each table that numbers its rows by itself."""
    given = {**await _highest(conn)}
    for table, number in await _given(conn):
        if table in given:
            given[table] = max(given[table], number)
    return {table: number for table, number in given.items() if number}


async def _highest(conn: Connection) -> dict[str, int]:
    numbered = [one for one in tables.metadata.sorted_tables if one.autoincrement_column is not None]
    asked = {table.name: sa.select(sa.func.max(table.c.id)) for table in numbered if table.name not in _MADE}
    return {name: (await conn.execute(most)).scalar_one() or 0 for name, most in asked.items()}


async def _given(conn: Connection) -> list[tuple[str, int]]:
    asked: dict[str, Any] = {
        "sqlite": "SELECT name, seq FROM sqlite_sequence",
        "postgresql": "SELECT left(sequencename, -7), last_value FROM pg_sequences"
        " WHERE schemaname = current_schema AND sequencename LIKE '%\\_id\\_seq' AND last_value IS NOT NULL",
    }
    return [(name, number) for name, number in await conn.execute(sa.text(asked[conn.dialect.name]))]
