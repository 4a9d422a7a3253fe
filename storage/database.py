"""The door to the store: one file, one writer at a time, any number of readers.

Other rooms take `Connection` from here and never import SQLAlchemy themselves.

SQLite loses updates silently under the driver's own transactions, and a read transaction that turns into a write
cannot wait for the other writer. So each transaction says at its start what it is (`BEGIN IMMEDIATE` or `BEGIN`), and
writers share one connection: inside a process they queue in order instead of polling the file's lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction, create_async_engine

Connection = AsyncConnection
"""An open transaction: what every function of this room works on."""

_READERS = 5
"""Connections for reading; further readers wait for their turn."""

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
    def open(cls, url: str, patience: float = 30) -> Database:
        """A store at an SQLAlchemy address, e.g. `sqlite+aiosqlite:///beschlussbote.sqlite`.

        `patience`: seconds that a transaction waits for another process, or for its turn inside this one.
        Nothing is connected yet. Raises `DatabaseError` for an address that cannot be used.
        """
        address = _checked(url)
        writer = _engine(address, "BEGIN IMMEDIATE", _WRITER_PRAGMAS, 1, patience)
        return cls(writer, _engine(address, "BEGIN", _READER_PRAGMAS, _READERS, patience))

    @property
    def address(self) -> URL:
        """Where the store is."""
        return self._writer.url

    async def dispose(self) -> None:
        """Close every connection (without this aiosqlite's threads keep the process alive)."""
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A write transaction: committed at the end, rolled back on any error. Do not nest."""
        async with _connected(self._writer) as conn:
            transaction = await _begun(conn)
            yield conn
            # Not reached after an error: giving the connection back rolls back.
            await transaction.commit()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A consistent view for reading; an attempt to write is an error."""
        async with _connected(self._reader) as conn:
            yield conn


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[Connection]:
    try:
        conn = await engine.connect()
    except DBAPIError as error:
        raise DatabaseError(f"The database {engine.url.database} cannot be opened: {error.orig}") from error
    except PoolTimeout as error:
        raise DatabaseError(f"The database {engine.url.database} is busy: no connection became free.") from error
    try:
        yield conn
    finally:
        await conn.close()


async def _begun(conn: Connection) -> AsyncTransaction:
    """The transaction, already holding the store's lock."""
    transaction = conn.begin()
    try:
        await transaction.start()
    except OperationalError as error:
        raise DatabaseError(f"The database {conn.engine.url.database} stayed locked by another program.") from error
    return transaction


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


def _engine(address: URL, begin: str, pragmas: tuple[str, ...], pool_size: int, patience: float) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=patience,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        connect_args={"isolation_level": None, "timeout": patience},
    )

    def connected(connection: DBAPIConnection, _record: object) -> None:
        _run_pragmas(connection, pragmas)

    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    # A connection that fails leaves aiosqlite's thread talking to a loop that may be gone, so look before trying.
    event.listen(engine.sync_engine, "do_connect", lambda *_: _must_be_usable(Path(address.database or "")))
    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine


def _must_be_usable(path: Path) -> None:
    if not path.parent.is_dir():
        raise DatabaseError(f"The database {path} cannot be made: its folder does not exist.")
    if path.is_dir():
        raise DatabaseError(f"The database {path} is a folder; a file is needed.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise DatabaseError(f"The database {path} cannot be written: the file and its folder must be writable.")


def _run_pragmas(connection: DBAPIConnection, pragmas: tuple[str, ...]) -> None:
    cursor: Any = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
