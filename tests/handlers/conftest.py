"""A store filled with the invented documents, made once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from config.states import States
from config.texts import Languages
from config.topics import Topic, load_topics
from feeds.filter_values import FilterValues
from feeds.record import Reading
from feeds.words import Analyser
from handlers.services import Services
from storage.database import Database
from storage.intake import Arrival, take_in
from storage.migrate import upgrade
from storage.search_index import SearchIndex
from tests.handlers.samples import NOW, Talk, readings
from tests.postgres import Server


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser.load()


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return load_topics()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser, topics: Sequence[Topic]) -> Path:
    """A database with the invented documents; copy it, do not open it."""
    path = tmp_path_factory.mktemp("handlers") / "filled.sqlite"
    asyncio.run(fill(path, readings(), analyser, topics))
    return path


@pytest.fixture(scope="session")
def filled_on_server(postgres: Server, analyser: Analyser, topics: Sequence[Topic]) -> str:
    """The same on PostgreSQL."""
    return postgres.template(lambda url: fill_store(url, readings(), analyser, topics))


async def fill(
    path: Path, documents: Sequence[tuple[str, Reading]], analyser: Analyser, topics: Sequence[Topic]
) -> None:
    """Migrate the database at `path` and take the documents in silently."""
    await fill_store(address(path), documents, analyser, topics)


async def fill_store(
    url: str, documents: Sequence[tuple[str, Reading]], analyser: Analyser, topics: Sequence[Topic]
) -> None:
    """As `fill`, on any store."""
    await upgrade(url)
    database = Database.open(url)
    try:
        async with database.begin() as conn:
            for place, reading in documents:
                await take_in(conn, Arrival(reading, None, place, NOW, silent=True), analyser, topics)
    finally:
        await database.dispose()


def services_on(path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AbstractAsyncContextManager[Services]:
    """What the handlers need, on the migrated database at `path`, with the search index beside it."""
    return services_at(address(path), path.with_suffix(".index"), analyser, topics)


@asynccontextmanager
async def services_at(
    url: str, index_folder: Path, analyser: Analyser, topics: Sequence[Topic]
) -> AsyncIterator[Services]:
    """As `services_on`, on any store."""
    states = States.load()
    database = Database.open(url)
    index = SearchIndex(url, index_folder, analyser, topics, states)
    values = FilterValues.load(states, topics)
    yield Services(database, index, analyser, topics, states, values, Languages.load(), "Europe/Berlin")
    await index.close()
    await database.dispose()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Where the answers hang on what SQL finds, and in which order, a module says `ON_EVERY_STORE = True`."""
    if "store" in metafunc.fixturenames and getattr(metafunc.module, "ON_EVERY_STORE", False):
        metafunc.parametrize("store", ("sqlite", "postgresql"), indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    kind: str = getattr(request, "param", "sqlite")
    return kind


@pytest.fixture
def sqlite_copy(filled: Path, tmp_path: Path) -> str:
    shutil.copy(filled, tmp_path / "store.sqlite")
    return address(tmp_path / "store.sqlite")


@pytest.fixture
def postgresql_copy(postgres: Server, filled_on_server: str) -> Iterator[str]:
    with postgres.copied(filled_on_server) as name:
        yield postgres.url(name)


@pytest.fixture
def filled_url(store: str, request: pytest.FixtureRequest) -> str:
    """A store of its own with the invented documents."""
    url: str = request.getfixturevalue(f"{store}_copy")
    return url


@pytest.fixture
async def talk(filled_url: str, tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Talk]:
    """A chat on a store with the invented documents."""
    async with services_at(filled_url, tmp_path / "store.index", analyser, topics) as services:
        yield Talk(services)


@pytest.fixture
async def empty_talk(tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Talk]:
    """A chat on a store in which nothing is yet."""
    await upgrade(address(tmp_path / "empty.sqlite"))
    async with services_on(tmp_path / "empty.sqlite", analyser, topics) as services:
        yield Talk(services)
