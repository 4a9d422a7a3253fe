"""Everything that is kept about one chat: shown whole, erased whole.

What belongs to a chat is found by the names of the columns, so a table that comes later is shown, and a test fails as
long as it is not erased.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from storage import channels, chats, tables
from storage.chats import whole
from storage.database import Connection

NAMES = ("chat", "person", "manager")
"""Columns of these names hold the key of a chat."""

PASSING = frozenset({tables.received.name})
"""Tables whose rows are gone in a moment by themselves."""

Rows = Mapping[str, list[dict[str, Any]]]


async def kept(conn: Connection, chat: str) -> Rows:
    """By table, every row that belongs to the chat; tables without one are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, theirs in _places(chat):
        rows = (await conn.execute(sa.select(table).where(theirs))).all()
        if rows:
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


async def erase(conn: Connection, chat: str) -> bool:
    """All of it, with the channels that only this chat manages; False where nothing was kept.

    Updates that wait to be handled stay: the one that asks for this is among them, and each is gone once it is handled.
    """
    if not (await kept(conn, chat)).keys() - PASSING:
        return False
    for channel in await channels.of_manager(conn, chat):
        await channels.disconnect(conn, channel)
    await conn.execute(sa.delete(tables.admissions).where(tables.admissions.c.chat == chat))
    await conn.execute(sa.delete(tables.dialogs).where(tables.dialogs.c.person == chat))
    await chats.forget(conn, chat)
    return True


def _places(chat: str) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """An update that waits to be handled is kept by the chat system's own number, and gone in a moment."""
    transport, _, id = whole(chat).partition(":")
    for table in tables.metadata.sorted_tables:
        if table is tables.received:
            yield table, sa.and_(table.c.transport == transport, table.c.chat == id)
        elif table is tables.admissions:
            yield table, table.c.chat == whole(chat)
        elif table is tables.chats:
            yield table, table.c.key == chat
        elif columns := [table.c[name] for name in NAMES if name in table.c]:
            yield table, sa.or_(*(column == chat for column in columns))
