"""Messages on their way, and the promise of delivery: none lost, none blindly repeated.

    pending ──claim──▶ pending (leased) ──begin_sending──▶ sending ──▶ sent | rejected | unknown
       ▲                    │ lease ended: free again         │ lease ended: unknown (`recover`)
       └──── postpone ──────┴──────────── postpone ───────────┘

`begin_sending` is committed before the first byte leaves. So a crash leaves either a row that certainly was not sent
(free again) or one that may have been (unknown, for a person to decide: see `storage.outbox_desk`).

Beside the way stand `expired` (told in another message, or dropped by the operator) and `held` (an operator holds back
what it tells of); neither is in its chat's way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

import sqlalchemy as sa

from storage.database import Connection
from storage.tables import OPEN, chats, outbox_turn
from storage.tables import outbox as table
from storage.upsert import insert

Kind = Literal["notice", "digest", "text", "reminder", "unclear", "word"]
State = Literal["pending", "sending", "sent", "unknown", "rejected", "expired", "held"]
Payload = Mapping[str, Any]
ANSWER, NOTICE, DIGEST = range(3)
"""Priorities: a person who waits, then news, then what is read once a day."""
QUIET_HOURS = "the chat's quiet hours"
"""The reason of what waits for their end."""

ABOUT_ACCESS = "access:"
"""How the events begin of which a chat without access is told; of nothing else."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One row; (chat, event, revision, part) is unique. `part` counts from 1."""

    id: int
    chat: str
    event: str
    revision: int
    part: int
    kind: Kind
    payload: Payload
    state: State
    attempts: int
    claimed_until: dt.datetime | None
    created_at: dt.datetime
    reason: str | None
    due_at: dt.datetime
    message_id: str | None
    about: str | None = None
    priority: int = NOTICE
    ended_at: dt.datetime | None = None

    @property
    def resolutions(self) -> tuple[int, ...]:
        """The ids of the resolutions that it tells of."""
        return tuple(int(id) for id in (self.about or "").strip("|").split("|") if id)


COLUMNS = tuple(table.c[field.name] for field in fields(OutboxMessage))


async def enqueue(
    conn: Connection,
    chat: str,
    event: str,
    kind: Kind,
    payload: Payload,
    now: dt.datetime,
    revision: int = 1,
    part: int = 1,
) -> bool:
    """Put a message at the end of its chat's queue; False (and no change) when that very one was enqueued before."""
    place = {"kind": kind, "turn": next_turn(conn), "due_at": now, "about": about(payload)}
    row = _fresh(chat, event, revision, part, payload, now) | place
    statement = insert(conn, table).values(row).on_conflict_do_nothing().returning(table.c.id)
    return (await conn.execute(statement)).first() is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One of many messages to enqueue."""

    chat: str
    event: str
    kind: Kind
    payload: Payload


async def enqueue_all(conn: Connection, rows: Sequence[Row], now: dt.datetime) -> None:
    """As `enqueue`, in the order given, for many at once."""
    if not rows:
        return
    values = [
        _fresh(row.chat, row.event, 1, 1, row.payload, now)
        | {"kind": row.kind, "due_at": now, "about": about(row.payload)}
        for row in rows
    ]
    await conn.execute(insert(conn, table).values(turn=next_turn(conn)).on_conflict_do_nothing(), values)


def next_turn(conn: Connection) -> sa.ColumnElement[int]:
    """The place behind all others, for use in a statement; no two messages that are enqueued get the same one."""
    if conn.dialect.supports_sequences:
        return outbox_turn.next_value()
    return sa.select(sa.func.coalesce(sa.func.max(table.c.turn), 0) + 1).scalar_subquery()


async def claim(
    conn: Connection, now: dt.datetime, lease: dt.timedelta, limit: int, gathering: dt.datetime | None = None
) -> tuple[OutboxMessage, ...]:
    """Lease up to `limit` messages that are due, the most urgent first and of those the oldest: of each chat only its
    first open one, and its first open answer before all others.

    Chats that are closed are passed over; what is no answer also for chats that want a pause or have no access, and
    notices made at the moment `gathering` or later: more of their kind may be on their way.
    """
    # A common table expression, so that it is evaluated once: a subquery might be again for each row.
    free = _claimable(now, limit, gathering).cte("free")
    leasing = sa.update(table).where(table.c.id.in_(sa.select(free.c.id))).values(claimed_until=now + lease)
    rows = (await conn.execute(leasing.returning(*COLUMNS, table.c.turn))).all()
    # The order of RETURNING is not promised by any store.
    return tuple(message_of(row) for row in sorted(rows, key=lambda row: (row.priority, row.turn, row.part)))


async def begin_sending(conn: Connection, id: int, now: dt.datetime, lease: dt.timedelta | None = None) -> bool:
    """From here on the message may have been sent. Commit before the request goes out, and send only on True.

    False: the lease has ended, or somebody else has the row. A `lease` begins anew: the time the request may take.
    """
    until = table.c.claimed_until if lease is None else now + lease
    leased = (table.c.id == id, table.c.state == "pending", table.c.claimed_until > now)
    begun = sa.update(table).where(*leased).values(state="sending", attempts=table.c.attempts + 1, claimed_until=until)
    return (await conn.execute(begun)).rowcount > 0


async def mark_sent(conn: Connection, id: int, message_id: str | int | None, now: dt.datetime) -> bool:
    """The chat system has accepted it. A late answer also settles a row that had become unknown."""
    seen = None if message_id is None else str(message_id)
    return await _end(conn, id, "sent", now, ("sending", "unknown"), message_id=seen, reason=None)


async def mark_rejected(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """It has been refused for good."""
    return await _end(conn, id, "rejected", now, ("pending", "sending", "unknown"), reason=reason)


async def mark_unknown(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """Nobody can say whether it arrived; it is not sent again by itself."""
    return await _end(conn, id, "unknown", now, ("sending",), reason=reason)


async def mark_expired(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """It waited too long to be of use."""
    return await _end(conn, id, "expired", now, ("pending",), reason=reason)


async def postpone(conn: Connection, id: int, until: dt.datetime, reason: str) -> bool:
    """It certainly was not sent; try again at `until`. It keeps its place in its chat's queue."""
    later = {"state": "pending", "due_at": until, "claimed_until": None, "ended_at": None, "reason": reason}
    return await _change(conn, id, ("pending", "sending", "unknown"), later)


