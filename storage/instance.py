"""One running program among those that share a PostgreSQL server: which of them are alive, and which one leads.

All of it is PostgreSQL's own: an instance is alive while a session of its own holds an advisory lock on its number, and
leads while that session also holds the one lock that there is for leading. The server lets go of both when the session
ends: at once when the program dies, soon when its machine is gone (TCP keepalive) or when it stands still and sends no
beat (`idle_session_timeout`, PostgreSQL 14). What others have committed is heard by LISTEN (triggers notify).

An instance that has been deposed may not know it yet. So whatever only the leader may do asks the server, in the very
transaction that notes it (`may`).

The session must be a real one: a pooler between that shares it among programs (PgBouncer in transaction mode) breaks
the locks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage import postgresql
from storage.database import Connection

CHANNEL = "beschlussbote"
"""What is told on it: the name of a table that has something new in it."""

BEAT = 1.0
"""Seconds between two signs of life, and between two tries to lead."""

PATIENCE = 10.0
"""Seconds that the server may take to answer a beat; then the session counts as lost."""

SILENCE = "20s"
"""Without a beat for so long the server ends the session. Long, as a busy program does not stand still; one that dies,
or whose machine is gone, is noticed sooner."""

_LEADING, _LIVING = 0x62736C64, 0x6273616C
"""The classes of our advisory locks: numbers that no other program on the same database uses."""

_log = logging.getLogger(__name__)


class Instance(Protocol):
    """What the running program asks about itself. `number` names it among all; only a `candidate` is made leader."""

    number: int
    candidate: bool

    @property
    def leads(self) -> bool:
        """As far as is known."""
        ...

    @property
    def alive(self) -> int:
        """How many there are, this one too, as far as is known; 0 while nothing is."""
        ...

    async def changed(self) -> None:
        """Wait until `leads` has changed, or others have died."""
        ...

    async def may(self, conn: Connection) -> bool:
        """Whether this instance leads, for certain, at this moment of the transaction."""
        ...


class Alone:
    """The only one on its store."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.candidate = True
        self.leads = True
        self.alive = 1

    async def changed(self) -> None:
        await asyncio.Event().wait()

    async def may(self, conn: Connection) -> bool:
        return True


class Shared:
    """One of several on a PostgreSQL server. `number`: a random one of 31 bits; `name`: how the server's list of
    sessions shows it; `told` is called with what is heard on the channel."""

    def __init__(self, url: str, number: int, name: str, told: Callable[[str], None]) -> None:
        self.number = number
        self.candidate = False
        self._engine = postgresql.session_engine(make_url(url), f"beschlussbote {name}", PATIENCE, SILENCE)
        self._told = told
        self._leads = False
        self._alive: frozenset[int] = frozenset()
        self._waiting: set[asyncio.Event] = set()
        self._cut_off = asyncio.Event()

    @property
    def leads(self) -> bool:
        return self._leads

    @property
    def alive(self) -> int:
        return len(self._alive)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Shared]:
        """Alive, and if need be leading, while the block runs; then another may lead."""
        task = asyncio.create_task(self._run(), name="instance")
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._engine.dispose()

    async def changed(self) -> None:
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await event.wait()
        finally:
            self._waiting.discard(event)

    async def may(self, conn: Connection) -> bool:
        mine = sa.and_(_lock(_LIVING), _LOCKS.c.objid == self.number)
        leading = sa.select(_LOCKS.c.pid).where(_lock(_LEADING))
        return bool((await conn.execute(sa.select(sa.exists().where(mine, _LOCKS.c.pid.in_(leading))))).scalar_one())

    async def _run(self) -> None:
        while True:
            try:
                await self._session()
            except (DBAPIError, OSError, TimeoutError) as error:
                _log.warning("instance.cut_off", extra={"fields": {"problem": type(error).__name__}})
            except Exception as error:
                if postgresql.sqlstate(error) is None:
                    raise
                _log.warning("instance.refused", extra={"fields": {"problem": str(error)}})
            self._become(False, frozenset())
            await asyncio.sleep(BEAT)

    async def _session(self) -> None:
        """Beats until the session ends; whatever ends it is raised."""
        async with asyncio.timeout(PATIENCE):
            conn = await self._engine.connect()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._enter(conn)
            while not self._cut_off.is_set():
                async with asyncio.timeout(PATIENCE):
                    await self._beat(conn)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._cut_off.wait(), BEAT)
        finally:
            # Not closed in an orderly way: with a server that does not answer that would take for ever.
            await conn.invalidate()
            await conn.close()

    async def _enter(self, conn: Connection) -> None:
        self._cut_off = cut_off = asyncio.Event()
        driver: Any = (await conn.get_raw_connection()).driver_connection
        driver.add_termination_listener(lambda _: cut_off.set())
        await driver.add_listener(CHANNEL, lambda _conn, _pid, _channel, what: self._told(what))
        if not await _take(conn, _LIVING, self.number):
            raise OSError(f"another instance has the number {self.number}")  # its session is about to end

    async def _beat(self, conn: Connection) -> None:
        leads = self._leads or (self.candidate and await _take(conn, _LEADING, 1))
        self._become(leads, await living(conn))

    def _become(self, leads: bool, alive: frozenset[int]) -> None:
        if leads != self._leads:
            _log.info("instance.leads" if leads else "instance.follows", extra={"fields": {"instance": self.number}})
        news = leads != self._leads or bool(self._alive - alive)
        self._leads, self._alive = leads, alive
        for event in self._waiting if news else ():
            event.set()


