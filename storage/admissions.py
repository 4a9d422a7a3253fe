"""Who has been let in, and what becomes of chats that have not, or not any more.

A chat without access is barred: its subscriptions rest, nothing is sent there but one word that says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from storage import chats, outbox, tables
from storage.chats import whole
from storage.database import Connection
from storage.upsert import insert

_TABLE = tables.admissions
_CHATS = tables.chats
_OUTBOX = tables.outbox
_CHANNELS = tables.channels

_ENDED = f"{outbox.ABOUT_ACCESS}ended:"
"""How the event of the word begins that tells a chat that its access has ended."""


@dataclass(frozen=True, slots=True)
class Admission:
    """`chat` has access, with all its topics; `note` says for whom, by role."""

    id: int
    chat: str
    note: str
    invitation_id: int | None
    admitted_at: dt.datetime


_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Admission))


async def admit(conn: Connection, chat: str, note: str, now: dt.datetime, invitation: int | None = None) -> bool:
    """Let a chat in (with what it had, if it was in before); False where it is in already."""
    key = whole(chat)
    row = {"chat": key, "note": note, "invitation_id": invitation, "admitted_at": now}
    made = insert(conn, _TABLE).values(row).on_conflict_do_nothing().returning(_TABLE.c.id)
    new = (await conn.execute(made)).first() is not None
    theirs = sa.select(_CHANNELS.c.chat).where(_CHANNELS.c.manager == key)
    await _unbar(conn, [*await chats.keys_of(conn, key), *(await conn.execute(theirs)).scalars()])
    return new


async def admits(conn: Connection, chat: str, others: Collection[str]) -> bool:
    """Whether a chat has access: it was let in, or is one of the `others`, or a channel that one of these manages."""
    keys = [whole(chat), *await _managers(conn, chat)]
    if any(key in others for key in keys):
        return True
    return (await conn.execute(sa.select(_TABLE.c.id).where(_TABLE.c.chat.in_(keys)).limit(1))).first() is not None


async def of_chat(conn: Connection, chat: str) -> Admission | None:
    return await _one(conn, _TABLE.c.chat == whole(chat))


async def get(conn: Connection, id: int) -> Admission | None:
    return await _one(conn, _TABLE.c.id == id)


async def listed(conn: Connection, limit: int, offset: int = 0) -> tuple[Admission, ...]:
    """The newest first."""
    rows = await conn.execute(sa.select(*_COLUMNS).order_by(_TABLE.c.id.desc()).limit(limit).offset(offset))
    return tuple(Admission(**row._mapping) for row in rows)


async def count(conn: Connection) -> int:
    return (await conn.execute(sa.select(sa.func.count()).select_from(_TABLE))).scalar_one()


async def by_invitation(conn: Connection, invitation: int) -> tuple[Admission, ...]:
    """Those who came with it."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.invitation_id == invitation).order_by(_TABLE.c.id))
    return tuple(Admission(**row._mapping) for row in rows)


async def revoke(conn: Connection, ended: Sequence[Admission], others: Collection[str], now: dt.datetime) -> None:
    """End these admissions: their chats are barred, with the channels that only they manage, and told so once.

    `others`: who has access besides those admitted.
    """
    await conn.execute(sa.delete(_TABLE).where(_TABLE.c.id.in_([one.id for one in ended])))
    await enforce(conn, everybody=False, others=others, now=now)


async def enforce(conn: Connection, everybody: bool, others: Collection[str], now: dt.datetime) -> tuple[int, int]:
    """Bring all chats in line with who has access now: `everybody`, or those admitted and the `others` (whole chats).

    Returns how many were barred, and how many may be sent to again.
    """
    rows = (await conn.execute(sa.select(_CHATS.c.key, _CHATS.c.barred_at))).all()
    inside = {*(await conn.execute(sa.select(_TABLE.c.chat))).scalars(), *others}
    inside |= {row.chat for row in await conn.execute(sa.select(_CHANNELS)) if row.manager in inside}
    may = {row.key for row in rows if everybody or whole(row.key) in inside}
    out = [row.key for row in rows if row.barred_at is None and row.key not in may]
    back = [row.key for row in rows if row.barred_at is not None and row.key in may]
    await _bar(conn, out, now)
    await _unbar(conn, back)
    return len(out), len(back)


async def _managers(conn: Connection, chat: str) -> Sequence[str]:
    return (await conn.execute(sa.select(_CHANNELS.c.manager).where(_CHANNELS.c.chat == chat))).scalars().all()


async def _bar(conn: Connection, keys: Sequence[str], now: dt.datetime) -> None:
    for key in keys:
        await conn.execute(sa.update(_CHATS).where(_CHATS.c.key == key).values(barred_at=now))
        waiting = (_OUTBOX.c.chat == key, _OUTBOX.c.state.in_(("pending", "held")))
        over = {"state": "expired", "ended_at": now, "reason": "access has ended", **outbox.UNCLAIMED}
        await conn.execute(sa.update(_OUTBOX).where(*waiting).values(over))
        await conn.execute(sa.delete(tables.digest_entries).where(tables.digest_entries.c.chat == key))
        await outbox.enqueue(conn, key, f"{_ENDED}{now.isoformat()}", "word", {"say": "access.ended"}, now)


async def _unbar(conn: Connection, keys: Sequence[str]) -> None:
    """Its digest is looked at anew; a word that says the contrary and has not gone out yet does not."""
    for key in keys:
        untold = (_OUTBOX.c.chat == key, _OUTBOX.c.state == "pending", _OUTBOX.c.event.startswith(_ENDED))
        await conn.execute(sa.delete(_OUTBOX).where(*untold))
        free = sa.update(_CHATS).where(_CHATS.c.key == key, _CHATS.c.barred_at.is_not(None))
        await conn.execute(free.values(barred_at=None, look_at=_CHATS.c.created_at))


async def _one(conn: Connection, *where: sa.ColumnElement[bool]) -> Admission | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return None if row is None else Admission(**row._mapping)
