"""Fixtures that more than one room's tests use."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.fake_telegram import FakeTelegram
from tests.postgres import Server, binaries, running_server
from tests.publisher import Publisher
from tests.seeds import Seeds, load_seeds


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Bot API server of our own on loopback, strict, with nobody in it yet."""
    async with FakeTelegram.running() as server:
        yield server


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """The real documents with their expected structure."""
    return load_seeds()


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    """A web site of our own on loopback, still empty."""
    async with Publisher.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own. Where none is installed its tests are skipped, but not by CI."""
    programs = binaries()
    if programs is None:
        missing = "PostgreSQL's server programs are not installed: apt install postgresql"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with running_server(programs) as server:
        yield server
