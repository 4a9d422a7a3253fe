"""Copies of a store on a PostgreSQL server, made and put back by the server's own programs.

What is there when a copy is put back moves into a schema of its own: a copy of an older version knows nothing of newer
tables, so replacing only what it names would leave half of the newer schema standing in its way.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import URL

from storage.errors import BackupError
from storage.migrate import is_known

_KEPT = "before_restore_*"
"""Schemas that hold what was there before a restore; copies leave them out."""

_OURS = frozenset({"alembic_version", "chats", "outbox", "resolutions"})
"""Tables that every version has."""

_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+)", re.MULTILINE)
"""A table in the list of contents (`pg_restore --list`)."""

_REVISION = re.compile(r"^COPY \S*alembic_version \(version_num\) FROM stdin;\n(\S+)\n", re.MULTILINE)

_PSQL = ("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")

_FREE = """
SELECT 'before_restore_' || min(n) FROM generate_series(1, 9999) n WHERE to_regnamespace('before_restore_' || n) IS NULL
"""

# What belongs to something else (a table's own sequence, what an extension brought) moves with that, or stays with it.
_THINGS = """
SELECT format('ALTER TABLE %s SET SCHEMA ', c.oid::regclass) AS move FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
            AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
UNION ALL SELECT format('ALTER ROUTINE %s SET SCHEMA ', p.oid::regprocedure) FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
"""


def dump(address: URL, target: Path) -> None:
    """Copy the store into a new file. Raises `BackupError`."""
    options = ("--format=custom", "--no-owner", f"--exclude-schema={_KEPT}", f"--file={target}")
    _run(("pg_dump", *options, *_where(address)), address)


def load(address: URL, source: Path) -> str | None:
    """Put a copy where the store is, all of it or nothing. Gives the name of the schema that now holds what was there,
    None where nothing was. Raises `BackupError`."""
    _must_be_ours(address, source)
    moves = _ask(address, _THINGS).splitlines()
    kept = _ask(address, _FREE).strip() if moves else None
    aside = (f"CREATE SCHEMA {kept}", *(f"{move} {kept}" for move in moves)) if kept else ()
    _replace(address, source, "".join(f"{one};\n" for one in aside))
    return kept


def _must_be_ours(address: URL, source: Path) -> None:
    """Of a schema that this version knows. (Whether it is whole shows when it is unpacked.)"""
    try:
        listed = _run(("pg_restore", "--list", str(source)), address)
    except BackupError as error:
        raise BackupError(f"{source} is no backup of a PostgreSQL store: {error}") from error
    if not set(_TABLE.findall(listed)) >= _OURS:
        raise BackupError(f"{source} is no backup of Beschlussbote: its tables are not in it")
    data = _run(("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source)), address)
    found = _REVISION.search(data)
    if found is None or not is_known(found[1]):
        made = found[1] if found else None
        raise BackupError(f"{source} is of another version (revision {made}): use the program that made it")


def _replace(address: URL, source: Path, before: str) -> None:
    """In one transaction, after the copy was read to its end."""
    with tempfile.TemporaryDirectory() as folder:  # nobody else may look into it
        aside, script = Path(folder, "aside.sql"), Path(folder, "copy.sql")
        aside.write_text(before, encoding="utf-8")
        _run(("pg_restore", "--no-owner", f"--file={script}", str(source)), address)
        files = (f"--file={aside}", f"--file={script}")
        _run((*_PSQL, "--single-transaction", *files, *_where(address)), address)


def _ask(address: URL, query: str) -> str:
    """The rows of the answer, one a line."""
    return _run((*_PSQL, "-At", f"--command={query}", *_where(address)), address)


def _where(address: URL) -> Sequence[str]:
    """The place without the password, which others could read in the list of processes."""
    host, port = address.host or address.query.get("host"), address.port or address.query.get("port")
    given = {"--host": host, "--port": port, "--username": address.username}
    return (*(f"{name}={value}" for name, value in given.items() if value), f"--dbname={address.database}")


def _run(command: Sequence[str], address: URL) -> str:
    """What it prints."""
    environ = {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}
    try:
        ran = subprocess.run(command, env=environ, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError as error:
        raise BackupError(f"{command[0]} is not there: install PostgreSQL's client tools") from error
    if ran.returncode:
        lines = ran.stderr.strip().splitlines()
        raise BackupError(f"{command[0]} failed: {lines[0] if lines else f'exit code {ran.returncode}'}")
    return ran.stdout
