"""Messages on their way, and the promise of delivery: none lost, none blindly repeated.

    pending ──claim──▶ pending (leased) ──begin_sending──▶ sending ──▶ sent | rejected | unknown
       ▲                    │ lease ended: free again         │ lease ended: unknown (`storage.recovery`)
       └──── postpone ──────┴──────────── postpone ───────────┘

`begin_sending` is committed before the first byte leaves. So a crash leaves either a row that certainly was not sent
(free again) or one that may have been (unknown, for a person to decide: see `storage.outbox_desk`).

A lease ends by the clock, and clocks jump and programs stand still: who claimed a row may wake up when another has it.
So each claim has a number, the row's `fence`, which grows with every claim and whenever a row is taken from its
claimant (`UNCLAIMED`). All that a claimant writes later holds only while the row has the number of his claim; a False
tells him that it is not his any more, and that he must not send it.

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

SET_ASIDE = "set aside, asked again later"
"""How the reason of what waits begins whose chat has refused once."""
REFUSED_AGAIN = "refused again, asked later"
"""The same where it has refused twice: then its pause is kept."""
STORM = "the chat system refuses everybody just now"
"""The reason of what waits while only probes go out."""

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
    fence: int = 0

    @property
    def resolutions(self) -> tuple[int, ...]:
        """The ids of the resolutions that it tells of."""
        return tuple(int(id) for id in (self.about or "").strip("|").split("|") if id)


COLUMNS = tuple(table.c[field.name] for field in fields(OutboxMessage))
UNCLAIMED: Mapping[str, object] = {"claimed_until": None, "fence": table.c.fence + 1}
"""Values that take a row from whoever has claimed it."""


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
    claimed = {"claimed_until": now + lease, "fence": table.c.fence + 1}
    leasing = sa.update(table).where(table.c.id.in_(sa.select(free.c.id))).values(claimed)
    rows = (await conn.execute(leasing.returning(*COLUMNS, table.c.turn))).all()
    # The order of RETURNING is not promised by any store.
    return tuple(message_of(row) for row in sorted(rows, key=lambda row: (row.priority, row.turn, row.part)))


async def begin_sending(
    conn: Connection, claimed: OutboxMessage, now: dt.datetime, lease: dt.timedelta | None = None
) -> bool:
    """From here on the message may have been sent. Commit before the request goes out, and send only on True.

    False: the lease has ended, or somebody else has the row. A `lease` begins anew: the time the request may take.
    """
    until = table.c.claimed_until if lease is None else now + lease
    leased = (*_held(claimed), table.c.state == "pending", table.c.claimed_until > now)
    begun = sa.update(table).where(*leased).values(state="sending", attempts=table.c.attempts + 1, claimed_until=until)
    return (await conn.execute(begun)).rowcount > 0


async def mark_sent(conn: Connection, claimed: OutboxMessage, message_id: str | int | None, now: dt.datetime) -> bool:
    """The chat system has accepted it. A late answer also settles a row that had become unknown."""
    seen = None if message_id is None else str(message_id)
    return await _end(conn, claimed, "sent", now, ("sending", "unknown"), message_id=seen, reason=None)


async def mark_rejected(conn: Connection, claimed: OutboxMessage, reason: str, now: dt.datetime) -> bool:
    """It has been refused for good."""
    return await _end(conn, claimed, "rejected", now, ("pending", "sending", "unknown"), reason=reason)


async def mark_unknown(conn: Connection, claimed: OutboxMessage, reason: str, now: dt.datetime) -> bool:
    """Nobody can say whether it arrived; it is not sent again by itself."""
    return await _end(conn, claimed, "unknown", now, ("sending", "unknown"), reason=reason)


async def mark_expired(conn: Connection, claimed: OutboxMessage, reason: str, now: dt.datetime) -> bool:
    """It waited too long to be of use."""
    return await _end(conn, claimed, "expired", now, ("pending",), reason=reason)


async def postpone(conn: Connection, claimed: OutboxMessage, until: dt.datetime, reason: str) -> bool:
    """It certainly was not sent; try again at `until`. It keeps its place in its chat's queue."""
    later = {"state": "pending", "due_at": until, "ended_at": None, "reason": reason}
    return await _change(conn, claimed, ("pending", "sending", "unknown"), {**later, **UNCLAIMED})


