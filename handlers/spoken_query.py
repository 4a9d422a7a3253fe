"""A search as it is shown to people: topics by their names, phrases in quotation marks of the language."""

from __future__ import annotations

from dataclasses import replace

from feeds.filter_values import AsWritten
from feeds.query_language import Filter, QueryError, parse
from handlers.phrases import readable
from handlers.services import Services


def spoken_query(typed: str, services: Services) -> str:
    """To stand between quotation marks, in the language of the chat."""
    return readable(with_topic_names(typed, services), services.texts)


def with_topic_names(typed: str, services: Services) -> str:
    """With the names of topics in the place of their ids, in every language the same."""
    request = parse(typed, AsWritten()) if ":" in typed else None
    if request is None or isinstance(request, QueryError):
        return typed
    named = replace(request, filters=tuple(_named(one, services) for one in request.filters))
    return str(named) if named != request else typed


def _named(one: Filter, services: Services) -> Filter:
    """With the name of a topic in the place of its id."""
    names = (topic.name for topic in services.topics if one.name == "thema" and topic.id == one.value)
    return replace(one, value=next(names, one.value))