async def living(conn: Connection) -> frozenset[int]:
    """The numbers of all instances that are alive, by the word of the server; none on a store that has one program."""
    if conn.dialect.name != "postgresql":
        return frozenset()
    return frozenset((await conn.execute(sa.select(_LOCKS.c.objid).where(_lock(_LIVING)))).scalars())


async def sessions(conn: Connection) -> tuple[tuple[str, bool], ...]:
    """(name, whether it leads) of all instances that are alive, by name."""
    if conn.dialect.name != "postgresql":
        return ()
    leading = sa.exists().where(_LEADER.c.pid == _LOCKS.c.pid, _lock(_LEADING, _LEADER))
    asked = sa.select(_ACTIVITY.c.application_name, leading).where(_lock(_LIVING), _ACTIVITY.c.pid == _LOCKS.c.pid)
    rows = await conn.execute(asked.order_by(_ACTIVITY.c.application_name))
    return tuple((name.removeprefix("beschlussbote "), leads) for name, leads in rows)


async def _take(conn: Connection, kind: int, number: int) -> bool:
    asked = sa.select(sa.func.pg_try_advisory_lock(sa.cast(kind, sa.Integer), sa.cast(number, sa.Integer)))
    return bool((await conn.execute(asked)).scalar_one())


def _locks(name: str) -> sa.FromClause:
    oid = postgresql.OID
    columns = ("locktype", sa.Text), ("database", oid), ("classid", oid), ("objid", oid), ("objsubid", sa.SmallInteger)
    more = ("pid", sa.Integer), ("granted", sa.Boolean)
    return sa.table("pg_locks", *(sa.column(title, kind) for title, kind in (*columns, *more))).alias(name)


_LOCKS, _LEADER = _locks("locks"), _locks("leader")
_ACTIVITY = sa.table("pg_stat_activity", sa.column("pid", sa.Integer), sa.column("application_name", sa.Text))
_DATABASES = sa.table("pg_database", sa.column("oid", postgresql.OID), sa.column("datname", sa.Text))


def _lock(kind: int, locks: sa.FromClause = _LOCKS) -> sa.ColumnElement[bool]:
    """One of our locks on this database (PostgreSQL documentation, pg_locks: the form with two keys has objsubid 2)."""
    here = sa.select(_DATABASES.c.oid).where(_DATABASES.c.datname == sa.func.current_database()).scalar_subquery()
    ours = (locks.c.locktype == "advisory", locks.c.classid == kind, locks.c.objsubid == 2, locks.c.granted)
    return sa.and_(*ours, locks.c.database == here)
