"""What a chat wants to hear about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.tables import chats

LIMIT = 50
"""Subscriptions per chat."""

Kind = Literal["topic", "state"]
Rhythm = Literal["immediate", "digest"]


class SubscriptionLimitError(Exception):
    """The chat has as many subscriptions as it may have; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"A chat may have at most {limit} subscriptions; end one first.")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Subscription:
    """`query` is what was typed (kind topic) or the full name of the Land (kind state); `label` is shown."""

    id: int
    chat: str
    kind: Kind
    query: str
    label: str
    rhythm: Rhythm
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query that at least one chat has subscribed to; `key` is what equal ones share."""

    kind: Kind
    key: str
    query: str


_TABLE = tables.subscriptions
_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Subscription))


async def add(
    conn: Connection, chat: str, kind: Kind, query: str, label: str, rhythm: Rhythm, now: dt.datetime
) -> tuple[Subscription, bool]:
    """The subscription and whether it is new; the same kind and query (case apart) in one chat is one.

    The chat must exist (`chats.ensure`). Raises `SubscriptionLimitError`.
    """
    key = query_key(query)
    await _lock(conn, chat)
    known = await _one(conn, _TABLE.c.chat == chat, _TABLE.c.kind == kind, _TABLE.c.query_key == key)
    if known is not None:
        return known, False
    if len(await of_chat(conn, chat)) >= LIMIT:
        raise SubscriptionLimitError(LIMIT)
    told = {"query": query, "query_key": key, "label": label, "rhythm": rhythm}
    values = {"chat": chat, "kind": kind, "created_at": now, **told}
    row = await conn.execute(sa.insert(_TABLE).values(values).returning(*_COLUMNS))
    return Subscription(**row.one()._mapping), True


async def of_chat(conn: Connection, chat: str) -> tuple[Subscription, ...]:
    """All of a chat, oldest first."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.chat == chat).order_by(_TABLE.c.id))
    return tuple(Subscription(**row._mapping) for row in rows)


async def get(conn: Connection, chat: str, id: int) -> Subscription | None:
    """Only if it belongs to that chat."""
    return await _one(conn, _TABLE.c.chat == chat, _TABLE.c.id == id)


async def remove(conn: Connection, chat: str, id: int) -> Subscription | None:
    """The one that was ended; None if that chat has none such."""
    ended = sa.delete(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.id == id).returning(*_COLUMNS)
    row = (await conn.execute(ended)).first()
    return None if row is None else Subscription(**row._mapping)


async def set_rhythm(conn: Connection, chat: str, id: int | None, rhythm: Rhythm) -> int:
    """For one, or with None for all of the chat; how many were found."""
    change = sa.update(_TABLE).where(_TABLE.c.chat == chat).values(rhythm=rhythm)
    if id is not None:
        change = change.where(_TABLE.c.id == id)
    return (await conn.execute(change)).rowcount


async def count(conn: Connection) -> int:
    """Of all chats."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(_TABLE))).scalar_one()


async def wanted(conn: Connection) -> tuple[Wanted, ...]:
    """Every distinct query once, however many chats have it."""
    columns = (_TABLE.c.kind, _TABLE.c.query_key, sa.func.min(_TABLE.c.query))
    rows = await conn.execute(sa.select(*columns).group_by(_TABLE.c.kind, _TABLE.c.query_key))
    return tuple(Wanted(kind, key, query) for kind, key, query in rows)


async def to_any_of(conn: Connection, queries: Iterable[Wanted]) -> tuple[Subscription, ...]:
    """The subscriptions to any of the queries, oldest first, of all chats."""
    found: list[Subscription] = []
    for query in queries:
        here = (_TABLE.c.kind == query.kind, _TABLE.c.query_key == query.key)
        found += [Subscription(**row._mapping) for row in await conn.execute(sa.select(*_COLUMNS).where(*here))]
    return tuple(sorted(found, key=lambda subscription: subscription.id))


def query_key(query: str) -> str:
    """What two ways of typing the same query share: no case, single blanks."""
    return " ".join(query.split()).casefold()


async def _lock(conn: Connection, chat: str) -> None:
    """Two messages of one chat that are answered at the same time wait for each other."""
    await conn.execute(sa.select(chats.c.key).where(chats.c.key == chat).with_for_update(key_share=True))


async def _one(conn: Connection, *where: sa.ColumnElement[bool]) -> Subscription | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return None if row is None else Subscription(**row._mapping)
