"""Which topics are wanted most, over all chats: only how many, never whose."""

from __future__ import annotations

import sqlalchemy as sa

from storage import tables
from storage.database import Connection


async def topics(conn: Connection, limit: int) -> tuple[str, ...]:
    """The ids of the topics that most chats have subscribed to, most first, of equals by their id."""
    column = tables.subscriptions.c.topic
    most = sa.func.count(tables.subscriptions.c.chat.distinct())
    asked = sa.select(column).where(column.is_not(None)).group_by(column).order_by(most.desc(), column).limit(limit)
    return tuple(await conn.scalars(asked))
