"""Whether a stored subscription still means anything: topics, laws and names come and go in the data."""

from __future__ import annotations

from feeds.query_language import QueryError, parse
from handlers.services import Services
from storage.subscriptions import Subscription


def is_understood(one: Subscription, services: Services) -> bool:
    """False where it names a topic that is no more, or a filter has lost its value."""
    if one.kind != "topic":
        return True
    if one.topic is not None:
        return any(topic.id == one.topic for topic in services.topics)
    read = parse(one.query, services.values)
    return not (isinstance(read, QueryError) and read.kind in ("unknown value", "unknown filter"))
