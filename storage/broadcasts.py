"""Words of the administrators to everybody: a draft, then once to each chat through the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields

import sqlalchemy as sa

from storage import outbox, tables
from storage.chats import whole
from storage.database import Connection

_TABLE = tables.broadcasts
_CHATS = tables.chats


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`sent_at` None: a draft. `chats`: to how many it went."""

    id: int
    text: str
    created_at: dt.datetime
    sent_at: dt.datetime | None
    chats: int


_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Broadcast))


async def draft(conn: Connection, text: str, now: dt.datetime) -> Broadcast:
    made = sa.insert(_TABLE).values(text=text, created_at=now, chats=0).returning(*_COLUMNS)
    return Broadcast(**(await conn.execute(made)).one()._mapping)


async def get(conn: Connection, id: int) -> Broadcast | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.id == id))).first()
    return None if row is None else Broadcast(**row._mapping)


async def discard(conn: Connection, id: int) -> bool:
    """Forget a draft; False where there is none such."""
    mine = sa.delete(_TABLE).where(_TABLE.c.id == id, _TABLE.c.sent_at.is_(None))
    return (await conn.execute(mine)).rowcount > 0


async def send(conn: Connection, id: int, now: dt.datetime, others: Collection[str] = ()) -> Broadcast | None:
    """Write it to the outbox for every chat that can be reached; None where that was done before, or is no draft.

    All of it is one transaction with the note that it was sent, so it is neither lost nor sent twice. `others`: who has
    access by the settings.
    """
    mine = (_TABLE.c.id == id, _TABLE.c.sent_at.is_(None))
    text = (await conn.execute(sa.update(_TABLE).where(*mine).values(sent_at=now).returning(_TABLE.c.text))).scalar()
    if text is None:
        return None
    payload = {"say": "broadcast.message", "fields": {"text": text}}
    rows = [outbox.Row(chat, f"broadcast:{id}", "word", payload) for chat in await recipients(conn, others)]
    await outbox.enqueue_all(conn, rows, now)
    await conn.execute(sa.update(_TABLE).where(_TABLE.c.id == id).values(chats=len(rows)))
    return await get(conn, id)


async def recipients(conn: Connection, others: Collection[str] = ()) -> tuple[str, ...]:
    """The chats that are open and have access, also those that have subscribed to nothing; of a forum one place is
    enough. `others`: whole chats that have access by the settings."""
    rows = (await conn.execute(sa.select(_CHATS.c.key, _CHATS.c.state, _CHATS.c.barred_at))).all()
    admitted = (await conn.execute(sa.select(tables.admissions.c.chat))).scalars().all()
    known = {row.key: row.state == "active" and row.barred_at is None for row in rows}
    open_ones = sorted(key for key, is_open in known.items() if is_open)
    unheard = sorted(key for key in {*admitted, *others} if key not in known)
    # In that order a forum comes before its topics.
    first: dict[str, str] = {}
    for key in (*open_ones, *unheard):
        first.setdefault(whole(key), key)
    return tuple(first.values())