async def end_quiet(conn: Connection, chat: str, now: dt.datetime) -> int:
    """The chat's quiet hours were changed: what waited for their end is looked at again; how many."""
    waiting = (table.c.chat == chat, table.c.state == "pending", table.c.reason == QUIET_HOURS)
    return (await conn.execute(sa.update(table).where(*waiting).values(due_at=now))).rowcount


async def reform(conn: Connection, id: int, payload: Payload, now: dt.datetime, reason: str) -> bool:
    """It was refused for its form only: due again at once, in another."""
    kept = {key: value for key, value in payload.items() if key != "silent"}
    again = {"state": "pending", "claimed_until": None, "ended_at": None, "due_at": now, "reason": reason}
    return await _change(conn, id, ("sending", "unknown"), again | {"payload": kept})


async def release(conn: Connection, id: int) -> bool:
    """Give a claimed message back that was not begun."""
    return await _change(conn, id, ("pending",), {"claimed_until": None})


async def recover(conn: Connection, now: dt.datetime) -> int:
    """After a crash: `sending` rows whose lease ended become `unknown`; how many. Claimed ones free themselves."""
    lost = (table.c.state == "sending", table.c.claimed_until <= now)
    unknown = {"state": "unknown", "ended_at": now, "reason": "interrupted while sending"}
    return (await conn.execute(sa.update(table).where(*lost).values(unknown))).rowcount


async def take_over(conn: Connection, now: dt.datetime) -> int:
    """What the deliverer before has claimed is free, and what it was sending is unknown; how many of the latter.

    For the one that delivers from now on, where the one before cannot begin anything any more. If it is only cut off,
    the answer to what it had begun still settles that.
    """
    claimed = _unlocked(table.c.state == "pending", table.c.claimed_until.is_not(None))
    await conn.execute(sa.update(table).where(table.c.id.in_(claimed)).values(claimed_until=None))
    unknown = {"state": "unknown", "ended_at": now, "reason": "interrupted while sending"}
    sending = _unlocked(table.c.state == "sending")
    lost = sa.update(table).where(table.c.id.in_(sending)).values(unknown).returning(table.c.id)
    return len((await conn.execute(lost)).all())  # SQLite does not count where a WITH leads


async def fix_parts(conn: Connection, id: int, payloads: Sequence[Payload]) -> OutboxMessage | None:
    """A claimed notice or digest, once composed, becomes text: part 1 of n in its row, the others behind it.

    Returns the row as it is now; None if it is not pending any more or was fixed before.
    """
    if not payloads:
        raise ValueError("a message needs at least one part")
    fixable = (table.c.id == id, table.c.state == "pending", table.c.kind != "text")
    fixed = sa.update(table).where(*fixable).values(kind="text", payload=dict(payloads[0]))
    row = (await conn.execute(fixed.returning(*COLUMNS, table.c.turn))).first()
    if row is None:
        return None
    first = message_of(row)
    if len(payloads) > 1:
        await conn.execute(sa.insert(table), _later_parts(first, row.turn, payloads[1:]))
    return first


