"""Fixtures that more than one room's tests use."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fake_telegram import FakeTelegram
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
