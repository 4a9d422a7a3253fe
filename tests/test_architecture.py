"""The shape of the house, held by reading the source: who imports whom, which library lives where, who asks the time.

`violations` judges one file. Half of the tests feed it the project, the other half bad source, so that a rule that
has stopped catching anything fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage", "feeds", "config")
"""From the top down: a room may import itself and what stands to its right."""

HOMES: dict[str, tuple[str, ...]] = {
    "telegram": ("bot/",),
    "apscheduler": ("bot/scheduler.py",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "aiosqlite": ("storage/",),
    "asyncpg": ("storage/",),
    "feedparser": ("feeds/read_feed.py",),
    "pypdfium2": ("feeds/extract_pdf.py",),
    "aiohttp": ("bot/", "feeds/fetch"),
    "HanTa": ("feeds/words.py",),
    "tantivy": ("storage/",),
    "reportlab": ("bot/demo/", "handlers/files/"),
    "PIL": ("handlers/files/canvas.py",),
    "icalendar": ("handlers/files/calendar_file.py",),
}
"""Where a library may be imported: paths that a file must begin with."""

OUTSIDE_BOT = {"random", "secrets", "uuid"}
"""Modules that make ids or chance; only `bot/` may use them, everywhere else these are arguments."""

CLOCK_CALLS = {"now", "utcnow", "today"}
CLOCK_FUNCTIONS = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "localtime", "gmtime", "urandom"}
LONGEST_FILE = 400


def violations(path: str, source: str) -> list[str]:
    """What the file at `path` (relative to the root, with slashes) does against the rules, one sentence each."""
    tree = ast.parse(source)
    found = [f"{path}: {what}" for what in _everywhere(tree, source)]
    if path.split("/")[0] in ROOMS:
        found += [f"{path}: {what}" for what in (*_imports(path, tree), *_clock(path, tree), *_sql(path, tree))]
    return found


def _everywhere(tree: ast.Module, source: str) -> Iterator[str]:
    if any(name == "mock" or name.startswith("unittest") for name in _imported(tree)):
        yield "uses unittest.mock"
    if (length := len(source.splitlines())) > LONGEST_FILE:
        yield f"has {length} lines, at most {LONGEST_FILE} are right"


def _sql(path: str, tree: ast.Module) -> Iterator[str]:
    """Migrations put names of their own tables together, and nothing else."""
    if not path.startswith("storage/migrations/"):
        yield from (f"puts values into SQL as text (line {line})" for line in _built_sql(tree))


def _built_sql(tree: ast.Module) -> Iterator[int]:
    """Lines where SQL is put together from anything but constants and numbers: values are bound, never written in."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if ast.unparse(node.func) not in ("sa.text", "sqlalchemy.text") and node.func.attr != "exec_driver_sql":
            continue
        if not _is_fixed(node.args[0]):
            yield node.lineno


def _is_fixed(text: ast.expr) -> bool:
    """Written out, a constant by its name, or handed on as a whole."""
    if isinstance(text, ast.JoinedStr):
        return all(_is_constant(part) for part in text.values if isinstance(part, ast.FormattedValue))
    return isinstance(text, (ast.Constant, ast.Name, ast.Subscript))


def _is_constant(part: ast.FormattedValue) -> bool:
    whole_number = part.format_spec is not None and ast.unparse(part.format_spec).endswith("d'")
    return whole_number or (isinstance(part.value, ast.Name) and part.value.id.isupper())


def _imports(path: str, tree: ast.Module) -> Iterator[str]:
    room = path.split("/")[0]
    below = ROOMS[ROOMS.index(room) :]
    for name in _imported(tree):
        top = name.split(".")[0]
        if top in ("tests", "benchmarks") or (top in ROOMS and top not in below):
            yield f"imports {name}; {room} may import {', '.join(below)}"
        if top in HOMES and not path.startswith(HOMES[top]):
            yield f"imports {top}, which belongs in {' or '.join(HOMES[top])}"


def _clock(path: str, tree: ast.Module) -> Iterator[str]:
    if path.startswith("bot/"):
        return
    yield from (f"imports {name}" for name in _imported(tree) if name.split(".")[0] in OUTSIDE_BOT)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "os"):
            yield from (f"asks the clock: {alias.name}" for alias in node.names if alias.name in CLOCK_FUNCTIONS)
        if isinstance(node, ast.Attribute) and _reads_clock(node):
            yield f"asks the clock: {ast.unparse(node)} (line {node.lineno})"


def _reads_clock(node: ast.Attribute) -> bool:
    owner = ast.unparse(node.value).split(".")[-1]
    if node.attr in CLOCK_CALLS:
        return owner in ("datetime", "date", "dt", "clock", "func")
    return node.attr in CLOCK_FUNCTIONS and owner in ("time", "os")


