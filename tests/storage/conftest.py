"""A migrated database for every test: made once, copied for each."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from config.states import States
from storage.database import Connection, Database
from storage.migrate import upgrade
from storage.search_index import SearchIndex
from tests.postgres import Server
from tests.storage.taking import TOPICS, analyser

STORES = ("sqlite", "postgresql")


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of the newest schema; copy it, do not open it."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    asyncio.run(upgrade(address(path)))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """The same on PostgreSQL."""
    return postgres.template(upgrade)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a database runs on each kind of store."""
    kind: str = request.param
    return kind


@pytest.fixture
def url(store: str, request: pytest.FixtureRequest) -> str:
    """A fresh database of the newest schema."""
    made: str = request.getfixturevalue(f"{store}_url")
    return made


@pytest.fixture
def empty_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database in which nothing is, not even a schema."""
    if store == "sqlite":
        yield address(tmp_path / "empty.sqlite")
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as name:
        yield server.url(name)


@pytest.fixture
def postgresql_url(postgres: Server, postgres_template: str) -> Iterator[str]:
    """A fresh database on the server, for what other stores do not have."""
    with postgres.lent(postgres_template) as name:
        yield postgres.url(name)


@pytest.fixture
def sqlite_url(template: Path, tmp_path: Path) -> str:
    """A fresh SQLite file, for what other stores do not have."""
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
