"""The stored resolutions that a resolution refers to."""

from __future__ import annotations

from storage import references
from storage.database import Connection
from storage.resolutions import StoredResolution

MOST = 6


async def referred_to(conn: Connection, stored: StoredResolution) -> tuple[StoredResolution, ...]:
    """At most `MOST`, each once, in the order of the text."""
    found: dict[int, StoredResolution] = {}
    for reference in stored.resolution.references:
        for one in await references.meant(conn, reference):
            if one.id != stored.id:
                found.setdefault(one.id, one)
    return tuple(found.values())[:MOST]
