"""What has been kept long enough goes, and nothing before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from storage import chats, outbox, subscriptions, tables
from storage.database import Connection
from storage.retention import Keeping, Rule, rules, sweep
from tests.storage.samples import NOW

DAY = dt.timedelta(days=1)
KEEPING = Keeping(messages=10, updates=2, rounds=20, closed_chats=30)
DAYS = {"closed": 30, "messages": 10, "subscriptions": 1, "dialogs": 0, "updates": 2, "strangers": 1} | {
    "invitations": 30,
    "broadcasts": 90,
    "rounds": 20,
}


def message(at: dt.datetime, state: str = "sent") -> Mapping[str, Any]:
    fixed = {"chat": "telegram:1", "event": f"{state} {at}", "revision": 1, "part": 1, "turn": 1, "kind": "text"}
    return fixed | {"payload": {}, "state": state, "attempts": 1, "due_at": at, "created_at": at, "ended_at": at}


def row(rule: Rule, at: dt.datetime) -> Mapping[str, Any]:
    """One of the rule's table that ended, began or was closed at that time."""
    match rule.name:
        case "closed":
            key = f"telegram:{at.timestamp():.0f}"
            fixed = {"key": key, "timezone": "Europe/Berlin", "state": "paused", "created_at": NOW - 999 * DAY}
            return fixed | {"closed_at": at}
        case "messages":
            return message(at)
        case "subscriptions":
            fixed = {"chat": "telegram:9", "kind": "topic", "query": f"{at}", "query_key": f"{at}", "label": "x"}
            return fixed | {"rhythm": "immediate", "created_at": NOW - 999 * DAY, "ended_at": at}
        case "dialogs":
            return {"chat": f"{at}", "person": "", "command": "/abo", "expires_at": at}
        case "updates":
            return {"transport": "t", "number": int(at.timestamp()), "owner": "", "done": True, "begun_at": at}
        case "strangers":
            return {"who": f"{at}", "told_on": at.date()}
        case "invitations":
            fixed = {"token_hash": f"{at}", "note": "x", "uses": 1, "used": 0, "created_at": NOW - 999 * DAY}
            return fixed | {"expires_at": at}
        case "broadcasts":
            return {"text": "x", "created_at": at, "chats": 0}
        case "rounds":
            return {"source_id": "s", "at": at, "listed": 0, "fresh": 0}
    raise AssertionError(rule.name)


@pytest.mark.parametrize("rule", rules(KEEPING), ids=lambda rule: rule.name)
async def test_each_rule_keeps_as_long_as_it_says(conn: Connection, rule: Rule) -> None:
    assert rule.days == DAYS[rule.name]
    await chats.ensure(conn, "telegram:9", "Europe/Berlin", NOW)
    await conn.execute(sa.insert(tables.sources).values(id="s", failures=0, looked_once=True))
    border = NOW - rule.days * DAY
    for at in (border - DAY - dt.timedelta(seconds=1), border + dt.timedelta(seconds=1)):
        await conn.execute(sa.insert(rule.table).values(row(rule, at)))
    before = await count(conn, rule.table)
    assert await sweep(conn, rule, NOW) == 1
    assert await count(conn, rule.table) == before - 1
    assert await sweep(conn, rule, NOW) == 0


async def count(conn: Connection, table: sa.Table) -> int:
    return (await conn.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


def of(name: str) -> Rule:
    return next(rule for rule in rules(KEEPING) if rule.name == name)


@pytest.mark.parametrize(
    ("state", "goes"),
    [("sent", True), ("rejected", True), ("expired", True), ("unknown", False), ("pending", False), ("held", False)],
)
async def test_what_is_still_to_be_sent_or_decided_about_stays(conn: Connection, state: str, goes: bool) -> None:
    await conn.execute(sa.insert(tables.outbox).values(message(NOW - 999 * DAY, state)))
    assert await sweep(conn, of("messages"), NOW) == goes


async def test_a_closed_chat_goes_with_everything(conn: Connection) -> None:
    for number in (1, 2, 3):
        key = f"telegram:{number}"
        await chats.ensure(conn, key, "Europe/Berlin", NOW - 99 * DAY)
        await subscriptions.add(conn, key, "state", "Bayern", "Bayern", "immediate", NOW - 99 * DAY)
        await outbox.enqueue(conn, key, "resolution:1", "text", {"text": "x"}, NOW - 99 * DAY)
    await chats.pause(conn, "telegram:1", NOW - 31 * DAY)
    await chats.configure(conn, "telegram:2", barred_at=NOW - 31 * DAY)
    assert await sweep(conn, of("closed"), NOW) == 2
    assert [one.chat for one in await subscriptions.of_chat(conn, "telegram:3")] == ["telegram:3"]
    assert (await count(conn, tables.subscriptions), await count(conn, tables.outbox)) == (1, 1)


async def test_it_goes_in_pieces(conn: Connection) -> None:
    for day in range(7):
        await conn.execute(sa.insert(tables.outbox).values(message(NOW - (100 + day) * DAY)))
    assert [await sweep(conn, of("messages"), NOW, most=3) for _ in range(4)] == [3, 3, 1, 0]
