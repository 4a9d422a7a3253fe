"""Watched demands: each sentence once, reminded of once for each date, and nobody's but the chat's own."""

from __future__ import annotations

import datetime as dt

import pytest

from storage import chats, outbox, watches
from storage.database import Connection
from storage.watches import Sentence, Watch, WatchLimitError
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import take

ANNA, BERT = "telegram:1", "telegram:2"
DAY = dt.date(2026, 5, 4)


@pytest.fixture
async def resolution_id(conn: Connection) -> int:
    for chat in (ANNA, BERT):
        await chats.ensure(conn, chat, "Europe/Berlin", NOW)
    return (await take(conn, reading(resolution()))).resolutions[0].id


async def watch(
    conn: Connection, resolution: int, text: str = "Der Bund wird gebeten.", on: dt.date | None = DAY, chat: str = ANNA
) -> Watch:
    return (await watches.add(conn, chat, resolution, Sentence(text, 1, "Bund", on), on, NOW))[0]


async def test_the_same_sentence_is_watched_once(conn: Connection, resolution_id: int) -> None:
    first = await watch(conn, resolution_id)
    assert await watches.add(conn, ANNA, resolution_id, Sentence(first.text), None, NOW) == (first, False)
    assert (await watch(conn, resolution_id, chat=BERT)).id != first.id
    assert await watches.get(conn, BERT, first.id) is None
    assert await watches.remove(conn, BERT, first.id) is None
    assert await watches.remove(conn, ANNA, first.id) == first
    assert await watches.of_chat(conn, ANNA) == ()


async def test_the_next_due_comes_first_and_what_is_done_last(conn: Connection, resolution_id: int) -> None:
    late, none, soon, done, done_later = [
        await watch(conn, resolution_id, name, on)
        for name, on in (("late", DAY), ("none", None), ("soon", DAY.replace(day=1)), ("done", DAY), ("later", DAY))
    ]
    await watches.change(conn, ANNA, done.id, done_at=NOW)
    await watches.change(conn, ANNA, done_later.id, done_at=NOW + MINUTE)
    assert [one.id for one in await watches.of_chat(conn, ANNA)] == [
        one.id for one in (soon, late, none, done_later, done)
    ]


BERLIN = "Europe/Berlin"


async def test_a_reminder_is_written_once_for_each_date(conn: Connection, resolution_id: int) -> None:
    mine = await watch(conn, resolution_id)
    assert await watches.due(conn, BERLIN, DAY - dt.timedelta(days=1), 10) == ()
    (ripe,) = await watches.due(conn, BERLIN, DAY, 10)
    later = DAY + dt.timedelta(days=7)
    assert await watches.remind(conn, ripe, later, NOW)
    assert not await watches.remind(conn, ripe, later, NOW), "worked out twice"
    assert await watches.due(conn, BERLIN, DAY, 10) == ()
    (message,) = await outbox.in_state(conn, "pending")
    assert (message.chat, message.event, message.kind) == (ANNA, f"reminder:{mine.id}:2026-05-04", "reminder")
    (again,) = await watches.due(conn, BERLIN, later, 10)
    assert await watches.remind(conn, again, None, NOW)
    assert await watches.due(conn, BERLIN, dt.date.max, 10) == ()


async def test_of_what_is_done_nobody_is_reminded(conn: Connection, resolution_id: int) -> None:
    mine = await watch(conn, resolution_id)
    (ripe,) = await watches.due(conn, BERLIN, DAY, 10)
    await watches.change(conn, ANNA, mine.id, done_at=NOW)
    assert await watches.due(conn, BERLIN, DAY, 10) == ()
    assert not await watches.remind(conn, ripe, None, NOW), "done between looking and writing"


async def test_each_zone_for_itself(conn: Connection, resolution_id: int) -> None:
    await watch(conn, resolution_id)
    theirs = await watch(conn, resolution_id, chat=BERT)
    await chats.configure(conn, BERT, timezone="Asia/Tokyo")
    assert await watches.zones(conn, DAY) == ("Asia/Tokyo", BERLIN)
    assert await watches.zones(conn, DAY - dt.timedelta(days=1)) == ()
    assert await watches.due(conn, "Asia/Tokyo", DAY, 10) == (theirs,)


async def test_the_limit(conn: Connection, resolution_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watches, "LIMIT", 2)
    first = await watch(conn, resolution_id, "one")
    await watch(conn, resolution_id, "two")
    with pytest.raises(WatchLimitError, match="at most 2"):
        await watch(conn, resolution_id, "three")
    assert await watch(conn, resolution_id, "one") == first
    await watch(conn, resolution_id, "three", chat=BERT)


async def test_a_chat_that_moves_takes_its_watches_along(conn: Connection, resolution_id: int) -> None:
    await watch(conn, resolution_id, "one")
    await watch(conn, resolution_id, "two")
    await watch(conn, resolution_id, "two", chat=BERT)
    await chats.move(conn, ANNA, BERT)
    assert sorted(one.text for one in await watches.of_chat(conn, BERT)) == ["one", "two"]
    await chats.forget(conn, BERT)
    assert await watches.of_chat(conn, BERT) == ()
