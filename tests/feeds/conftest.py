"""Fixtures for what the rooms' tests know about words. Loading takes a while, so each is built once."""

from __future__ import annotations

import pytest

from config.topics import Topic, load_topics
from feeds.words import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser.load()


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return load_topics()
