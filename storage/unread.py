"""Documents that one instance has fetched and any instance may read: reading is what takes a processor.

A row is claimed by locking it for as long as the reading takes, so a reader that dies gives it back at once. Only for
stores that several programs share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage.database import Connection
from storage.tables import unread as table

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unread:
    """`source`: its address, as the reading is to name it."""

    id: int
    source: str
    body: bytes
    content_type: str | None


async def put(conn: Connection, source: str, body: bytes, content_type: str | None, now: dt.datetime) -> int:
    """Ask for a document to be read; the number under which its answer will be found."""
    row = {"source": source, "body": body, "content_type": content_type, "put_at": now}
    id: int = (await conn.execute(sa.insert(table).values(row).returning(table.c.id))).scalar_one()
    return id


async def claim(conn: Connection) -> Unread | None:
    """The oldest that nobody is reading, until the transaction ends; None where there is none."""
    columns = (table.c.id, table.c.source, table.c.body, table.c.content_type)
    waiting = sa.select(*columns).where(table.c.answer.is_(None)).order_by(table.c.id).limit(1)
    row = (await conn.execute(waiting.with_for_update(skip_locked=True))).first()
    return None if row is None else Unread(**row._mapping)


async def give(conn: Connection, id: int, answer: Answer) -> None:
    """What became of it."""
    await conn.execute(sa.update(table).where(table.c.id == id).values(answer=dict(answer), body=b""))


async def answers(conn: Connection, ids: Collection[int]) -> Mapping[int, Answer | None]:
    """Of those that are still there; None for one that is not read yet."""
    rows = await conn.execute(sa.select(table.c.id, table.c.answer).where(table.c.id.in_(ids)))
    return {row.id: row.answer for row in rows}


async def remove(conn: Connection, ids: Collection[int]) -> None:
    await conn.execute(sa.delete(table).where(table.c.id.in_(ids)))


async def clear(conn: Connection) -> int:
    """Forget what a leader before has asked for and nobody is reading; how many."""
    free = sa.select(table.c.id).with_for_update(skip_locked=True).cte("free")
    forgotten = sa.delete(table).where(table.c.id.in_(sa.select(free.c.id))).returning(table.c.id)
    return len((await conn.execute(forgotten)).all())  # SQLite does not count where a WITH leads
