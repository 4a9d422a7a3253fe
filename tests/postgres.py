"""A real PostgreSQL server for the tests: of the programs on this machine, in a folder of its own, gone at the end.

It speaks on a socket in that folder, to everybody, and on loopback, to those who know the password. Nothing is written
through to the disk. Copying a database takes many times longer than most tests, so one that a test is done with is
emptied and used again, if it still has the shape that it came in.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypedDict

import asyncpg

PASSWORD = "geheim-und-lang"
USER = "tester"

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "timezone": "America/New_York",  # none of the program's business: it keeps moments
}


_SHAPE = """
SELECT md5(string_agg(row(c.relname, c.relkind, a.attname, a.atttypid, a.attcollation, a.attnotnull)::text, '' ORDER BY
    c.relname, a.attnum)) || (SELECT version_num FROM alembic_version)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
"""
_EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE name text; filled boolean; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename != 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$;
INSERT INTO last_change VALUES (1, 0, '');
"""


@dataclass
class Server:
    """A running server. `folder` holds its socket; `port` is also the number of the socket."""

    folder: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=count)
    _idle: dict[str, list[str]] = field(default_factory=dict)
    _shapes: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://{USER}@/{name}?host={self.folder}&port={self.port}"

    def over_tcp(self, name: str, password: str = PASSWORD, port: int | None = None) -> str:
        return f"postgresql://{USER}:{password}@127.0.0.1:{port or self.port}/{name}"

    def create(self, template: str | None = None) -> str:
        """A new database, empty or as the template is; its name."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""))
        return name

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The name of a new and wholly empty database; it goes at the end, also when somebody is still connected."""
        name = self.create()
        yield name
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def copied(self, template: str) -> Iterator[str]:
        """The name of a copy of a filled database; it goes at the end."""
        name = self.create(template)
        yield name
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """The name of a database of the newest schema without any data, `template` being another such."""
        idle = self._idle.setdefault(template, [])
        name = idle.pop() if idle else self.create(template)
        yield name
        if asyncio.run(self._emptied(name, template)):
            idle.append(name)
        else:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, name: str, template: str) -> bool:
        """Whether it could be: not if its shape was changed."""
        async with self._connected(name) as conn:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid != $2"
            await conn.execute(others, name, conn.get_server_pid())
            if await conn.fetchval(_SHAPE) != await self._shape(template):
                return False
            await conn.execute(_EMPTY)
            return True

    async def _shape(self, template: str) -> str:
        if template not in self._shapes:
            async with self._connected(template) as conn:
                self._shapes[template] = await conn.fetchval(_SHAPE)
        return self._shapes[template]

    def run(self, statement: str, database: str = "postgres") -> None:
        """For fixtures: not inside an event loop."""
        asyncio.run(self._run(statement, database))

    async def _run(self, statement: str, database: str) -> None:
        async with self._connected(database) as conn:
            await conn.execute(statement)

    @asynccontextmanager
    async def _connected(self, database: str) -> AsyncIterator[asyncpg.Connection]:
        conn = await asyncpg.connect(host=str(self.folder), port=self.port, user=USER, database=database)
        try:
            yield conn
        finally:
            await conn.close()

    def template(self, fill: Callable[[str], Coroutine[Any, Any, None]]) -> str:
        """A database that `fill` has filled, given its address; to be copied, not opened."""
        name = self.create()
        asyncio.run(fill(self.url(name)))
        return name


def binaries() -> Path | None:
    """The folder of the server's programs: where `initdb` is found, or the newest of Debian's."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="bspg-"))
    try:
        _owned(folder)
        server = Server(folder, _free_port())
        _make(programs, folder)
        with _started(programs, server):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(programs: Path, folder: Path) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    _owned(secret)
    order = ("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}", "--no-sync", "--locale=C.UTF-8")
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", USER, "-E", "UTF8", *order]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **_as_somebody())
    lines = [f"{name} = '{value}'" for name, value in _SETTINGS.items()]
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join((*lines, f"unix_socket_directories = '{folder}'", "")))


@contextmanager
def _started(programs: Path, server: Server) -> Iterator[None]:
    command = [str(programs / "postgres"), "-D", str(server.folder / "data"), "-p", str(server.port)]
    with (server.folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=server.folder, preexec_fn=_end_with_parent, **_as_somebody()
        )
    try:
        _wait(programs, server, process)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _wait(programs: Path, server: Server, process: subprocess.Popen[bytes]) -> None:
    ready = [str(programs / "pg_isready"), "-q", "-t", "1", "-h", str(server.folder), "-p", str(server.port)]
    while subprocess.run(ready, check=False).returncode:
        if process.poll() is not None:
            raise RuntimeError((server.folder / "log").read_text(encoding="utf-8"))


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _as_somebody() -> _Identity:
    """The server refuses to run as root."""
    if os.geteuid():
        return {}
    user = _unprivileged()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _owned(path: Path) -> None:
    if not os.geteuid():
        os.chown(path, _unprivileged().pw_uid, _unprivileged().pw_gid)


def _end_with_parent() -> None:
    """If the tests are killed, so is the server (prctl, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
