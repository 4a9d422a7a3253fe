"""One `run` per embedded database: two would deliver and answer side by side."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process serves this database; the message says what to do."""


@contextmanager
def only_run(database: Path | None) -> Iterator[None]:
    """Hold `<database>.run.lock`; None (a server's database) is not locked. Raises `AlreadyRunning`, `OSError`.

    The lock is the operating system's and ends with the process, however that ends. The file stays: taking it away
    would let a third process lock a new file of that name while a second one holds the old.
    """
    if database is None:
        yield
        return
    file = database.resolve()
    lock = os.open(file.with_name(f"{file.name}.run.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(lock, database)
        yield
    finally:
        os.close(lock)


def _take(lock: int, database: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyRunning(
            f"another 'beschlussbote run' already serves the database {database}: "
            "stop that one, or set BESCHLUSSBOTE_DATABASE_URL to another file"
        ) from error
