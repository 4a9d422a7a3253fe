"""The chats that use the bot: no more about them than their key and how they want to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

import sqlalchemy as sa

from storage import tables
from storage.database import Connection
from storage.upsert import insert

_CHATS = tables.chats
_OWN = frozenset(["key", "state", "closed_at"])
"""What a chat does not take from the one that it follows."""
_OPENED = {"state": "active", "closed_at": None}

EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True)
class Chat:
    """`key` is "<transport>:<id>", for a topic of a forum "<transport>:<id>/<topic>".

    Minutes count from local midnight in `timezone` (IANA name). `digest_days`: bit 0 is Monday, bit 6 Sunday. `state`
    is what the chat system says (paused: closed to us, since `closed_at`), `paused_until` what the chat itself wants,
    `barred_at` since when it has no access (see `storage.admissions`). `language`: its two letters; None where the chat
    has not chosen.
    """

    key: str
    timezone: str
    digest_minute: int | None
    last_digest_on: dt.date | None
    state: Literal["active", "paused"]
    created_at: dt.datetime
    digest_days: int = EVERY_DAY
    empty_digests: bool = False
    quiet_from: int | None = None
    quiet_until: int | None = None
    paused_until: dt.datetime | None = None
    silent: bool = False
    closed_at: dt.datetime | None = None
    look_at: dt.datetime | None = field(default=None, compare=False)
    barred_at: dt.datetime | None = None
    language: str | None = None


async def get(conn: Connection, key: str) -> Chat | None:
    """None where the chat is unknown."""
    row = (await conn.execute(sa.select(_CHATS).where(_CHATS.c.key == key))).first()
    return None if row is None else Chat(**row._mapping)


async def language_of(conn: Connection, key: str) -> str | None:
    """What the chat has chosen; for a topic of a forum that has chosen nothing, what the forum has; else None."""
    found: str | None = (await conn.execute(language_chosen(key, whole(key)))).scalar()
    return found


def language_chosen(*keys: Any) -> sa.Select[Any]:
    """As `language_of`, of the chat's key and its forum's: at most one row."""
    chosen = sa.select(_CHATS.c.language).where(_CHATS.c.key.in_(keys), _CHATS.c.language.is_not(None))
    return chosen.order_by(sa.func.length(_CHATS.c.key).desc()).limit(1)


async def of_keys(conn: Connection, keys: Collection[str]) -> Mapping[str, Chat]:
    """Those of the chats that are known."""
    if not keys:
        return {}
    rows = await conn.execute(sa.select(_CHATS).where(_CHATS.c.key.in_(keys)))
    return {row.key: Chat(**row._mapping) for row in rows}


async def lock(conn: Connection, key: str) -> None:
    """Two messages of one chat that are answered at the same time wait for each other here, to the end of one."""
    await conn.execute(sa.select(_CHATS.c.key).where(_CHATS.c.key == key).with_for_update(key_share=True))


async def keep(conn: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of the chats that are still there; until the transaction ends none of them is forgotten or moves."""
    if conn.dialect.name == "sqlite":  # nobody else can write meanwhile
        return frozenset(keys)
    asked = sa.select(_CHATS.c.key).where(_CHATS.c.key == sa.func.any(sa.bindparam("keys", type_=sa.ARRAY(sa.Text))))
    locked = asked.order_by(_CHATS.c.key).with_for_update(read=True, key_share=True)
    return frozenset((await conn.execute(locked, {"keys": sorted(keys)})).scalars())


async def ensure(conn: Connection, key: str, timezone: str, now: dt.datetime) -> Chat:
    """The chat, made with that zone if it is not known yet (a known one keeps its own)."""
    new = {"key": key, "timezone": timezone, "state": "active", "created_at": now, "look_at": now}
    await conn.execute(insert(conn, _CHATS).values(new).on_conflict_do_nothing())
    return Chat(**(await conn.execute(sa.select(_CHATS).where(_CHATS.c.key == key))).one()._mapping)


async def set_digest(
    conn: Connection, key: str, minute: int | None, days: int = EVERY_DAY, covered: dt.date | None = None
) -> Chat | None:
    """Set or clear the time of the digest (0 … 1439) and its days; None where the chat is unknown.

    `covered`: the last local date whose digest is no more to come.
    """
    last = _CHATS.c.last_digest_on
    covering = sa.or_(last.is_(None), last < covered) if covered else sa.false()
    closed = sa.case((covering, covered), else_=last)
    return await configure(conn, key, digest_minute=minute, digest_days=days, last_digest_on=closed)


async def set_zone(conn: Connection, key: str, name: str, today: dt.date) -> Chat | None:
    """The clock that counts; None where the chat is unknown. `today`: its date there. Where that is an earlier one than
    the date of the last digest, today's is the one that has come."""
    last = _CHATS.c.last_digest_on
    return await configure(conn, key, timezone=name, last_digest_on=sa.case((last > today, today), else_=last))


async def configure(conn: Connection, key: str, **wishes: object) -> Chat | None:
    """Change columns of the chat by name, as in `Chat`; when its next digest is is found out anew."""
    await _change(conn, key, **wishes, look_at=_CHATS.c.created_at)
    return await get(conn, key)


async def pause(conn: Connection, key: str, now: dt.datetime | None = None) -> bool:
    """The chat with all its topics is closed to us: nothing more is sent, nothing is lost. False: unknown."""
    open_ones = sa.update(_CHATS).where(_with_topics(_CHATS.c.key, whole(key)), _CHATS.c.state == "active")
    await conn.execute(open_ones.values(state="paused", closed_at=now))
    return await get(conn, key) is not None


