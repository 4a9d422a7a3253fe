"""From what was typed to what the store is asked: with topics, and with the abbreviations that documents explain."""

from __future__ import annotations

from feeds.compile_request import compile_request
from feeds.query import Query
from feeds.query_language import Request
from handlers.services import Services
from storage.database import Connection


async def compiled(conn: Connection, request: Request, services: Services) -> Query:
    """Never raises; see `Query.problem`."""
    known = await services.index.abbreviations(conn)
    return compile_request(request, services.analyser, services.topics, known)
