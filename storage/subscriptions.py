"""What a chat wants to hear about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal

import sqlalchemy as sa

from storage import chats, tables
from storage.database import Connection

LIMIT = 50
"""Subscriptions per chat: more than anybody reads, and a bound on what one chat can make the matching cost."""

KEPT = dt.timedelta(days=1)
"""So long an ended subscription can be had back; then nothing is left of it."""

Kind = Literal["topic", "state", "resolution"]
Rhythm = Literal["immediate", "digest", "weekly"]


class SubscriptionLimitError(Exception):
    """The chat has as many subscriptions as it may have; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"A chat may have at most {limit} subscriptions; end one first.")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Subscription:
    """`query` is what was typed (kind topic), the full name of the Land (kind state), or the id of the resolution that
    is followed (kind resolution); `label` says it in words, `name` as the chat calls it.

    `topic`: the id of the topic that the query is, if it is one. `unclear_since`: when the chat was told that it is
    not understood any more.
    """

    id: int
    chat: str
    kind: Kind
    query: str
    label: str
    rhythm: Rhythm
    created_at: dt.datetime
    name: str | None = None
    topic: str | None = None
    paused: bool = False
    paused_until: dt.datetime | None = None
    unclear_since: dt.datetime | None = None

    @property
    def shown(self) -> str:
        return self.name or self.label

    def rests(self, now: dt.datetime) -> bool:
        """Whether it is paused at that moment."""
        return self.paused and (self.paused_until is None or self.paused_until > now)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query that somebody has subscribed to; `key` is what equal ones share, `topic` as in `Subscription`."""

    kind: Kind
    key: str
    query: str
    topic: str | None = None


_KEYS = 500
"""So many queries are asked for in one statement."""

_TABLE = tables.subscriptions
_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Subscription))
_LIVE = _TABLE.c.ended_at.is_(None)


async def add(
    conn: Connection,
    chat: str,
    kind: Kind,
    query: str,
    label: str,
    rhythm: Rhythm,
    now: dt.datetime,
    topic: str | None = None,
) -> tuple[Subscription, bool]:
    """The subscription and whether it is new; the same kind and query (case apart) in one chat is one.

    The chat must exist (`chats.ensure`). Raises `SubscriptionLimitError`.
    """
    key = query_key(query)
    await chats.lock(conn, chat)
    same = (_TABLE.c.chat == chat, _TABLE.c.kind == kind, _TABLE.c.query_key == key)
    known = await _one(conn, _LIVE, *same)
    if known is not None:
        return known, False
    if len(await of_chat(conn, chat)) >= LIMIT:
        raise SubscriptionLimitError(LIMIT)
    # One that was ended a moment ago would be in the way.
    await conn.execute(sa.delete(_TABLE).where(*same))
    told = {"query": query, "query_key": key, "label": label, "rhythm": rhythm, "topic": topic}
    values = {"chat": chat, "kind": kind, "created_at": now, **told}
    row = await conn.execute(sa.insert(_TABLE).values(values).returning(*_COLUMNS))
    return Subscription(**row.one()._mapping), True


async def of_chat(conn: Connection, chat: str) -> tuple[Subscription, ...]:
    """All of a chat, oldest first."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(_LIVE, _TABLE.c.chat == chat).order_by(_TABLE.c.id))
    return tuple(Subscription(**row._mapping) for row in rows)


async def get(conn: Connection, chat: str, id: int) -> Subscription | None:
    """Only if it belongs to that chat."""
    return await _one(conn, _LIVE, _TABLE.c.chat == chat, _TABLE.c.id == id)


async def find(conn: Connection, chat: str, kind: Kind, query: str) -> Subscription | None:
    """The chat's subscription to exactly that."""
    return await _one(conn, _LIVE, _TABLE.c.chat == chat, _TABLE.c.kind == kind, _TABLE.c.query_key == query_key(query))


async def remove(conn: Connection, chat: str, id: int, now: dt.datetime) -> Subscription | None:
    """The one that was ended, to be had back for a while; None if that chat has none such."""
    await purge(conn, now)
    ended = await get(conn, chat, id)
    if ended is not None:
        await conn.execute(sa.update(_TABLE).where(_TABLE.c.id == id).values(ended_at=now))
    return ended


