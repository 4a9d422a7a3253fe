"""The stored resolutions that a citation means, and which of them is meant."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.citation import parse_citation
from handlers.lookup_commands import ShowById, ShowByNumber
from handlers.paging import in_rows
from handlers.phrases import shortened
from handlers.render_resolution import short_name
from handlers.reply import Button, Reply, plain
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution

_CHOICES = 10


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


def which(found: Sequence[StoredResolution], command: str, texts: Texts, behind: str = "") -> Reply:
    """Asks which one is meant; tapping it types `command`, the resolution and what stands `behind` it."""
    buttons = [
        Button(shortened(short_name(one, texts), 40), f"{command} #{one.id} {behind}".strip())
        for one in found[:_CHOICES]
    ]
    return Reply((plain(texts("follow.which")),), in_rows(buttons, 1), total=len(found))
