"""From what was typed to what the store is asked: with topics, and with the abbreviations that documents explain."""

from __future__ import annotations

from feeds.compile_request import compile_request
from feeds.query import Query
from feeds.query_language import QueryError, Request, parse
from handlers.services import Services
from storage import resolutions
from storage.database import Connection

_CONFERENCES = 200


async def compiled(conn: Connection, request: Request, services: Services) -> Query:
    """Never raises; see `Query.problem`."""
    known = await services.index.abbreviations(conn)
    return compile_request(request, services.analyser, services.topics, known)


async def unknown_conference(conn: Connection, typed: str, request: Request, services: Services) -> QueryError | None:
    """What is wrong with a search for a conference that is neither listed nor watched nor stored: it would find
    nothing, and silently."""
    listed = services.values.among(())
    wanted = [one.value for one in request.filters if one.name == "konferenz"]
    if all(listed.find("konferenz", value) for value in wanted):
        return None
    watched = [source.body for source in services.sources if source.body]
    there = services.values.among((*await resolutions.conferences(conn, _CONFERENCES), *watched))
    again = parse(typed, there)
    return again if isinstance(again, QueryError) else None
