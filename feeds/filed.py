"""What is filed under a topic: resolutions that are about it (see `feeds.classify`), or about a topic below it."""

from __future__ import annotations

from collections.abc import Iterable

from config.topics import Topic, below
from feeds.query import Query
from feeds.traits import trait


def filed_traits(topic: str, topics: Iterable[Topic]) -> frozenset[str]:
    """The traits of which a resolution has one. `topic`: an id."""
    return frozenset(trait("topic", one) for one in (topic, *(lower.id for lower in below(topic, topics))))


def filed_under(topic: Topic, topics: Iterable[Topic]) -> Query:
    """The one measure of how much there is on a topic, wherever it is counted."""
    return Query((), None, topic.name, filters=(filed_traits(topic.id, topics),))
