"""The door to the store: one file, one writer at a time, any number of readers.

Other rooms take `Connection` from here and never import SQLAlchemy themselves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

Connection = AsyncConnection
"""An open transaction: what every function of this room works on."""


class DatabaseError(Exception):
    """A database address that cannot be used; the message says what would be right."""


class Database:
    """Two pools on one store: a single writer and several readers. `dispose` must be awaited at the end."""

    @classmethod
    def open(cls, url: str) -> Database:
        """A store at an SQLAlchemy address, e.g. `sqlite+aiosqlite:///beschlussbote.sqlite`.

        Nothing is connected yet. Raises `DatabaseError` for an address that cannot be used.
        """
        raise NotImplementedError

    async def dispose(self) -> None:
        """Close every connection (without this aiosqlite's threads keep the process alive)."""
        raise NotImplementedError

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A write transaction: committed at the end, rolled back on any error. Do not nest."""
        raise NotImplementedError
        yield

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A consistent view for reading; an attempt to write is an error."""
        raise NotImplementedError
        yield
