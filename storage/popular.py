"""Which topics are wanted most, over all chats: only how many, never whose."""

from __future__ import annotations

import sqlalchemy as sa

from storage import tables
from storage.database import Connection


async def topics(conn: Connection, limit: int) -> tuple[str, ...]:
    """The ids of the topics that most chats have subscribed to, most first, of equals by their id."""
    table = tables.subscriptions
    most = sa.func.count(table.c.chat.distinct())
    live = sa.select(table.c.topic).where(table.c.topic.is_not(None), table.c.ended_at.is_(None))
    asked = live.group_by(table.c.topic).order_by(most.desc(), table.c.topic).limit(limit)
    return tuple(await conn.scalars(asked))