def _imported(tree: ast.Module) -> Iterator[str]:
    """Full names of what is imported, wherever it stands in the file, also by `import_module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def sources() -> list[Path]:
    return sorted(path for room in (*ROOMS, "tests", "benchmarks") for path in (ROOT / room).rglob("*.py"))


def test_the_project_keeps_its_rules() -> None:
    judged = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sources()]
    assert {name.split("/")[0] for name, _ in judged} >= set(ROOMS), "a room was not looked at"
    assert [found for name, text in judged for found in violations(name, text)] == []


def test_every_library_with_a_home_is_used_there() -> None:
    """A rule about a file that was renamed, or a library that went, would hold nothing."""
    used = {
        name.split(".")[0]
        for path in sources()
        if path.relative_to(ROOT).parts[0] in ROOMS
        for name in _imported(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert set(HOMES) - used <= {"aiosqlite", "asyncpg"}  # SQLAlchemy loads them by name


@pytest.mark.parametrize(
    ("path", "source", "says"),
    [
        ("config/x.py", "import feeds.record", "imports feeds.record"),
        ("feeds/x.py", "from storage import database", "imports storage.database"),
        ("storage/x.py", "def f():\n    from handlers.reply import Reply", "imports handlers.reply.Reply"),
        ("handlers/x.py", "import importlib\nimportlib.import_module('bot.app')", "imports bot.app"),
        ("handlers/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bot", "imports bot"),
        ("bot/x.py", "from tests.fake_telegram import Fake", "imports tests.fake_telegram"),
        ("handlers/x.py", "from telegram import Bot", "telegram, which belongs in bot/"),
        ("handlers/x.py", "import sqlalchemy as sa", "sqlalchemy, which belongs in storage/"),
        ("bot/app.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler", "bot/scheduler.py"),
        ("bot/x.py", "from alembic import command", "alembic, which belongs in storage/"),
        ("feeds/read.py", "import feedparser", "feeds/read_feed.py"),
        ("feeds/read.py", "import pypdfium2 as pdfium", "feeds/extract_pdf.py"),
        ("feeds/read_links.py", "import aiohttp", "feeds/fetch"),
        ("storage/x.py", "import datetime as dt\nx = dt.datetime.now(dt.UTC)", "dt.datetime.now"),
        ("handlers/x.py", "from datetime import date\nx = date.today()", "date.today"),
        ("feeds/x.py", "from datetime import datetime\nclock = datetime.utcnow", "datetime.utcnow"),
        ("storage/x.py", "import time\nx = time.time()", "time.time"),
        ("storage/x.py", "import time\nd = dict(default=time.monotonic)", "time.monotonic"),
        ("feeds/x.py", "from time import monotonic", "monotonic"),
        ("storage/x.py", "from storage.database import func\nx = func.now()", "func.now"),
        ("handlers/x.py", "def f(clock):\n    return clock.now()", "clock.now"),
        ("storage/x.py", "from uuid import uuid4", "imports uuid.uuid4"),
        ("feeds/x.py", "import random", "imports random"),
        ("storage/x.py", "import sqlalchemy as sa\nx = sa.text(f'SELECT {name}')", "SQL"),
        ("storage/x.py", "import sqlalchemy as sa\nx = sa.text('SELECT ' + name)", "SQL"),
        ("storage/x.py", "import sqlalchemy as sa\nx = sa.text('SELECT %s' % name)", "SQL"),
        ("storage/x.py", "conn.exec_driver_sql(f'SET x = {name}')", "SQL"),
        ("tests/x.py", "from unittest import mock", "unittest.mock"),
        ("tests/x.py", "import unittest.mock as m", "unittest.mock"),
        ("tests/x.py", "x = 1\n" * 401, "401 lines"),
    ],
)
def test_bad_source_is_caught(path: str, source: str, says: str) -> None:
    found = violations(path, source)
    assert len(found) == 1, found
    assert says in found[0]
    assert found[0].startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/clock.py", "import time\nfrom datetime import datetime\nx = (datetime.now(), time.monotonic())"),
        ("bot/transports/telegram.py", "import telegram\nfrom handlers.reply import Reply"),
        ("storage/x.py", "import sqlalchemy\nfrom feeds.record import Reading\ndef f(now): return now"),
        ("feeds/read_feed.py", "import feedparser\nimport time\ndef f(at: time.struct_time): return at"),
        ("storage/x.py", "import sqlalchemy as sa\nx = sa.text(f'{OPEN} AND n = {n:d}')"),
        ("tests/x.py", "import telegram, sqlalchemy, time\nx = time.time()"),
        ("feeds/x.py", "def f(decision): return decision.now"),
    ],
)
def test_good_source_passes(path: str, source: str) -> None:
    assert violations(path, source) == []
