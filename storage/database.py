"""The door to the store: an SQLite file, or a PostgreSQL server that several programs share.

Other rooms take `Connection` from here and never import SQLAlchemy themselves.

The rule for functions of this room: they hold on both stores, whoever else is at work. SQLite has one writer at a time,
so there nothing can come between a look and the write that follows from it. PostgreSQL has many, so there

- one statement does it where one can (`ON CONFLICT`, `UPDATE … WHERE state = …`, `DELETE … RETURNING`),
- whoever looks first and writes then locks the rows that he looked at (`FOR UPDATE`, which SQLite leaves out), a row of
  `chats` for what belongs to a chat; rows that another has locked are passed over where others will do (`SKIP LOCKED`),
- what takes in, collects or holds back news takes the news lock first (`changes.lock_news`), one at a time,
- what must be unique has a unique key, and what must grow has a counter's row or a sequence.

The news lock comes before any row lock, so nobody waits in a circle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from storage import postgresql, sqlite
from storage.errors import DatabaseError

__all__ = ["Connection", "Database", "DatabaseError", "allow_thought"]

Connection = AsyncConnection
"""An open transaction: what every function of this room works on."""


class _Store(Protocol):
    """What is different from one kind of store to the other."""

    def checked(self, address: URL) -> URL: ...

    def engines(self, address: URL, patience: float) -> tuple[AsyncEngine, AsyncEngine]: ...

    def reason(self, error: Exception, address: URL) -> str | None: ...

    def interruption(self, error: DBAPIError, address: URL) -> str | None: ...

    async def scrub(self, writer: AsyncEngine, patience: float) -> bool: ...


_STORES: dict[str, _Store] = {"sqlite": sqlite, "postgresql": postgresql}


class Database:
    """Two pools on one store, for writing and for reading. `dispose` must be awaited at the end.

    `failed_writes` counts what the store did not take (a full disk, a lock that nobody let go); `ill`: that was so, and
    nobody has seen since that it takes something again (`storage.probe`).
    """

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, patience: float = 30) -> None:
        self._writer = writer
        self._patience = patience
        self.failed_writes = 0
        self.ill = False
        self._reader = reader
        self._commits_itself = writer.dialect.name == "postgresql"
        alone = {"isolation_level": "AUTOCOMMIT"} if self._commits_itself else {}
        self._glancer, self._single = reader.execution_options(**alone), writer.execution_options(**alone)

    @classmethod
    def open(cls, url: str, patience: float = 30) -> Database:
        """A store at an SQLAlchemy address, e.g. `sqlite+aiosqlite:///beschlussbote.sqlite` or `postgresql://host/name`.

        `patience`: seconds that a transaction waits for another process, or for its turn inside this one.
        Nothing is connected yet. Raises `DatabaseError` for an address that cannot be used.
        """
        address = _checked(url)
        return cls(*_store(address).engines(address, patience), patience)

    @property
    def address(self) -> URL:
        """Where the store is."""
        return self._writer.url

    async def dispose(self) -> None:
        """Close every connection (without this aiosqlite's threads keep the process alive)."""
        await self._reader.dispose()
        await self._writer.dispose()

    async def scrub(self) -> bool:
        """After something was erased: leave no trace of it in the store's files. False where that cannot be now."""
        return await _store(self.address).scrub(self._writer, self._patience)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A write transaction: committed at the end, rolled back on any error. Do not nest."""
        with self._noting():
            async with _connected(self._writer) as conn:
                transaction = await _begun(conn)
                yield conn
                # Not reached after an error: giving the connection back rolls back.
                await transaction.commit()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, OperationalError) as error:
            if not _is_our_own(error):
                self.failed_writes += 1
                self.ill = True
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A consistent view for reading; an attempt to write is an error."""
        async with _connected(self._reader) as conn:
            yield conn

    @asynccontextmanager
    async def single(self) -> AsyncIterator[Connection]:
        """For one statement that writes: a server commits it by itself, which saves two messages. (Several would each
        be committed alone.)"""
        if not self._commits_itself:
            async with self.begin() as conn:
                yield conn
            return
        with self._noting():
            async with _connected(self._single) as conn:
                yield conn

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Connection]:
        """For one statement that only reads: it needs no transaction around it, which costs a server two messages."""
        async with _connected(self._glancer) as conn:
            yield conn


async def allow_thought(conn: Connection, seconds: int) -> None:
    """From here on so much time may pass between two statements; else a server takes the program for standing still."""
    if conn.dialect.name == "postgresql":
        await conn.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{seconds:d}s'")


def _is_our_own(error: Exception) -> bool:
    """SQLite says by the same class what ails it and that a statement is wrong; only the number differs."""
    told = error.orig if isinstance(error, DBAPIError) else error
    return getattr(told, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[Connection]:
    conn = await _connection(engine)
    try:
        yield conn
    except DBAPIError as error:
        if told := _store(engine.url).interruption(error, engine.url):
            raise DatabaseError(told) from error
        raise
    finally:
        await conn.close()


async def _connection(engine: AsyncEngine) -> Connection:
    try:
        return await engine.connect()
    except PoolTimeout as error:
        raise DatabaseError(f"The database {engine.url.database} is busy: no connection became free.") from error
    except DatabaseError:
        raise
    except Exception as error:
        if told := _store(engine.url).reason(error, engine.url):
            raise DatabaseError(told) from error
        raise


async def _begun(conn: Connection) -> AsyncTransaction:
    """The transaction, already holding the store's lock where there is one for all."""
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
    backend = address.get_backend_name()
    if backend == "postgres":
        address, backend = address.set(drivername="postgresql"), "postgresql"
    if backend not in _STORES:
        raise DatabaseError(
            "The store is an SQLite file (sqlite+aiosqlite:///FILE) or a PostgreSQL server "
            f"(postgresql://USER:PASSWORD@HOST/NAME), not {backend}."
        )
    return _STORES[backend].checked(address)


def _store(address: URL) -> _Store:
    return _STORES[address.get_backend_name()]
