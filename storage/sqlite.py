"""Engines on an SQLite file: one connection that writes, several that read.

SQLite loses updates silently under the driver's own transactions, and a read transaction that turns into a write
cannot wait for the other writer. So each transaction says at its start what it is (`BEGIN IMMEDIATE` or `BEGIN`), and
writers share one connection: inside a process they queue in order instead of polling the file's lock.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import AdaptedConnection, DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.column_types import as_json
from storage.errors import DatabaseError

DRIVER = "sqlite+aiosqlite"

_READERS = 5
"""Connections for reading; further readers wait for their turn."""

_WRITING, _READING = "BEGIN IMMEDIATE", "BEGIN"
_WRITER_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "secure_delete=ON")
"""With the last, what is erased is overwritten in its file."""
_SCRUB_PATIENCE = 2000
"""Milliseconds that emptying the log waits for readers, and others who write for it."""
_READER_PRAGMAS = ("query_only=ON",)


def checked(address: URL) -> URL:
    """The address with the driver that is used here. Raises `DatabaseError` where it names no file."""
    if address.database in (None, "", ":memory:"):
        raise DatabaseError("The database needs a file: sqlite+aiosqlite:///beschlussbote.sqlite")
    return address.set(drivername=DRIVER)


def engines(address: URL, patience: float) -> tuple[AsyncEngine, AsyncEngine]:
    """(writer, reader). `patience`: seconds to wait for another process, or for a turn inside this one."""
    writer = _engine(address, _WRITING, _WRITER_PRAGMAS, 1, patience)
    return writer, _engine(address, _READING, _READER_PRAGMAS, _READERS, patience)


def reason(error: Exception, address: URL) -> str | None:
    """Why the store cannot be opened, as a sentence."""
    return f"The database {address.database} cannot be opened: {error.orig}" if isinstance(error, DBAPIError) else None


def interruption(error: DBAPIError, address: URL) -> str | None:
    """What is wrong with the store in the middle of a transaction: here nothing that is not an error of ours."""
    return None


async def scrub(writer: AsyncEngine, patience: float) -> bool:
    """Bring what was committed into the file and empty the log beside it, which still holds what was erased; False
    where somebody read from it all that time."""
    async with writer.connect() as conn:
        driver: Any = (await conn.get_raw_connection()).driver_connection
        await driver.execute(f"PRAGMA busy_timeout={_SCRUB_PATIENCE}")
        try:
            ((busy, _, _),) = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await driver.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
    return not busy


def _engine(address: URL, begin: str, pragmas: tuple[str, ...], pool_size: int, patience: float) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=patience,
        json_serializer=as_json,
        hide_parameters=True,  # an error that is logged tells nothing of people
        connect_args={"isolation_level": None, "timeout": patience},
    )

    def connected(connection: DBAPIConnection, _record: object) -> None:
        _run_pragmas(connection, pragmas)

    def begun(connection: sa.Connection) -> None:
        if begin == _READING:
            # It touches no file and cannot fail: one visit to the driver's thread, where a cursor would make three.
            adapted = cast(AdaptedConnection, connection.connection.dbapi_connection)
            adapted.run_async(lambda driver: driver.execute_fetchall(begin))
        else:
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
