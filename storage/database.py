"""The door to the store: one file, one writer at a time, any number of readers.

Other rooms take `Connection` from here and never import SQLAlchemy themselves.

SQLite loses updates silently under the driver's own transactions, and a read transaction that turns into a write
cannot wait for the other writer. So each transaction says at its start what it is (`BEGIN IMMEDIATE` or `BEGIN`), and
writers share one connection: inside a process they queue in order instead of polling the file's lock.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Connection = AsyncConnection
"""An open transaction: what every function of this room works on."""

BUSY_SECONDS = 30
"""How long a transaction waits for another process, or for its turn inside this one."""

_WRITER_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL")
_READER_PRAGMAS = ("query_only=ON",)


class DatabaseError(Exception):
    """A database address that cannot be used, or a file that cannot be opened; the message says what would be right."""


class Database:
    """Two pools on one store: a single writer and several readers. `dispose` must be awaited at the end."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader

    @classmethod
    def open(cls, url: str) -> Database:
        """A store at an SQLAlchemy address, e.g. `sqlite+aiosqlite:///beschlussbote.sqlite`.

        Nothing is connected yet. Raises `DatabaseError` for an address that cannot be used.
        """
        address = _checked(url)
        writer = _engine(address, "BEGIN IMMEDIATE", _WRITER_PRAGMAS, pool_size=1)
        return cls(writer, _engine(address, "BEGIN", _READER_PRAGMAS, pool_size=5))

    async def dispose(self) -> None:
        """Close every connection (without this aiosqlite's threads keep the process alive)."""
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A write transaction: committed at the end, rolled back on any error. Do not nest."""
        async with _connected(self._writer) as conn, conn.begin():
            yield conn

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A consistent view for reading; an attempt to write is an error."""
        async with _connected(self._reader) as conn:
            yield conn


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[Connection]:
    try:
        conn = await engine.connect()
    except OperationalError as error:
        raise DatabaseError(f"The database {engine.url.database} cannot be opened: {error.orig}") from error
    try:
        yield conn
    finally:
        await conn.close()


def _checked(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(
            "The database address is none; right would be e.g. sqlite+aiosqlite:///beschlussbote.sqlite"
        ) from error
    if address.get_backend_name() != "sqlite":
        raise DatabaseError(
            f"This version keeps its data in SQLite (sqlite+aiosqlite:///file), not in {address.get_backend_name()}."
        )
    if address.database in (None, "", ":memory:"):
        raise DatabaseError("The database needs a file: sqlite+aiosqlite:///beschlussbote.sqlite")
    return address.set(drivername="sqlite+aiosqlite")


def _engine(address: URL, begin: str, pragmas: tuple[str, ...], pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )

    def connected(connection: DBAPIConnection, _record: object) -> None:
        _run_pragmas(connection, pragmas)

    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine


def _run_pragmas(connection: DBAPIConnection, pragmas: tuple[str, ...]) -> None:
    cursor: Any = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
