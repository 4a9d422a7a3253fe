"""Which troubles of sources the administrators were told of: once when one begins, once when it is over.

What is noted and what is said go into one transaction, so a crash in between neither loses nor repeats a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from storage import outbox
from storage.database import Connection
from storage.tables import troubles as table

Kind = Literal["failing", "silent", "headless", "moved"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`detail` is what belongs to it: a reason, a date, an address."""

    source: str
    kind: Kind
    detail: str


async def tell(
    conn: Connection, found: Iterable[Trouble], sources: Collection[str], chats: Collection[str], now: dt.datetime
) -> tuple[int, int]:
    """Note the troubles there are now, and enqueue a word to each of `chats` for each that began or ended; how many of
    both.

    A trouble whose detail alone has changed is no news, and that of a source which is no longer among `sources` is
    forgotten without a word.
    """
    now_there = {(one.source, one.kind): one for one in found}
    known = await _known(conn)
    begun = [one for key, one in now_there.items() if key not in known]
    over = [one for key, one in known.items() if key not in now_there]
    for one in begun:
        await conn.execute(sa.insert(table).values(source=one.source, kind=one.kind, detail=one.detail, since=now))
        await _say(conn, one, "begun", chats, now)
    for one in over:
        await conn.execute(sa.delete(table).where(table.c.source == one.source, table.c.kind == one.kind))
        await _say(conn, one, "over", chats if one.source in sources else (), now)
    return len(begun), len(over)


async def _known(conn: Connection) -> dict[tuple[str, str], Trouble]:
    rows = await conn.execute(sa.select(table.c.source, table.c.kind, table.c.detail))
    return {(row.source, row.kind): Trouble(row.source, row.kind, row.detail) for row in rows}


async def _say(conn: Connection, one: Trouble, what: str, chats: Collection[str], now: dt.datetime) -> None:
    say = {"say": f"trouble.{one.kind}.{what}", "fields": {"source": one.source, "detail": one.detail}}
    for chat in sorted(chats):
        event = f"trouble:{one.source}:{one.kind}:{what}:{now.isoformat()}"
        await outbox.enqueue(conn, chat, event, "word", say, now)
