"""Many notices to one chat become one overview, and nothing of them is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from storage import outbox
from storage.database import Connection
from storage.gathering import entries, gather
from storage.outbox import OutboxMessage
from storage.outbox_desk import listed
from tests.storage.samples import MINUTE, NOW

ANNA, BERT = "telegram:1", "telegram:2"
HOUR = dt.timedelta(hours=1)


def notice(id: int, revision: int = 1, change: str = "new", label: str = "Sprachkurse") -> dict[str, Any]:
    return {"resolution": id, "revision": revision, "subscriptions": [label], "change": change}


async def notify(conn: Connection, chat: str, *ids: int) -> None:
    for id in ids:
        await outbox.enqueue(conn, chat, f"resolution:{id}", "notice", notice(id), NOW)


async def claimed(conn: Connection, later: dt.timedelta = MINUTE, most: int = 3) -> tuple[OutboxMessage, ...]:
    now = NOW + later
    return await gather(conn, await outbox.claim(conn, now, MINUTE, 50), now, most, HOUR)


@pytest.mark.parametrize(
    ("number", "later", "together", "why"),
    [
        (3, MINUTE, False, "few and fresh"),
        (4, MINUTE, True, "more than the bound"),
        (2, 2 * HOUR, True, "they waited through an outage"),
        (1, 2 * HOUR, False, "one is one message in any case"),
    ],
)
async def test_when_notices_are_gathered(
    conn: Connection, number: int, later: dt.timedelta, together: bool, why: str
) -> None:
    await notify(conn, ANNA, *range(1, number + 1))
    (first,) = await claimed(conn, later)
    assert (first.kind == "digest") is together, why
    assert len(await listed(conn, ("pending",))) == (1 if together else number), why
    told = [entry["resolution"] for entry in first.payload.get("entries", ())]
    assert told == (list(range(1, number + 1)) if together else []), why


async def test_the_others_end_and_name_where_they_are_told(conn: Connection) -> None:
    await notify(conn, ANNA, 1, 2, 3, 4)
    (overview,) = await claimed(conn)
    assert overview.resolutions == (1, 2, 3, 4)
    assert {row.reason for row in await listed(conn, ("expired",))} == {f"told in message {overview.id}"}


async def test_who_composed_one_of_them_before_has_lost_it(conn: Connection) -> None:
    """His lease ended early, as when the clock jumps; the overview tells what he would have told."""
    await notify(conn, ANNA, 1, 2)
    (alone,) = await claimed(conn)
    (overview,) = await claimed(conn, 2 * HOUR)
    assert (alone.id, alone.kind, overview.id, overview.kind) == (overview.id, "notice", alone.id, "digest")
    assert await outbox.fix_parts(conn, alone, [{"text": "eins"}]) is None
    assert await outbox.fix_parts(conn, overview, [{"text": "eins und zwei"}])


async def test_another_chat_is_not_touched_nor_is_what_is_composed(conn: Connection) -> None:
    await notify(conn, ANNA, 1, 2, 3, 4)
    await notify(conn, BERT, 1)
    await outbox.enqueue(conn, ANNA, "digest:2026-03-04", "digest", {"entries": [notice(9)]}, NOW)
    overview, other = await claimed(conn)
    assert (other.chat, other.kind) == (BERT, "notice")
    assert [row.event for row in await listed(conn, ("pending",))] == [
        "resolution:1",
        "resolution:1",
        "digest:2026-03-04",
    ]
    assert overview.chat == ANNA


async def test_a_round_under_way_holds_back_what_it_finds(conn: Connection) -> None:
    await notify(conn, ANNA, 1)
    await outbox.enqueue(conn, BERT, "hello", "text", {}, NOW)
    free = await outbox.claim(conn, NOW + MINUTE, MINUTE, 50, gathering=NOW)
    assert [row.chat for row in free] == [BERT]
    assert [row.chat for row in await outbox.claim(conn, NOW + MINUTE, MINUTE, 50)] == [ANNA]


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ([notice(1), notice(1, 2, "changed")], (1, 2, "new", 0)),
        ([notice(1, 2, "changed"), notice(1, 3, "changed")], (1, 3, "changed", 1)),
    ],
)
def test_one_entry_for_a_resolution_with_its_newest_revision(
    notices: list[dict[str, Any]], expected: tuple[int, int, str, int]
) -> None:
    (entry,) = entries(notices)
    assert (entry["resolution"], entry["revision"], entry["change"], entry["since"]) == expected


def test_an_entry_names_all_subscriptions() -> None:
    (entry,) = entries([notice(1, label="A"), notice(1, label="B"), notice(1, label="A")])
    assert entry["subscriptions"] == ["A", "B"]