async def pause_topic(conn: Connection, key: str, now: dt.datetime) -> bool:
    """Only this topic of a forum is gone; the rest of the chat goes on."""
    return await _change(conn, key, state="paused", closed_at=now)


async def resume(conn: Connection, key: str) -> bool:
    """Send again, to all its topics, what waited first. False where the chat is unknown."""
    closed = sa.update(_CHATS).where(_with_topics(_CHATS.c.key, whole(key)))
    return (await conn.execute(closed.values(_OPENED))).rowcount > 0


async def forget(conn: Connection, key: str) -> bool:
    """Erase everything about the chat, messages included. False where nothing was kept."""
    # What is just being written to it is waited for, and then erased as well.
    await _locked(conn, key)
    messages = await conn.execute(sa.delete(tables.outbox).where(tables.outbox.c.chat == key))
    await conn.execute(sa.delete(tables.dialogs).where(tables.dialogs.c.chat == key))
    chat = await conn.execute(sa.delete(_CHATS).where(_CHATS.c.key == key))
    return messages.rowcount + chat.rowcount > 0


async def move(conn: Connection, old: str, new: str) -> bool:
    """A chat got a new key (group → supergroup): subscriptions and messages go along, those under way too.

    If the new key is known already (it wrote before we heard of the move), both become one, with the settings of the
    old one. False where nothing was kept of the old key.
    """
    if old == new:
        return False
    known = sa.union(
        sa.select(_CHATS.c.key).where(_with_topics(_CHATS.c.key, old)),
        sa.select(tables.outbox.c.chat).where(_with_topics(tables.outbox.c.chat, old)),
    )
    keys = (await conn.execute(known)).scalars().all()
    await _hand_over(conn, tables.admissions, old, new, ())
    return any([await _move_one(conn, key, new + key.removeprefix(old)) for key in keys])


async def _move_one(conn: Connection, old: str, new: str) -> bool:
    former = await _locked(conn, old)
    await _keep_apart(conn, old, new)
    messages = await _hand_over(conn, tables.outbox, old, new, ("event", "revision", "part"))
    await _hand_over(conn, tables.dialogs, old, new, ("person",))
    if former is None:
        return messages > 0
    fresh = {field.name: getattr(former, field.name) for field in fields(former)} | {"key": new} | _OPENED
    await conn.execute(insert(conn, _CHATS).values(fresh).on_conflict_do_nothing())
    await _merge(conn, former, new)
    return True


async def keys_of(conn: Connection, key: str) -> tuple[str, ...]:
    """The whole chat and its topics, those of them that are known."""
    return tuple((await conn.execute(sa.select(_CHATS.c.key).where(_with_topics(_CHATS.c.key, whole(key))))).scalars())


async def count(conn: Connection) -> int:
    """How many chats are known."""
    return (await conn.execute(sa.select(sa.func.count()).select_from(_CHATS))).scalar_one()


async def _locked(conn: Connection, key: str) -> Chat | None:
    """As `get`; nobody else writes to it, or for it, until the transaction ends."""
    row = (await conn.execute(sa.select(_CHATS).where(_CHATS.c.key == key).with_for_update())).first()
    return None if row is None else Chat(**row._mapping)


def whole(key: str) -> str:
    """The chat that a topic of a forum belongs to; other chats are whole."""
    return key.partition("/")[0]


def _with_topics(column: sa.ColumnElement[str], key: str) -> sa.ColumnElement[bool]:
    """That chat and its topics. A range, not LIKE, so that the index is used: "0" follows "/"."""
    return sa.or_(column == key, sa.and_(column > f"{key}/", column < f"{key}0"))


async def _change(conn: Connection, chat: str, **values: object) -> bool:
    return (await conn.execute(sa.update(_CHATS).where(_CHATS.c.key == chat).values(values))).rowcount > 0


async def _merge(conn: Connection, former: Chat, new: str) -> None:
    await _hand_over(conn, tables.subscriptions, former.key, new, ("kind", "query_key"))
    await _hand_over(conn, tables.digest_entries, former.key, new, ("resolution_id",))
    await _hand_over(conn, tables.watches, former.key, new, ("resolution_id", "text_key"))
    settings = {field.name: getattr(former, field.name) for field in fields(former) if field.name not in _OWN}
    closed = [chat.last_digest_on for chat in (former, await get(conn, new)) if chat and chat.last_digest_on]
    await _change(conn, new, **settings | {"last_digest_on": max(closed, default=None)})
    await conn.execute(sa.delete(_CHATS).where(_CHATS.c.key == former.key))


async def _keep_apart(conn: Connection, old: str, new: str) -> None:
    """Two digests of one date hold different entries: both are kept, under names of their own."""
    box, own = tables.outbox, tables.outbox.alias("own")
    twin = sa.exists().where(own.c.chat == new, own.c.event == box.c.event)
    digests = sa.update(box).where(box.c.chat == old, box.c.event.startswith("digest:"), twin)
    await conn.execute(digests.values(event=box.c.event + f":{old}"))


async def _hand_over(conn: Connection, table: sa.Table, old: str, new: str, unique: tuple[str, ...]) -> int:
    """Rows of `old` become rows of `new`; where `new` has the same one (by the `unique` columns), its own stays."""
    own = table.alias("own")
    twin = sa.exists().where(own.c.chat == new, *(own.c[name] == table.c[name] for name in unique))
    await conn.execute(sa.delete(table).where(table.c.chat == old, twin))
    return (await conn.execute(sa.update(table).where(table.c.chat == old).values(chat=new))).rowcount
