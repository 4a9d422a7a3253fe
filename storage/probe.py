"""Whether the store takes what is written: an empty transaction succeeds on a full disk, too."""

from __future__ import annotations

import sqlalchemy as sa

from storage.database import Database
from storage.tables import shortcuts
from storage.upsert import insert

_ROW = {"token": "~probe", "command": "." * 256 * 1024}
"""More than an answer needs, so that what it says holds for answers."""


async def probe(database: Database) -> None:
    """Write something for real and take it away; the store is not `ill` then. Raises what is wrong with it."""
    async with database.begin() as conn:
        await conn.execute(insert(conn, shortcuts).values(_ROW).on_conflict_do_nothing())
    async with database.begin() as conn:
        await conn.execute(sa.delete(shortcuts).where(shortcuts.c.token == _ROW["token"]))
    database.ill = False
