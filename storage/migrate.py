"""Bring a database to the schema of this version, without any file for the user to keep.

Instances of two versions work side by side on a server while they are replaced one by one, the older on the newer
schema. So migrations only add: tables, indexes, and columns that may be missing in an insert (nullable, or with a
default of the server's). What is not used any more is taken away a version later.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from storage.database import Connection, Database, DatabaseError

_SCRIPTS = Path(__file__).parent / "migrations"

_MIGRATING = 0x62657363680001
"""The key of PostgreSQL's advisory lock; any number that no other program on the same database uses."""


async def upgrade(url: str, revision: str | None = None) -> None:
    """Run all missing migrations (up to a revision) in one transaction; two processes that start together wait for each
    other.

    Where none is missing it waits for nobody: it only looks. Raises `DatabaseError`.
    """
    wanted = revision or newest()
    database = Database.open(url)
    try:
        found = await _revision(database)
        if found == wanted:
            return
        if found is not None and not is_known(found):
            raise DatabaseError(
                f"The database is at revision {found}, which a newer version has made: this one needs {newest()}."
            )
        async with database.begin() as conn:
            await _alone(conn)
            await conn.run_sync(partial(_upgrade, wanted))
    finally:
        await database.dispose()


async def current(url: str) -> str | None:
    """The revision that the database is at; None for an empty one. Raises `DatabaseError`."""
    database = Database.open(url)
    try:
        return await _revision(database)
    finally:
        await database.dispose()


def newest() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError(f"There are no migrations in {_SCRIPTS}.")
    return head


async def _alone(conn: Connection) -> None:
    """Wait for another process that migrates (where the transaction has not done so already)."""
    if conn.dialect.name == "postgresql":
        await conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))


def is_known(revision: str) -> bool:
    """Whether this version can bring a database of that revision to its own."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


async def _revision(database: Database) -> str | None:
    async with database.read() as conn:
        try:
            return await conn.run_sync(_current)
        except DBAPIError as error:  # SQLite looks into a file only when it is asked for something
            raise DatabaseError(f"The database {conn.engine.url.database} cannot be read: {error.orig}") from error


def _config() -> Config:
    config = Config()
    # Alembic reads % as interpolation, so a path that has one must double it.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(revision: str, conn: sa.Connection) -> None:
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, revision)


def _current(conn: sa.Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()
