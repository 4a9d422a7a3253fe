"""Invitations: links that let so many in, until a date. Kept is only the hash of what stands in the link."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields

import sqlalchemy as sa

from storage import tables
from storage.database import Connection

WORD = "einladung_"
"""What the word of a link begins with; the token follows."""

_TABLE = tables.invitations


@dataclass(frozen=True, slots=True)
class Invitation:
    """`note` says for whom it is, by role; `used` of `uses` have come in with it."""

    id: int
    note: str
    uses: int
    used: int
    created_at: dt.datetime
    expires_at: dt.datetime

    @property
    def left(self) -> int:
        return max(0, self.uses - self.used)

    def is_open(self, now: dt.datetime) -> bool:
        return self.left > 0 and self.expires_at > now


_COLUMNS = tuple(_TABLE.c[field.name] for field in fields(Invitation))


async def issue(
    conn: Connection, token: str, note: str, uses: int, expires_at: dt.datetime, now: dt.datetime
) -> Invitation:
    """An invitation that whoever knows `token` may use; the token itself is not kept."""
    values = {"token_hash": _hash(token), "note": note, "uses": uses, "used": 0}
    made = sa.insert(_TABLE).values(values | {"created_at": now, "expires_at": expires_at})
    return Invitation(**(await conn.execute(made.returning(*_COLUMNS))).one()._mapping)


async def redeem(conn: Connection, token: str, now: dt.datetime) -> Invitation | None:
    """Use it once; None where there is no such invitation, or none any more."""
    good = (_TABLE.c.token_hash == _hash(token), _TABLE.c.used < _TABLE.c.uses, _TABLE.c.expires_at > now)
    used = sa.update(_TABLE).where(*good).values(used=_TABLE.c.used + 1).returning(*_COLUMNS)
    row = (await conn.execute(used)).first()
    return None if row is None else Invitation(**row._mapping)


async def get(conn: Connection, id: int) -> Invitation | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(_TABLE.c.id == id))).first()
    return None if row is None else Invitation(**row._mapping)


async def open_ones(conn: Connection, now: dt.datetime) -> tuple[Invitation, ...]:
    """Those that still let somebody in, the newest first."""
    good = (_TABLE.c.used < _TABLE.c.uses, _TABLE.c.expires_at > now)
    rows = await conn.execute(sa.select(*_COLUMNS).where(*good).order_by(_TABLE.c.id.desc()))
    return tuple(Invitation(**row._mapping) for row in rows)


async def close(conn: Connection, id: int, now: dt.datetime) -> Invitation | None:
    """It lets nobody in any more; those who came with it stay. None: there is none such."""
    await conn.execute(sa.update(_TABLE).where(_TABLE.c.id == id, _TABLE.c.expires_at > now).values(expires_at=now))
    return await get(conn, id)


def _hash(token: str) -> str:
    """A plain hash is enough: the tokens are random and longer than anybody can try."""
    return hashlib.sha256(token.encode()).hexdigest()
