"""What becomes of messages whose claimant is gone: a crash, a change of the one that delivers, a backup put back."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from storage.database import Connection
from storage.outbox import UNCLAIMED
from storage.tables import outbox as table

INTERRUPTED = "interrupted while sending"
RESTORED = "it waited when the backup was made, and may have been sent since"


async def recover(conn: Connection, now: dt.datetime) -> int:
    """After a crash: `sending` rows whose lease ended become `unknown`; how many. Claimed ones free themselves."""
    return await _doubt(conn, table.c.state == "sending", table.c.claimed_until <= now, reason=INTERRUPTED, now=now)


async def take_over(conn: Connection, now: dt.datetime) -> int:
    """What the deliverer before has claimed is free, and what it was sending is unknown; how many of the latter.

    For the one that delivers from now on, where the one before cannot begin anything any more. If it is only cut off,
    the answer to what it had begun still settles that.
    """
    claimed = _unlocked(table.c.state == "pending", table.c.claimed_until.is_not(None))
    await conn.execute(sa.update(table).where(table.c.id.in_(claimed)).values(UNCLAIMED))
    sending = _unlocked(table.c.state == "sending")
    return await _doubt(conn, table.c.id.in_(sending), reason=INTERRUPTED, now=now)


async def doubt_waiting(conn: Connection, now: dt.datetime) -> int:
    """After a restore: what waited in the backup becomes `unknown`; how many.

    It names no column that a store of an earlier version does not have.
    """
    unknown = {"state": "unknown", "ended_at": now, "claimed_until": None, "reason": RESTORED}
    doubted = sa.update(table).where(table.c.state.in_(("pending", "sending"))).values(unknown)
    return (await conn.execute(doubted)).rowcount


async def _doubt(conn: Connection, *where: sa.ColumnElement[bool], reason: str, now: dt.datetime) -> int:
    """They stay in the hands of who sends them: his answer, if it comes, settles them after all."""
    unknown = {"state": "unknown", "ended_at": now, "made_from": None, "reason": reason}
    doubted = sa.update(table).where(*where).values(unknown).returning(table.c.id)
    # Counted here: of a statement with a common table expression SQLite does not say how many rows it changed.
    return len((await conn.execute(doubted)).all())


def _unlocked(*where: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """What the one before has locked and stands still over frees itself later, when its lease ends."""
    free = sa.select(table.c.id).where(*where).with_for_update(skip_locked=True).cte("free")
    return sa.select(free.c.id)
