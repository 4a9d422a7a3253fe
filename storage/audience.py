"""How many chats receive what, in numbers that say nothing about a single one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from storage import broadcasts, tables
from storage.database import Connection

_CHATS = tables.chats
_SUBSCRIPTIONS = tables.subscriptions
_LIVE = _SUBSCRIPTIONS.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class Audience:
    """Chats: `active` (those that a word to everybody reaches), `closed` to us, `barred` (without access); `digests`:
    those with a daily time.

    Subscriptions: `immediate` and `collected`, of all of them `free` with words or filters of one's own. `subjects`:
    the topics and Länder that most chats have subscribed to, with their number.
    """

    active: int
    closed: int
    barred: int
    digests: int
    immediate: int
    collected: int
    free: int
    subjects: Sequence[tuple[str, int]]


async def audience(conn: Connection, most: int, others: Collection[str] = ()) -> Audience:
    """`others`: who has access by the settings."""
    barred = _CHATS.c.barred_at.is_not(None)
    return Audience(
        active=len(await broadcasts.recipients(conn, others)),
        closed=await _count(conn, _CHATS, _CHATS.c.state == "paused", ~barred),
        barred=await _count(conn, _CHATS, barred),
        digests=await _count(conn, _CHATS, _CHATS.c.digest_minute.is_not(None), ~barred),
        immediate=await _count(conn, _SUBSCRIPTIONS, _LIVE, _SUBSCRIPTIONS.c.rhythm == "immediate"),
        collected=await _count(conn, _SUBSCRIPTIONS, _LIVE, _SUBSCRIPTIONS.c.rhythm != "immediate"),
        free=await _count(conn, _SUBSCRIPTIONS, _LIVE, ~_from_a_list()),
        subjects=await _subjects(conn, most),
    )


async def _count(conn: Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return (await conn.execute(sa.select(sa.func.count()).select_from(table).where(*where))).scalar_one()


async def _subjects(conn: Connection, most: int) -> list[tuple[str, int]]:
    """What people typed themselves is not among them: it could tell who they are."""
    number = sa.func.count().label("number")
    label = sa.func.min(_SUBSCRIPTIONS.c.label).label("label")
    grouped = sa.select(label, number).where(_LIVE, _from_a_list())
    grouped = grouped.group_by(_SUBSCRIPTIONS.c.kind, _SUBSCRIPTIONS.c.query_key)
    rows = await conn.execute(grouped.order_by(number.desc(), label).limit(most))
    return [(row.label, row.number) for row in rows]


def _from_a_list() -> sa.ColumnElement[bool]:
    """A topic of ours, or a Land."""
    return sa.or_(_SUBSCRIPTIONS.c.kind == "state", _SUBSCRIPTIONS.c.topic.is_not(None))
