"""The operator's desk: what stands in the outbox, and what to do about messages that nobody can decide by rule.

The policy for `unknown`: such a message may stand in the chat already, so it is never repeated by itself, and it does
not hold up what comes behind it. A person looks into it and either sends it again (it may then stand there twice) or
drops it (it may then be missing). Until then it stays, and is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage import holds
from storage.database import Connection
from storage.outbox import COLUMNS, UNCLAIMED, OutboxMessage, State, message_of
from storage.tables import chats
from storage.tables import outbox as table

OPEN_STATES: tuple[State, ...] = ("pending", "sending", "unknown", "held")
RESENDABLE: tuple[State, ...] = ("unknown", "rejected")
_MOMENT = dt.timedelta(minutes=1)
DROPPABLE: tuple[State, ...] = ("unknown", "pending", "held")


async def listed(
    conn: Connection, states: Sequence[State], limit: int = 100, chat: str | None = None
) -> tuple[OutboxMessage, ...]:
    """The oldest rows in any of the states, of one chat or of all; of those that have ended the newest."""
    mine = sa.true() if chat is None else table.c.chat == chat
    chosen = sa.select(*COLUMNS).where(table.c.state.in_(states), mine)
    return await _newest_or_oldest(conn, chosen, limit, newest=not set(states) & set(OPEN_STATES) or chat is not None)


async def of_ids(conn: Connection, ids: Sequence[int]) -> tuple[OutboxMessage, ...]:
    """Those of the ids that there are."""
    rows = await conn.execute(sa.select(*COLUMNS).where(table.c.id.in_(ids)).order_by(table.c.id))
    return tuple(message_of(row) for row in rows)


async def oldest(conn: Connection, now: dt.datetime) -> Mapping[str, dt.datetime]:
    """When the oldest row of each state was written; of those that are pending, the oldest that might go.

    What waits for a chat that is closed to us, has no access or wants a pause may wait for months, and is no delay.
    """
    closed = sa.or_(chats.c.state == "paused", chats.c.barred_at.is_not(None), chats.c.paused_until > now)
    shut = sa.exists().where(chats.c.key == table.c.chat, closed)
    mine = sa.or_(table.c.state != "pending", ~shut)
    asked = sa.select(table.c.state, sa.func.min(table.c.created_at)).where(mine).group_by(table.c.state)
    rows = await conn.execute(asked)
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that are put off for one reason: how many, and when the last of them is tried again."""

    reason: str
    count: int
    until: dt.datetime


async def waiting(conn: Connection, now: dt.datetime, most: int = 5) -> tuple[Waiting, ...]:
    """What is put off for longer than a moment, by the reason; those reasons that hold back most."""
    put_off = (table.c.state == "pending", table.c.due_at > now + _MOMENT, table.c.reason.is_not(None))
    count = sa.func.count()
    asked = sa.select(table.c.reason, count, sa.func.max(table.c.due_at)).where(*put_off).group_by(table.c.reason)
    rows = await conn.execute(asked.order_by(count.desc(), table.c.reason).limit(most))
    return tuple(Waiting(row[0], row[1], row[2]) for row in rows)


async def last_sent(conn: Connection) -> dt.datetime | None:
    """When the chat system last accepted a message."""
    asked = sa.select(sa.func.max(table.c.ended_at)).where(table.c.state == "sent")
    found: dt.datetime | None = (await conn.execute(asked)).scalar_one()
    return found


async def resend(conn: Connection, ids: Sequence[int], now: dt.datetime) -> tuple[int, ...]:
    """Put them back where they stood in their chats' queues; the ids of those that could be. What tells of a held
    resolution waits there until it is released."""
    again = {"state": "pending", "due_at": now, "ended_at": None, "made_from": None, "reason": "sent again by hand"}
    done = await _change(conn, ids, RESENDABLE, {**again, **UNCLAIMED})
    await holds.keep_all_back(conn, now)
    return done


async def drop(conn: Connection, ids: Sequence[int], now: dt.datetime) -> tuple[int, ...]:
    """They are not sent any more; the ids of those that could be dropped (not what is under way or has ended)."""
    ended = {"state": "expired", "ended_at": now, "reason": "dropped by hand"}
    return await _change(conn, ids, DROPPABLE, {**ended, **UNCLAIMED})


async def _newest_or_oldest(
    conn: Connection, chosen: sa.Select[Any], limit: int, newest: bool
) -> tuple[OutboxMessage, ...]:
    order = (table.c.turn.desc(), table.c.part.desc()) if newest else (table.c.turn, table.c.part)
    rows = [message_of(row) for row in await conn.execute(chosen.order_by(*order).limit(limit))]
    return tuple(reversed(rows) if newest else rows)


async def _change(
    conn: Connection, ids: Sequence[int], before: Sequence[State], values: Mapping[str, object]
) -> tuple[int, ...]:
    change = sa.update(table).where(table.c.id.in_(ids), table.c.state.in_(before)).values(values)
    return tuple(sorted((await conn.execute(change.returning(table.c.id))).scalars()))
