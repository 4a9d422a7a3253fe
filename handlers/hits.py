"""All that a search finds, for pictures and tables: the same search as everywhere, without pages."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.query_language import Filter, QueryError, parse
from handlers.compiling import compiled, unknown_conference
from handlers.lookup_commands import FindTopic
from handlers.query_problem import explain_query
from handlers.reply import Incoming, Reply
from handlers.services import Services
from handlers.spoken_query import spoken_query
from handlers.topic import find_topic
from storage import search
from storage.resolutions import StoredResolution

MOST = 1000
"""Resolutions in one picture or table: more than any search means, and a bound on what one tap can cost."""


@dataclass(frozen=True, slots=True)
class Hits:
    """`label`: the search in words. `total` counts all, also beyond those that are there."""

    label: str
    found: tuple[StoredResolution, ...]
    total: int


async def hits_of(typed: str, command: str, incoming: Incoming, services: Services) -> Hits | Reply:
    """What the search finds, best first; where it finds nothing or is not understood, the answer that /topic gives."""
    state = services.states.find(typed)
    text = str(Filter("land", state.name)) if state else typed
    request = parse(text, services.values)
    if isinstance(request, QueryError):
        return explain_query(request, typed, command, services)
    async with services.database.read() as conn:
        if wrong := await unknown_conference(conn, text, request, services):
            return explain_query(wrong, typed, command, services)
        query = await compiled(conn, request, services)
        found = await search.find(conn, services.index, query, MOST)
    if not found.items:
        return await find_topic(FindTopic(typed), incoming, services)
    return Hits(spoken_query(typed, services), tuple(hit.stored for hit in found.items), found.total)
