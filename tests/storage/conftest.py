"""A migrated database for every test: made once, copied for each."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config.states import States
from storage.database import Connection, Database
from storage.migrate import upgrade
from storage.search_index import SearchIndex
from tests.storage.taking import TOPICS, analyser


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema; copy it, do not open it."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    asyncio.run(upgrade(address(path)))
    return path


@pytest.fixture
def url(template: Path, tmp_path: Path) -> str:
    shutil.copy(template, tmp_path / "store.sqlite")
    return address(tmp_path / "store.sqlite")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database.open(url)
    yield opened
    await opened.dispose()


@pytest.fixture
async def index(url: str, tmp_path: Path) -> AsyncIterator[SearchIndex]:
    """The search index of the database. It sees what is committed."""
    made = SearchIndex(url, tmp_path / "index", analyser(), TOPICS, States.load())
    yield made
    await made.close()


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[Connection]:
    """One write transaction around the whole test, for tests that need no second one."""
    async with database.begin() as connection:
        yield connection
