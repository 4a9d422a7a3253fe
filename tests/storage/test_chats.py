"""Chats: made once, paused and resumed, moved with all they have, and forgotten without a trace."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage import chats, digests, outbox, subscriptions
from storage.chats import Chat
from storage.column_types import Text
from storage.database import Connection
from storage.tables import metadata
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import take

ANNA, BERT = "telegram:1", "telegram:-1002"


async def subscriber(conn: Connection, key: str) -> Chat:
    """A chat with a subscription, a digest entry and a message."""
    chat = await chats.ensure(conn, key, "Europe/Berlin", NOW)
    await subscriptions.add(conn, key, "state", "Bayern", "Bayern", "digest", NOW)
    await take(conn, reading(resolution(key, applicants=("Bayern",))))
    await outbox.enqueue(conn, key, "hello", "text", {"text": "Guten Tag"}, NOW)
    assert await digests.entries(conn, key) == 1
    return chat


async def traces(conn: Connection, key: str) -> list[str]:
    """The tables in which any column holds the key."""
    found = []
    for table in metadata.sorted_tables:
        texts = [column for column in table.c if isinstance(column.type, Text | sa.JSON)]
        hits = sa.or_(sa.false(), *(sa.cast(column, sa.Text).contains(key) for column in texts))
        if texts and (await conn.execute(sa.select(sa.func.count()).select_from(table).where(hits))).scalar_one():
            found.append(table.name)
    return found


async def test_a_chat_is_made_once_and_keeps_its_zone(conn: Connection) -> None:
    made = await chats.ensure(conn, ANNA, "Europe/Lisbon", NOW)
    assert made == Chat(ANNA, "Europe/Lisbon", None, None, "active", NOW)
    assert await chats.ensure(conn, ANNA, "Europe/Berlin", NOW + MINUTE) == made
    assert await chats.get(conn, ANNA) == made
    assert await chats.count(conn) == 1


async def test_nobody_knows_a_stranger(conn: Connection) -> None:
    assert await chats.get(conn, ANNA) is None
    assert await chats.set_digest(conn, ANNA, 450) is None
    for change in (chats.pause, chats.resume, chats.forget):
        assert not await change(conn, ANNA)
    assert not await chats.move(conn, ANNA, BERT)


@pytest.mark.parametrize("minute", [0, 450, 1439, None])
async def test_the_digest_time_is_set_and_cleared(conn: Connection, minute: int | None) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    changed = await chats.set_digest(conn, ANNA, minute)
    assert changed is not None
    assert changed.digest_minute == minute


@pytest.mark.parametrize("minute", [-1, 1440])
async def test_a_minute_that_no_day_has_is_refused(conn: Connection, minute: int) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    with pytest.raises(IntegrityError, match="digest_minute"):
        await chats.set_digest(conn, ANNA, minute)


async def test_pause_and_resume(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    for change, state in ((chats.pause, "paused"), (chats.resume, "active")):
        assert await change(conn, ANNA)
        chat = await chats.get(conn, ANNA)
        assert chat is not None
        assert chat.state == state


async def test_forgetting_leaves_no_trace_and_touches_nobody_else(conn: Connection) -> None:
    await subscriber(conn, BERT)
    await subscriber(conn, "telegram:77")
    # The number of the sample resolution is the key, and documents are no data of a chat.
    documents = {"resolutions", "revisions"}
    assert {"chats", "subscriptions", "digest_entries", "outbox"} <= set(await traces(conn, BERT))
    assert await chats.forget(conn, BERT)
    assert set(await traces(conn, BERT)) <= documents
    assert {"chats", "subscriptions", "digest_entries", "outbox"} <= set(await traces(conn, "telegram:77"))


async def test_forgetting_takes_messages_of_a_chat_that_was_never_made(conn: Connection) -> None:
    await outbox.enqueue(conn, ANNA, "hello", "text", {}, NOW)
    assert await chats.forget(conn, ANNA)
    assert (await outbox.counts(conn))["pending"] == 0


async def test_a_move_takes_everything_along(conn: Connection) -> None:
    before = await subscriber(conn, ANNA)
    assert await chats.move(conn, ANNA, BERT)
    assert await chats.get(conn, ANNA) is None
    after = await chats.get(conn, BERT)
    assert after is not None
    assert after.created_at == before.created_at
    assert [one.label for one in await subscriptions.of_chat(conn, BERT)] == ["Bayern"]
    assert await digests.entries(conn, BERT) == 1
    assert [message.chat for message in await outbox.in_state(conn, "pending")] == [BERT]


async def test_a_move_to_a_key_that_wrote_already_makes_one_of_two(conn: Connection) -> None:
    await subscriber(conn, ANNA)
    await chats.set_digest(conn, ANNA, 450)
    await digests.close(conn, ANNA, dt.date(2026, 3, 3), NOW)
    await chats.ensure(conn, BERT, "UTC", NOW + MINUTE)
    await subscriptions.add(conn, BERT, "state", "bayern", "Bayern", "immediate", NOW)
    await outbox.enqueue(conn, BERT, "hello", "text", {"text": "twice"}, NOW)
    assert await chats.move(conn, ANNA, BERT)
    assert await chats.get(conn, BERT) == Chat(BERT, "Europe/Berlin", 450, dt.date(2026, 3, 3), "active", NOW)
    assert [one.rhythm for one in await subscriptions.of_chat(conn, BERT)] == ["immediate"]
    assert [message.event for message in await outbox.in_state(conn, "pending")] == ["digest:2026-03-03", "hello"]
    assert await chats.count(conn) == 1


async def test_a_move_loses_no_digest_of_the_same_day(conn: Connection) -> None:
    """Both have closed theirs, with different entries."""
    date = dt.date(2026, 3, 3)
    await subscriber(conn, ANNA)
    await digests.close(conn, ANNA, date, NOW)
    await chats.ensure(conn, BERT, "UTC", NOW)
    (known,) = await digest_of(conn, ANNA)
    await digests.put(conn, BERT, known, 1, "new", ["Bayern"], NOW)
    await digests.close(conn, BERT, date + dt.timedelta(days=1), NOW)
    await digests.put(conn, BERT, known, 1, "new", ["Bayern"], NOW)
    await outbox.enqueue(conn, BERT, f"digest:{date}", "digest", {"entries": []}, NOW)
    assert await chats.move(conn, ANNA, BERT)
    events = [row.event for row in await outbox.in_state(conn, "pending") if row.event.startswith("digest")]
    assert sorted(events) == [f"digest:{date}", f"digest:{date}:{ANNA}", f"digest:{date + dt.timedelta(days=1)}"]
    after = await chats.get(conn, BERT)
    assert after is not None
    assert after.last_digest_on == date + dt.timedelta(days=1), "none of these dates is closed again"


async def digest_of(conn: Connection, chat: str) -> list[int]:
    rows = [row for row in await outbox.in_state(conn, "pending") if row.chat == chat]
    return [id for row in rows for id in row.resolutions]


@pytest.mark.parametrize(
    ("last", "covered", "kept"),
    [(None, 2, 2), (1, 2, 2), (3, 2, 3), (3, None, 3), (None, None, None)],
)
async def test_a_new_time_makes_up_for_nothing(
    conn: Connection, last: int | None, covered: int | None, kept: int | None
) -> None:
    def day(number: int | None) -> dt.date | None:
        return None if number is None else dt.date(2026, 3, number)

    await chats.ensure(conn, ANNA, "UTC", NOW)
    await chats.configure(conn, ANNA, last_digest_on=day(last))
    changed = await chats.set_digest(conn, ANNA, 450, covered=day(covered))
    assert changed is not None
    assert changed.last_digest_on == day(kept)


async def test_a_move_to_itself_is_none(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    assert not await chats.move(conn, ANNA, ANNA)
    assert await chats.get(conn, ANNA) is not None
