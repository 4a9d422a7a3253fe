"""What somebody typed as a query: with the topics, and with the abbreviations that the documents explain."""

from __future__ import annotations

from feeds.query import Query, compile_query
from handlers.services import Services
from storage.database import Connection


async def understood(conn: Connection, text: str, services: Services) -> Query:
    """Never raises because of the text; see `Query.problem`."""
    known = await services.index.abbreviations(conn)
    return compile_query(text, services.analyser, services.topics, known)