async def restore(conn: Connection, chat: str, id: int) -> Subscription | None:
    """Take back the end of one, as it was; None if there is nothing to be had back. Raises `SubscriptionLimitError`."""
    await chats.lock(conn, chat)
    if await get(conn, chat, id) is None and len(await of_chat(conn, chat)) >= LIMIT:
        raise SubscriptionLimitError(LIMIT)
    mine = sa.update(_TABLE).where(_TABLE.c.chat == chat, _TABLE.c.id == id)
    await conn.execute(mine.values(ended_at=None))
    return await get(conn, chat, id)


async def purge(conn: Connection, now: dt.datetime) -> int:
    """Erase those that were ended so long ago that nobody takes it back; how many."""
    return (await conn.execute(sa.delete(_TABLE).where(_TABLE.c.ended_at <= now - KEPT))).rowcount


async def configure(conn: Connection, chat: str, id: int, **wishes: object) -> Subscription | None:
    """Change columns of one by name, as in `Subscription`; None if that chat has none such."""
    await conn.execute(sa.update(_TABLE).where(_LIVE, _TABLE.c.chat == chat, _TABLE.c.id == id).values(wishes))
    return await get(conn, chat, id)


async def set_rhythm(conn: Connection, chat: str, id: int | None, rhythm: Rhythm) -> int:
    """For one, or with None for all of the chat; how many were found."""
    change = sa.update(_TABLE).where(_LIVE, _TABLE.c.chat == chat).values(rhythm=rhythm)
    if id is not None:
        change = change.where(_TABLE.c.id == id)
    return (await conn.execute(change)).rowcount


async def count(conn: Connection) -> int:
    """Of all chats."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(_TABLE).where(_LIVE))).scalar_one()


async def wanted(conn: Connection) -> tuple[Wanted, ...]:
    """Every distinct query once, however many chats have it."""
    columns = (_TABLE.c.kind, _TABLE.c.query_key, sa.func.min(_TABLE.c.query), sa.func.min(_TABLE.c.topic))
    rows = await conn.execute(sa.select(*columns).where(_LIVE).group_by(_TABLE.c.kind, _TABLE.c.query_key))
    return tuple(Wanted(kind, key, query, topic) for kind, key, query, topic in rows)


async def to_any_of(conn: Connection, queries: Iterable[Wanted], now: dt.datetime) -> tuple[Subscription, ...]:
    """The subscriptions to any of the queries that do not rest, oldest first, of all chats that have access."""
    barred = sa.select(tables.chats.c.key).where(tables.chats.c.barred_at.is_not(None))
    awake = sa.or_(_TABLE.c.paused.is_(False), _TABLE.c.paused_until <= now)
    asked = sa.select(*_COLUMNS).where(_LIVE, awake, _TABLE.c.chat.not_in(barred))
    found: list[Subscription] = []
    for kind, keys in _at_once(queries):
        here = (_TABLE.c.kind == kind, _TABLE.c.query_key.in_(keys))
        found += [Subscription(**row._mapping) for row in await conn.execute(asked.where(*here))]
    return tuple(sorted(found, key=lambda subscription: subscription.id))


def _at_once(queries: Iterable[Wanted]) -> Iterator[tuple[str, list[str]]]:
    """The keys of each kind, as many as one statement may ask for."""
    keys: dict[str, list[str]] = {}
    for query in queries:
        keys.setdefault(query.kind, []).append(query.key)
    for kind, of_kind in keys.items():
        yield from ((kind, of_kind[at : at + _KEYS]) for at in range(0, len(of_kind), _KEYS))


async def doubtful(conn: Connection) -> tuple[Subscription, ...]:
    """Of all chats, those that name a topic or have filters: what can come to mean nothing any more."""
    may_fail = sa.or_(_TABLE.c.topic.is_not(None), _TABLE.c.query.contains(":"), _TABLE.c.unclear_since.is_not(None))
    rows = await conn.execute(sa.select(*_COLUMNS).where(_LIVE, may_fail).order_by(_TABLE.c.id))
    return tuple(Subscription(**row._mapping) for row in rows)


def query_key(query: str) -> str:
    """What two ways of typing the same query share: no case, single blanks."""
    return " ".join(query.split()).casefold()


async def _one(conn: Connection, *where: sa.ColumnElement[bool]) -> Subscription | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return None if row is None else Subscription(**row._mapping)