async def counts(conn: Connection) -> Mapping[str, int]:
    """How many rows are in each state (all states named, also with 0)."""
    rows = await conn.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
    return dict.fromkeys(get_args(State), 0) | {row[0]: row[1] for row in rows}


async def in_state(conn: Connection, state: State, limit: int = 100) -> tuple[OutboxMessage, ...]:
    """The oldest rows of a state, for the operator."""
    chosen = sa.select(*COLUMNS).where(table.c.state == state)
    rows = await conn.execute(chosen.order_by(table.c.turn, table.c.part).limit(limit))
    return tuple(message_of(row) for row in rows)


def _unlocked(*where: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """What the one before has locked and stands still over frees itself later, when its lease ends."""
    free = sa.select(table.c.id).where(*where).with_for_update(skip_locked=True).cte("free")
    return sa.select(free.c.id)


def _claimable(now: dt.datetime, limit: int, gathering: dt.datetime | None) -> sa.Select[tuple[int]]:
    mine, older = table.alias("mine"), table.alias("older")
    earlier = sa.tuple_(older.c.turn, older.c.part) < sa.tuple_(mine.c.turn, mine.c.part)
    ahead = sa.or_(mine.c.priority != ANSWER, older.c.priority == ANSWER)
    # Written out, not bound: SQLite takes the partial index only for the very words it was made with.
    first_waits = sa.exists().where(older.c.chat == mine.c.chat, sa.text(f"older.{OPEN}"), earlier, ahead)
    barred = sa.and_(chats.c.barred_at.is_not(None), ~mine.c.event.startswith(ABOUT_ACCESS))
    waits = sa.and_(sa.or_(chats.c.paused_until > now, barred), mine.c.priority != ANSWER)
    paused = sa.or_(chats.c.state == "paused", waits)
    fresh = sa.false() if gathering is None else sa.and_(mine.c.kind == "notice", mine.c.created_at >= gathering)
    return (
        sa.select(mine.c.id)
        .where(mine.c.state == "pending", mine.c.due_at <= now, ~fresh)
        .where(sa.or_(mine.c.claimed_until.is_(None), mine.c.claimed_until <= now))
        .where(~sa.exists().where(chats.c.key == mine.c.chat, paused), ~first_waits)
        .order_by(mine.c.priority, mine.c.turn, mine.c.part)
        .limit(limit)
        .with_for_update(skip_locked=True, of=mine)
    )


def _later_parts(first: OutboxMessage, turn: int, payloads: Sequence[Payload]) -> list[dict[str, Any]]:
    place = {"kind": "text", "turn": turn, "due_at": first.due_at, "about": first.about}
    return [
        _fresh(first.chat, first.event, first.revision, first.part + after, payload, first.created_at) | place
        for after, payload in enumerate(payloads, 1)
    ]


def _fresh(
    chat: str, event: str, revision: int, part: int, payload: Payload, created_at: dt.datetime
) -> dict[str, Any]:
    key = {"chat": chat, "event": event, "revision": revision, "part": part}
    fresh = {"state": "pending", "attempts": 0, "priority": priority_of(event)}
    return key | fresh | {"payload": dict(payload), "created_at": created_at}


def priority_of(event: str) -> int:
    """By the event's name: "answer:…", "digest:…"; all else is news."""
    return {"answer": ANSWER, "digest": DIGEST}.get(event.partition(":")[0], NOTICE)


async def _end(
    conn: Connection, id: int, state: State, now: dt.datetime, before: tuple[State, ...], **values: object
) -> bool:
    return await _change(conn, id, before, {"state": state, "ended_at": now, **values})


async def _change(conn: Connection, id: int, before: tuple[State, ...], values: Mapping[str, object]) -> bool:
    change = sa.update(table).where(table.c.id == id, table.c.state.in_(before)).values(values)
    return (await conn.execute(change)).rowcount > 0


def about(payload: Payload) -> str | None:
    """The resolutions that a notice or digest tells of, as the column keeps them."""
    ids = [entry["resolution"] for entry in payload.get("entries", (payload,)) if "resolution" in entry]
    return "".join(f"|{id}" for id in dict.fromkeys(ids)) + "|" if ids else None


def message_of(row: sa.Row[Any]) -> OutboxMessage:
    return OutboxMessage(**{field.name: row._mapping[field.name] for field in fields(OutboxMessage)})
