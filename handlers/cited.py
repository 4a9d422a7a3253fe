"""The stored resolutions that a citation means."""

from __future__ import annotations

from handlers.citation import parse_citation
from handlers.lookup_commands import ShowById, ShowByNumber
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution


async def cited(conn: Connection, text: str) -> tuple[StoredResolution, ...] | None:
    """All that "#17", "5.2" or "20. IntMK TOP 5.2" may mean; None for a text that cites nothing."""
    match parse_citation(text):
        case ShowById(id):
            stored = await resolutions.by_id(conn, id)
            return (stored,) if stored else ()
        case ShowByNumber(number, body, session):
            return await resolutions.by_number(conn, number, body, session)
        case _:
            return None
