"""Daily digests: a fixed set of entries, one message per local date, nothing lost between two."""

from __future__ import annotations

import asyncio
import datetime as dt

from storage import chats, digests, outbox
from storage.database import Connection, Database
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import take

ANNA, BERT = "telegram:1", "telegram:2"
TODAY = dt.date(2026, 3, 4)
DAY = dt.timedelta(days=1)


async def stored(conn: Connection, *numbers: str) -> list[int]:
    """Resolutions to digest, by id."""
    taken = await take(conn, reading(*(resolution(number) for number in numbers)))
    return [ref.id for ref in taken.resolutions]


async def wait(conn: Connection, chat: str, *ids: int, label: str = "Asyl") -> None:
    await chats.ensure(conn, chat, "Europe/Berlin", NOW)
    for id in ids:
        await digests.put(conn, chat, id, 1, "new", [label], NOW)


async def test_all_that_waits_becomes_one_message(conn: Connection) -> None:
    first, second = await stored(conn, "1", "2")
    await wait(conn, ANNA, first, second)
    assert await digests.entries(conn, ANNA) == 2
    assert await digests.close(conn, ANNA, TODAY, NOW) == 2
    (message,) = await outbox.in_state(conn, "pending")
    assert (message.chat, message.event, message.kind) == (ANNA, "digest:2026-03-04", "digest")
    assert message.payload == {
        "date": "2026-03-04",
        "entries": [
            {"resolution": id, "revision": 1, "subscriptions": ["Asyl"], "change": "new", "since": 0}
            for id in (first, second)
        ],
    }
    assert await digests.entries(conn, ANNA) == 0


async def test_a_date_is_closed_once_and_what_comes_later_waits_for_the_next(conn: Connection) -> None:
    first, second = await stored(conn, "1", "2")
    await wait(conn, ANNA, first)
    assert await digests.close(conn, ANNA, TODAY, NOW) == 1
    await wait(conn, ANNA, second)
    assert await digests.close(conn, ANNA, TODAY, NOW + MINUTE) == 0
    assert await digests.close(conn, ANNA, TODAY - DAY, NOW + MINUTE) == 0, "a date before it is closed as well"
    assert await digests.entries(conn, ANNA) == 1
    assert await digests.close(conn, ANNA, TODAY + DAY, NOW + DAY) == 1


async def test_an_empty_day_is_closed_silently(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    assert await digests.close(conn, ANNA, TODAY, NOW) == 0
    assert (await outbox.counts(conn))["pending"] == 0
    await wait(conn, ANNA, *await stored(conn, "1"))
    assert await digests.close(conn, ANNA, TODAY, NOW) == 0


async def test_an_unknown_chat_has_no_digest(conn: Connection) -> None:
    assert await digests.close(conn, ANNA, TODAY, NOW) == 0


async def test_two_that_close_at_the_same_time_make_one_message(database: Database, url: str) -> None:
    async with database.begin() as conn:
        await wait(conn, ANNA, *await stored(conn, "1", "2"))
    other = Database.open(url)

    async def close(store: Database) -> int:
        async with store.begin() as conn:
            return await digests.close(conn, ANNA, TODAY, NOW)

    assert sorted(await asyncio.gather(close(database), close(other))) == [0, 2]
    await other.dispose()


async def test_a_resolution_waits_once_with_its_last_revision(conn: Connection) -> None:
    (id,) = await stored(conn, "1")
    await wait(conn, ANNA, id)
    await digests.put(conn, ANNA, id, 2, "changed", ["Asyl", "Bayern"], NOW + MINUTE)
    await digests.close(conn, ANNA, TODAY, NOW)
    (message,) = await outbox.in_state(conn, "pending")
    assert message.payload["entries"] == [
        {"resolution": id, "revision": 2, "subscriptions": ["Asyl", "Bayern"], "change": "new", "since": 0}
    ]


async def test_several_changes_of_a_day_are_told_since_what_was_told_before(conn: Connection) -> None:
    (id,) = await stored(conn, "1")
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    for revision in (4, 5):
        await digests.put(conn, ANNA, id, revision, "changed", ["Asyl"], NOW)
    await digests.close(conn, ANNA, TODAY, NOW)
    (message,) = await outbox.in_state(conn, "pending")
    (entry,) = message.payload["entries"]
    assert (entry["revision"], entry["since"], entry["change"]) == (5, 3, "changed")


async def test_who_is_to_be_looked_at(conn: Connection) -> None:
    (id,) = await stored(conn, "1")
    await chats.ensure(conn, "telegram:nothing", "Europe/Berlin", NOW)
    await chats.ensure(conn, "telegram:time", "Europe/Berlin", NOW)
    await chats.set_digest(conn, "telegram:time", 450)
    await wait(conn, "telegram:entry", id)
    await wait(conn, "telegram:paused", id)
    await chats.pause(conn, "telegram:paused")
    assert {chat.key for chat in await digests.due(conn, NOW, 10)} == {
        "telegram:entry",
        "telegram:nothing",
        "telegram:time",
    }
    await digests.look_again(conn, {"telegram:nothing": None, "telegram:time": NOW + dt.timedelta(minutes=1)})
    assert [chat.key for chat in await digests.due(conn, NOW, 10)] == ["telegram:entry"]
    await wait(conn, "telegram:nothing", id)
    assert {chat.key for chat in await digests.due(conn, NOW, 10)} == {"telegram:entry", "telegram:nothing"}


async def test_one_chats_digest_leaves_the_others_alone(conn: Connection) -> None:
    (id,) = await stored(conn, "1")
    await wait(conn, ANNA, id)
    await wait(conn, BERT, id)
    await digests.close(conn, ANNA, TODAY, NOW)
    assert await digests.entries(conn, BERT) == 1


async def test_wishes_that_change_while_a_chat_is_looked_at_are_looked_at_as_well(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW - dt.timedelta(days=1))
    await digests.look_again(conn, {ANNA: NOW})
    (seen,) = await digests.due(conn, NOW, 10)
    assert seen.look_at
    await chats.set_digest(conn, ANNA, 8 * 60)
    await digests.look_again(conn, {ANNA: NOW + dt.timedelta(days=1)}, {ANNA: seen.look_at})
    assert [chat.key for chat in await digests.due(conn, NOW, 10)] == [ANNA]
