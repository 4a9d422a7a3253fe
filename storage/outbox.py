"""Messages on their way, and the promise of delivery: none lost, none blindly repeated.

    pending ──claim──▶ pending (leased) ──begin_sending──▶ sending ──▶ sent | rejected | unknown
       ▲                    │ lease ended: free again         │ lease ended: unknown (`recover`)
       └──── postpone ──────┴──────────── postpone ───────────┘

`begin_sending` is committed before the first byte leaves. So a crash leaves either a row that certainly was not sent
(free again) or one that may have been (unknown, for a person to decide).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storage.database import Connection

Kind = Literal["notice", "digest", "text"]
State = Literal["pending", "sending", "sent", "unknown", "rejected", "expired"]
Payload = Mapping[str, Any]


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
    raise NotImplementedError


async def claim(conn: Connection, now: dt.datetime, lease: dt.timedelta, limit: int) -> tuple[OutboxMessage, ...]:
    """Lease up to `limit` messages that are due, oldest first: of each chat only its first open one.

    Chats that are paused are passed over.
    """
    raise NotImplementedError


async def begin_sending(conn: Connection, id: int, now: dt.datetime) -> bool:
    """From here on the message may have been sent. Commit before the request goes out, and send only on True.

    False: the lease has ended, or somebody else has the row.
    """
    raise NotImplementedError


async def mark_sent(conn: Connection, id: int, message_id: str | int | None, now: dt.datetime) -> bool:
    """The chat system has accepted it."""
    raise NotImplementedError


async def mark_rejected(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """It has been refused for good."""
    raise NotImplementedError


async def mark_unknown(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """Nobody can say whether it arrived; it is not sent again by itself."""
    raise NotImplementedError


async def mark_expired(conn: Connection, id: int, reason: str, now: dt.datetime) -> bool:
    """It waited too long to be of use."""
    raise NotImplementedError


async def postpone(conn: Connection, id: int, until: dt.datetime, reason: str) -> bool:
    """It certainly was not sent; try again at `until`."""
    raise NotImplementedError


async def release(conn: Connection, id: int) -> bool:
    """Give a claimed message back that was not begun."""
    raise NotImplementedError


async def recover(conn: Connection, now: dt.datetime) -> int:
    """After a crash: `sending` rows whose lease ended become `unknown`; how many. Claimed ones free themselves."""
    raise NotImplementedError


async def fix_parts(conn: Connection, id: int, payloads: Sequence[Payload]) -> OutboxMessage | None:
    """A claimed notice or digest, once composed, becomes text: part 1 of n in its row, the others behind it.

    Returns the row as it is now; None if it is not pending any more or was fixed before.
    """
    raise NotImplementedError


async def counts(conn: Connection) -> Mapping[str, int]:
    """How many rows are in each state (all states named, also with 0)."""
    raise NotImplementedError


async def in_state(conn: Connection, state: State, limit: int = 100) -> tuple[OutboxMessage, ...]:
    """The oldest rows of a state, for the operator."""
    raise NotImplementedError
