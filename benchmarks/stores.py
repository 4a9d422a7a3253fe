"""A store for a benchmark: an SQLite file, or with `--postgresql` a server of its own from the machine's programs."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import binaries, running_server


def store_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server that is started for it")


@contextmanager
def fresh_store(postgresql: bool) -> Iterator[tuple[str, Path]]:
    """The address of an empty store, and a folder (which holds it, if it is a file); both go at the end."""
    with tempfile.TemporaryDirectory() as folder:
        if not postgresql:
            yield f"sqlite+aiosqlite:///{Path(folder) / 'benchmark.sqlite'}", Path(folder)
            return
        programs = binaries()
        if programs is None:
            sys.exit("PostgreSQL's server programs are not installed: apt install postgresql")
        with running_server(programs) as server:
            yield server.url(server.create()), Path(folder)
