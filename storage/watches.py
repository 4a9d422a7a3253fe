"""Demands that a chat keeps an eye on, and when it is reminded of each.

A row keeps the sentence itself: a later revision of the resolution may number its demands anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields

import sqlalchemy as sa

from storage import chats, outbox, tables
from storage.database import Connection

LIMIT = 200
"""Watched demands per chat: a reading list that is longer is none that anybody works through."""

LEAD_DAYS = 14
"""So long before its deadline one is reminded of a demand, unless one chose otherwise: time enough to ask."""

_TABLE = tables.watches
_CHATS = tables.chats


class WatchLimitError(Exception):
    """The chat watches as many demands as it may; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"A chat may watch at most {limit} demands; remove one first.")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is watched: a demand word for word, with its Ziffer, who is asked, and by when (each None if not told).

    `due_said`: the words for the deadline where they name no day; `due_on` is then the last that can be meant.
    """

    text: str
    item: int | None = None
    addressee: str | None = None
    due_on: dt.date | None = None
    due_said: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """`due_on`, `due_said`: as in `Sentence`. `remind_on`: the local date of the next reminder, None where none is to
    come. `done_at` None: still open.
    """

    id: int
    chat: str
    resolution_id: int
    text: str
    item: int | None
    addressee: str | None
    due_on: dt.date | None
    due_said: str | None
    lead_days: int
    remind_on: dt.date | None
    note: str | None
    done_at: dt.datetime | None
    created_at: dt.datetime


_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Watch))


async def add(
    conn: Connection, chat: str, resolution: int, sentence: Sentence, remind_on: dt.date | None, now: dt.datetime
) -> tuple[Watch, bool]:
    """The watch and whether it is new: the same sentence of a resolution is watched once per chat.

    The chat must exist (`chats.ensure`). Raises `WatchLimitError`.
    """
    await chats.lock(conn, chat)
    key = hashlib.sha256(sentence.text.encode()).hexdigest()[:32]
    same = (_TABLE.c.chat == chat, _TABLE.c.resolution_id == resolution, _TABLE.c.text_key == key)
    if (known := await _one(conn, *same)) is not None:
        return known, False
    if await count(conn, chat) >= LIMIT:
        raise WatchLimitError(LIMIT)
    values = {
        "chat": chat,
        "resolution_id": resolution,
        "text_key": key,
        "text": sentence.text,
        "item": sentence.item,
        "addressee": sentence.addressee,
        "due_on": sentence.due_on,
        "due_said": sentence.due_said,
        "lead_days": LEAD_DAYS,
        "remind_on": remind_on,
        "created_at": now,
    }
    row = await conn.execute(sa.insert(_TABLE).values(values).returning(*_COLUMNS))
    return Watch(**row.one()._mapping), True


async def get(conn: Connection, chat: str, id: int) -> Watch | None:
    """Only if it belongs to that chat."""
    return await _one(conn, _TABLE.c.chat == chat, _TABLE.c.id == id)


async def of_chat(conn: Connection, chat: str) -> tuple[Watch, ...]:
    """Open ones first, of these the next due first, those without a date last; then the done ones, latest first."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.chat == chat))
    return tuple(sorted((Watch(**row._mapping) for row in rows), key=_order))


async def count(conn: Connection, chat: str) -> int:
    counted = sa.select(sa.func.count()).select_from(_TABLE).where(_TABLE.c.chat == chat)
    return (await conn.execute(counted)).scalar_one()


async def change(conn: Connection, chat: str, id: int, **values: object) -> Watch | None:
    """Set columns by name, as in `Watch`; None if that chat has none such."""
    await conn.execute(sa.update(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.id == id).values(values))
    return await get(conn, chat, id)


async def remove(conn: Connection, chat: str, id: int) -> Watch | None:
    """The one that is not watched any more."""
    removed = await get(conn, chat, id)
    if removed is not None:
        await conn.execute(sa.delete(_TABLE).where(_TABLE.c.id == id))
    return removed


async def zones(conn: Connection, latest: dt.date) -> tuple[str, ...]:
    """The time zones of the chats that have a reminder to come until that day."""
    chosen = sa.select(_CHATS.c.timezone).join(_TABLE, _TABLE.c.chat == _CHATS.c.key).where(*_waiting(latest))
    return tuple(await conn.scalars(chosen.distinct().order_by(_CHATS.c.timezone)))


async def due(conn: Connection, zone: str, day: dt.date, limit: int) -> tuple[Watch, ...]:
    """Of the chats in that time zone, what is to be reminded of until that day, the longest overdue first."""
    chosen = sa.select(*_COLUMNS).join(_CHATS, _TABLE.c.chat == _CHATS.c.key)
    order = (_TABLE.c.remind_on, _TABLE.c.id)
    rows = await conn.execute(chosen.where(*_waiting(day), _CHATS.c.timezone == zone).order_by(*order).limit(limit))
    return tuple(Watch(**row._mapping) for row in rows)


async def remind(conn: Connection, one: Watch, again: dt.date | None, now: dt.datetime) -> bool:
    """Write the reminder to the outbox and set the date of the next one (None: none): once for each date."""
    mine = (_TABLE.c.id == one.id, _TABLE.c.remind_on == one.remind_on, _TABLE.c.done_at.is_(None))
    if not (await conn.execute(sa.update(_TABLE).where(*mine).values(remind_on=again))).rowcount:
        return False
    payload = {"watch": one.id, "resolution": one.resolution_id}
    return await outbox.enqueue(conn, one.chat, f"reminder:{one.id}:{one.remind_on}", "reminder", payload, now)


def _waiting(latest: dt.date) -> tuple[sa.ColumnElement[bool], ...]:
    return _TABLE.c.remind_on <= latest, _TABLE.c.done_at.is_(None)


def _order(one: Watch) -> tuple[bool, float, dt.date, int]:
    done = one.done_at is not None
    return done, -one.done_at.timestamp() if one.done_at else 0.0, one.due_on or one.remind_on or dt.date.max, one.id


async def _one(conn: Connection, *where: sa.ColumnElement[bool]) -> Watch | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return None if row is None else Watch(**row._mapping)
