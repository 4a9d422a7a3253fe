"""Of whom something is demanded."""

from __future__ import annotations

import sqlalchemy as sa

from storage import tables
from storage.database import Connection

_TABLE = tables.demands


async def addressees(conn: Connection) -> tuple[tuple[str, int], ...]:
    """(name, in how many resolutions), most often asked first."""
    times = sa.func.count(_TABLE.c.resolution_id.distinct())
    named = sa.select(_TABLE.c.addressee, times).where(_TABLE.c.addressee.is_not(None))
    rows = await conn.execute(named.group_by(_TABLE.c.addressee).order_by(times.desc(), _TABLE.c.addressee))
    return tuple((name, count) for name, count in rows)
