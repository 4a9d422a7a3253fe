"""A copy of the whole store in one file, taken while it is in use, and the way back.

SQLite copies itself page by page, consistently beside any writer; PostgreSQL's own tools do it for a server
(`server_copy`). The search index is in neither: it is derived, and makes itself anew. A copy is readable by its owner
alone.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from storage import server_copy
from storage.errors import BackupError
from storage.migrate import is_known

__all__ = ["BackupError", "back_up", "restore"]


def back_up(url: str, target: Path) -> None:
    """Copy the store at `url` into the new file `target`; takes as long as the disk does. Raises `BackupError`."""
    if target.exists():
        raise BackupError(f"{target} is there already: name a file that is not, nothing is overwritten")
    if not target.parent.is_dir():
        raise BackupError(f"{target.parent} is no folder: make it first")
    address, unfinished = make_url(url), target.with_name(f".{target.name}.part")
    try:
        if address.get_backend_name() == "sqlite":
            _copy(Path(str(address.database)), unfinished)
        else:
            server_copy.dump(address, unfinished)
        os.chmod(unfinished, 0o600)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(url: str, source: Path) -> str | None:
    """Put the copy `source` in the place of the store at `url`, which nobody may be using.

    Gives the file, or the schema on a server, that now holds what was there; None where nothing was. Raises
    `BackupError`, and then nothing has changed.
    """
    if not source.is_file():
        raise BackupError(f"{source} is no file")
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        kept = _put_back(source, Path(str(address.database)))
        return None if kept is None else str(kept)
    return server_copy.load(address, source)


def _copy(store: Path, target: Path) -> None:
    if not store.is_file():
        raise BackupError(f"the database {store} is not there")
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(store)) as reading, closing(sqlite3.connect(target)) as writing:
            reading.backup(writing, pages=1000)
            # A file of its own, with nothing beside it that could be forgotten when it is moved.
            writing.execute("PRAGMA journal_mode=DELETE")
        _must_be_ours(target)
    except sqlite3.Error as error:
        raise BackupError(f"the database {store} cannot be copied: {error}") from error


def _put_back(source: Path, store: Path) -> Path | None:
    _must_be_ours(source)
    fresh = store.with_name(f".{store.name}.part")
    try:
        _copy(source, fresh)
        kept = _move_away(store)
        fresh.replace(store)
    finally:
        fresh.unlink(missing_ok=True)
    return kept


def _move_away(store: Path) -> Path | None:
    """The old store under another name, and what was not yet written into it with it."""
    if not store.exists():
        return None
    number = next(n for n in range(1, 10_000) if not store.with_name(f"{store.name}.before-restore-{n}").exists())
    kept = store.with_name(f"{store.name}.before-restore-{number}")
    for ending in ("", "-wal", "-shm"):
        file = store.with_name(store.name + ending)
        if file.exists():
            file.replace(kept.with_name(kept.name + ending))
    return kept


def _must_be_ours(file: Path) -> None:
    """Whole, and of a schema that this version knows."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as conn:
            (state,) = conn.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = conn.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    except sqlite3.Error as error:
        raise BackupError(f"{file} is no database of Beschlussbote: {error}") from error
    if state != "ok":
        raise BackupError(f"{file} is damaged: {state}")
    if revision is None or not is_known(revision):
        raise BackupError(f"{file} is of another version (revision {revision}): use the program that made it")