async def end_quiet(conn: Connection, chat: str, now: dt.datetime) -> int:
    """The chat's quiet hours were changed: what waited for their end is looked at again; how many."""
    waiting = (table.c.chat == chat, table.c.state == "pending", table.c.reason == QUIET_HOURS)
    return (await conn.execute(sa.update(table).where(*waiting).values(due_at=now))).rowcount


async def ask_again(conn: Connection, now: dt.datetime, chat: str | None = None) -> int:
    """What waits because its chat has refused once, or everybody has, is due now; of one `chat`: what waits because it
    has refused, however often. How many."""
    mine = sa.true() if chat is None else table.c.chat == chat
    again = sa.false() if chat is None else table.c.reason.startswith(REFUSED_AGAIN)
    refused = sa.or_(table.c.reason == STORM, table.c.reason.startswith(SET_ASIDE), again)
    waiting = (table.c.state == "pending", table.c.due_at > now, refused, mine)
    return (await conn.execute(sa.update(table).where(*waiting).values(due_at=now))).rowcount


async def reform(conn: Connection, claimed: OutboxMessage, payload: Payload, now: dt.datetime, reason: str) -> bool:
    """It was refused for its form only: due again at once, in another."""
    kept = {key: value for key, value in payload.items() if key != "silent"}
    again = {"state": "pending", "ended_at": None, "due_at": now, "reason": reason, "payload": kept}
    return await _change(conn, claimed, ("sending", "unknown"), {**again, **UNCLAIMED})


async def release(conn: Connection, claimed: OutboxMessage) -> bool:
    """Give a claimed message back that was not begun."""
    return await _change(conn, claimed, ("pending",), UNCLAIMED)


async def fix_parts(conn: Connection, claimed: OutboxMessage, payloads: Sequence[Payload]) -> OutboxMessage | None:
    """A claimed notice or digest, once composed, becomes text: part 1 of n in its row, the others behind it.

    Returns the row as it is now; None if it is not his any more, or was fixed before. What it was made from stays in
    the row until it has left, so that an operator can still hold back or correct what it tells.
    """
    if not payloads:
        raise ValueError("a message needs at least one part")
    fixable = (*_held(claimed), table.c.state == "pending", table.c.kind != "text")
    made_from = {"kind": claimed.kind, "payload": dict(claimed.payload)}
    fixed = sa.update(table).where(*fixable).values(kind="text", payload=dict(payloads[0]), made_from=made_from)
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
    fresh = {"state": "pending", "attempts": 0, "fence": 0, "priority": priority_of(event)}
    return key | fresh | {"payload": dict(payload), "created_at": created_at}


def priority_of(event: str) -> int:
    """By the event's name: "answer:…", "digest:…"; all else is news."""
    return {"answer": ANSWER, "digest": DIGEST}.get(event.partition(":")[0], NOTICE)


async def _end(
    conn: Connection,
    claimed: OutboxMessage,
    state: State,
    now: dt.datetime,
    before: tuple[State, ...],
    **more: object,
) -> bool:
    return await _change(conn, claimed, before, {"state": state, "ended_at": now, "made_from": None, **more})


async def _change(
    conn: Connection, claimed: OutboxMessage, before: tuple[State, ...], values: Mapping[str, object]
) -> bool:
    change = sa.update(table).where(*_held(claimed), table.c.state.in_(before)).values(values)
    return (await conn.execute(change)).rowcount > 0


def _held(claimed: OutboxMessage) -> tuple[sa.ColumnElement[bool], ...]:
    """The row, as long as it is in the hands of who claimed it."""
    return table.c.id == claimed.id, table.c.fence == claimed.fence


def about(payload: Payload) -> str | None:
    """The resolutions that a notice or digest tells of, as the column keeps them."""
    ids = [entry["resolution"] for entry in payload.get("entries", (payload,)) if "resolution" in entry]
    return "".join(f"|{id}" for id in dict.fromkeys(ids)) + "|" if ids else None


def message_of(row: sa.Row[Any]) -> OutboxMessage:
    return OutboxMessage(**{field.name: row._mapping[field.name] for field in fields(OutboxMessage)})
