"""A store filled with the invented documents, made once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
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


async def fill(
    path: Path, documents: Sequence[tuple[str, Reading]], analyser: Analyser, topics: Sequence[Topic]
) -> None:
    """Migrate the database at `path` and take the documents in silently."""
    await upgrade(address(path))
    database = Database.open(address(path))
    try:
        async with database.begin() as conn:
            for place, reading in documents:
                await take_in(conn, Arrival(reading, None, place, NOW, silent=True), analyser, topics)
    finally:
        await database.dispose()


@asynccontextmanager
async def services_on(path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Services]:
    """What the handlers need, on the migrated database at `path`, with the search index beside it."""
    states = States.load()
    database = Database.open(address(path))
    index = SearchIndex(address(path), path.with_suffix(".index"), analyser, topics, states)
    values = FilterValues.load(states, topics)
    yield Services(database, index, analyser, topics, states, values, Languages.load(), "Europe/Berlin")
    await index.close()
    await database.dispose()


@pytest.fixture
async def talk(filled: Path, tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Talk]:
    """A chat on a store with the invented documents."""
    shutil.copy(filled, tmp_path / "store.sqlite")
    async with services_on(tmp_path / "store.sqlite", analyser, topics) as services:
        yield Talk(services)


@pytest.fixture
async def empty_talk(tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Talk]:
    """A chat on a store in which nothing is yet."""
    await upgrade(address(tmp_path / "empty.sqlite"))
    async with services_on(tmp_path / "empty.sqlite", analyser, topics) as services:
        yield Talk(services)
