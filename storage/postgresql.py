"""Engines on a PostgreSQL server, and what its errors mean for whoever runs it.

A session whose other end is gone must not go on holding locks: the server itself looks whether the machine at the other
end still answers, and ends a transaction in which nothing happens any more (a process that stands still).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.postgresql import OID
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.column_types import as_json
from storage.errors import DatabaseError

__all__ = ["OID", "checked", "engines", "interruption", "reason", "scrub", "session_engine", "shown", "sqlstate"]

DRIVER = "postgresql+asyncpg"

_WRITERS = 8
_READERS = 5
"""Connections; further transactions wait for their turn."""

_CONNECTING = 10.0
"""Seconds until a server that does not answer counts as not reachable."""

SESSION = {
    "application_name": "beschlussbote",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "15s",
}
"""What every session asks of the server."""

_REFUSED = {
    "28P01": "it does not accept this user's password",
    "28000": "it does not let this user in (pg_hba.conf)",
    "3D000": "it has no database of this name: createdb",
    "42501": "this user has no right to do that: grant it, or make the user the owner of the database",
    "53300": "it has no connection free (max_connections)",
    "57P03": "it is starting or stopping",
}
"""By SQLSTATE (PostgreSQL documentation, appendix A)."""

_LOCKED = ("55P03", "40P01")
_LOST = ("57P01", "57P02", "57P03", "57P05", "25P03", "08000", "08003", "08006", "53100", "25006")


def checked(address: URL) -> URL:
    """The address with the driver that is used here; `sslmode`, as other programs write it, is understood.

    Raises `DatabaseError` where it names no database.
    """
    if not address.database:
        raise DatabaseError("The database needs a name: postgresql://USER:PASSWORD@HOST/NAME")
    query = dict(address.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return address.set(drivername=DRIVER, query=query)


def engines(address: URL, patience: float) -> tuple[AsyncEngine, AsyncEngine]:
    """(writer, reader). `patience`: seconds to wait for a lock that another transaction holds, or for a connection.

    Writers see what is committed at each of their statements (READ COMMITTED), readers one picture (REPEATABLE READ).
    """
    writer = _engine(address, patience, _WRITERS, {})
    reading = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return writer, _engine(address, patience, _READERS, reading)


def session_engine(address: URL, name: str, patience: float, silence: str) -> AsyncEngine:
    """For one session that is held for long, without transactions: the server ends it when it hears nothing for
    `silence`, or its machine does not answer for about as long. `patience`: seconds to connect."""
    watched = {"tcp_keepalives_idle": "2", "tcp_keepalives_interval": "2", "idle_session_timeout": silence}
    session = SESSION | watched | {"application_name": name[:63]}
    return create_async_engine(
        checked(address),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": patience, "server_settings": session},
    )


def shown(address: URL) -> str:
    """The address for people: no password."""
    return address.render_as_string(hide_password=True).replace("+asyncpg", "", 1)


def reason(error: Exception, address: URL) -> str | None:
    """Why the server cannot be used, as a sentence; None for what is no matter of the server."""
    state = sqlstate(error)
    if state is not None:
        why = _REFUSED.get(state, f"it says {error}")
        return f"The database server at {shown(address)} refuses: {why}."
    if isinstance(error, OSError | TimeoutError):
        why = "it does not answer" if isinstance(error, TimeoutError) else error.strerror or str(error)
        return f"The database server at {shown(address)} cannot be reached: {why}."
    return None


async def scrub(writer: AsyncEngine, patience: float) -> bool:
    """Nothing to do: a server cleans up behind itself (autovacuum), and its log is not read by others."""
    return True


def interruption(error: DBAPIError, address: URL) -> str | None:
    """What is wrong with the store in the middle of a transaction, as a sentence; None for an error of our own."""
    state = sqlstate(error)
    if state in _LOCKED:
        return f"The database {shown(address)} stayed locked by another transaction."
    if error.connection_invalidated or state in _LOST:
        return f"The connection to the database {shown(address)} was lost, or it cannot be written: {error.orig}"
    return f"The database {shown(address)} refuses: {_REFUSED[state]}." if state in _REFUSED else None


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's own code of an error."""
    told = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)
    return told if isinstance(told, str) else None


def _engine(address: URL, patience: float, pool_size: int, execution_options: dict[str, Any]) -> AsyncEngine:
    session = SESSION | {"lock_timeout": f"{max(1, round(patience * 1000))}ms"}
    engine = create_async_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=patience,
        json_serializer=as_json,
        hide_parameters=True,  # an error that is logged tells nothing of people
        connect_args={"timeout": _CONNECTING, "server_settings": session},
        execution_options=execution_options,
    )
    event.listen(engine.sync_engine, "checkout", _must_be_open)
    return engine


def _must_be_open(connection: DBAPIConnection, *_: object) -> None:
    """The driver knows by itself when the server has hung up (it was restarted), so nothing need be asked."""
    driver: Any = connection.driver_connection
    if driver.is_closed():
        raise DisconnectionError("the server has hung up")
