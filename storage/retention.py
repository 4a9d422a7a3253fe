"""How long things are kept: one table, which the job carries out and /datenschutz shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from storage import personal, subscriptions, tables
from storage.database import Connection

MOST = 500
"""Rows in one transaction: nobody waits long for it."""

_OUTBOX, _CHATS = tables.outbox, tables.chats


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days that an operator may choose."""

    messages: int = 90
    updates: int = 3
    rounds: int = 90
    closed_chats: int = 180


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` for which `outdated(moment)` holds, `days` before now, are erased. `name`: of the text that tells
    people."""

    name: str
    table: sa.Table
    days: int
    outdated: Callable[[dt.datetime], sa.ColumnElement[bool]]


def rules(keeping: Keeping) -> tuple[Rule, ...]:
    """All of them, as they are told: what concerns people first."""
    return (
        Rule("closed", _CHATS, keeping.closed_chats, _closed),
        Rule("messages", _OUTBOX, keeping.messages, _ended),
        Rule("subscriptions", tables.subscriptions, subscriptions.KEPT.days, _before(tables.subscriptions.c.ended_at)),
        Rule("dialogs", tables.dialogs, 0, _before(tables.dialogs.c.expires_at)),
        Rule("updates", tables.updates, keeping.updates, _before(tables.updates.c.begun_at)),
        Rule("strangers", tables.turned_away, 1, lambda moment: tables.turned_away.c.told_on < moment.date()),
        Rule("invitations", tables.invitations, 30, _before(tables.invitations.c.expires_at)),
        Rule("broadcasts", tables.broadcasts, 90, _before(tables.broadcasts.c.created_at)),
        Rule("rounds", tables.rounds, keeping.rounds, _before(tables.rounds.c.at)),
    )


async def sweep(conn: Connection, rule: Rule, now: dt.datetime, most: int = MOST) -> int:
    """Erase up to `most` rows that are outdated by now; how many there were. A chat goes with everything about it."""
    keys = list(rule.table.primary_key.columns)
    outdated = rule.outdated(now - dt.timedelta(days=rule.days))
    rows = (await conn.execute(sa.select(*keys).where(outdated).limit(most))).all()
    if rule.table is _CHATS:
        for row in rows:
            await personal.erase(conn, row.key)
    elif rows:
        await conn.execute(sa.delete(rule.table).where(sa.tuple_(*keys).in_([tuple(row) for row in rows])))
    return len(rows)


def _before(column: sa.ColumnElement[dt.datetime]) -> Callable[[dt.datetime], sa.ColumnElement[bool]]:
    return lambda moment: column < moment


def _ended(moment: dt.datetime) -> sa.ColumnElement[bool]:
    """It was sent, refused for good, or told elsewhere. What is unknown stays until somebody has decided about it."""
    return sa.and_(_OUTBOX.c.ended_at < moment, _OUTBOX.c.state.in_(("sent", "rejected", "expired")))


def _closed(moment: dt.datetime) -> sa.ColumnElement[bool]:
    """Blocked by the person, left by the group, or without access, for so long."""
    gone = sa.and_(_CHATS.c.state == "paused", _CHATS.c.closed_at < moment)
    return sa.or_(gone, _CHATS.c.barred_at < moment)
