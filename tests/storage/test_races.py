"""Transactions that meet on PostgreSQL: one has begun and not ended when the other comes.

SQLite has no such moments. Each test breaks when the lock, or the one statement, that it is about is taken away.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TypeVar

import pytest
import sqlalchemy as sa

from storage import changes, chats, digests, holds, outbox, resolutions, subscriptions, watches
from storage.database import Connection, Database
from storage.migrate import upgrade
from storage.outbox import OutboxMessage
from storage.subscriptions import LIMIT, Rhythm, SubscriptionLimitError
from storage.tables import last_change, revisions
from storage.watches import Sentence, WatchLimitError
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import take

T = TypeVar("T")
ANNA, BERT = "telegram:1", "telegram:-2"
TODAY = NOW.date()
LEASE = dt.timedelta(minutes=5)


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    opened = Database.open(postgresql_url)
    yield opened
    await opened.dispose()


async def meets(database: Database, first: Work, second: Callable[[Connection], Awaitable[T]]) -> T:
    """What the second gives, that comes when the first has done its work and not yet committed."""

    async def later() -> T:
        async with database.begin() as conn:
            return await second(conn)

    async with database.begin() as conn:
        await first(conn)
        coming = asyncio.create_task(later())
        await asyncio.wait({coming}, timeout=0.1)
    return await coming


Work = Callable[[Connection], Awaitable[object]]


async def subscriber(database: Database, chat: str = ANNA, rhythm: Rhythm = "immediate") -> None:
    async with database.begin() as conn:
        await chats.ensure(conn, chat, "Europe/Berlin", NOW)
        await subscriptions.add(conn, chat, "topic", "Sprachkurse", "Sprachkurse", rhythm, NOW)


async def document(conn: Connection) -> None:
    await take(conn, reading(resolution()))


async def states(database: Database) -> dict[str, int]:
    async with database.read() as conn:
        return {state: count for state, count in (await outbox.counts(conn)).items() if count}


async def test_no_two_messages_get_one_place(database: Database) -> None:
    async def enqueue(conn: Connection, event: str) -> None:
        await outbox.enqueue(conn, ANNA, event, "text", {}, NOW)
        await outbox.enqueue(conn, ANNA, event, "text", {}, NOW, part=2)

    await meets(database, lambda conn: enqueue(conn, "one"), lambda conn: enqueue(conn, "two"))
    async with database.begin() as conn:
        assert len(await outbox.claim(conn, NOW, LEASE, 10)) == 1, "of a chat only its first"


async def test_two_that_claim_get_different_messages_and_do_not_wait(database: Database) -> None:
    async with database.begin() as conn:
        for number in range(6):
            await outbox.enqueue(conn, f"telegram:{number}", "x", "text", {}, NOW)
    taken: list[OutboxMessage] = []

    async def claim(conn: Connection) -> None:
        taken.extend(await outbox.claim(conn, NOW, LEASE, 3))

    async with database.begin() as first, database.begin() as second:
        await claim(first)
        await asyncio.wait_for(claim(second), 5)
    assert sorted(one.chat for one in taken) == [f"telegram:{number}" for number in range(6)]


async def test_what_a_claim_passes_over_does_not_open_the_way_for_what_stands_behind_it(database: Database) -> None:
    async with database.begin() as conn:
        for event in ("one", "two"):
            await outbox.enqueue(conn, ANNA, event, "text", {}, NOW)
    async with database.begin() as first, database.begin() as second:
        assert [one.event for one in await outbox.claim(first, NOW, LEASE, 1)] == ["one"]
        assert await outbox.claim(second, NOW, LEASE, 1) == ()


async def test_a_document_that_two_read_is_stored_once(database: Database) -> None:
    await subscriber(database)
    taken = await meets(database, document, lambda conn: take(conn, reading(resolution())))
    assert taken.outcome == "same"
    async with database.read() as conn:
        assert await resolutions.count(conn) == 1
    assert await states(database) == {"pending": 1}


async def test_changes_are_numbered_without_a_gap_and_trail_one_behind_the_other(database: Database) -> None:
    async def one(session: int) -> None:
        async with database.begin() as conn:
            await take(conn, reading(resolution("1"), resolution("2"), session=session, content=f"{session}"))

    await asyncio.gather(*map(one, range(1, 9)))
    async with database.read() as conn:
        asked = sa.select(revisions.c.change, revisions.c.trail).order_by(revisions.c.change)
        rows = (await conn.execute(asked)).all()
        last = (await conn.execute(sa.select(last_change.c.change, last_change.c.trail))).one()
    assert [row.change for row in rows] == list(range(1, 17))
    assert len({row.trail for row in rows}) == 16
    assert tuple(last) == tuple(rows[-1])


async def test_a_digest_that_closes_while_news_come_has_them_all(database: Database) -> None:
    await subscriber(database, rhythm="digest")
    assert await meets(database, document, lambda conn: digests.close(conn, ANNA, TODAY, NOW)) == 1


async def test_news_that_come_while_a_digest_closes_wait_and_are_looked_at(database: Database) -> None:
    await subscriber(database, rhythm="digest")

    async def nothing_waits(conn: Connection) -> None:
        await digests.close_all(conn, [], NOW)
        await digests.look_again(conn, {ANNA: None})

    await meets(database, nothing_waits, document)
    async with database.read() as conn:
        assert await digests.entries(conn, ANNA) == 1
        assert [chat.key for chat in await digests.due(conn, NOW, 10)] == [ANNA]


async def test_two_digests_of_one_day_are_one(database: Database) -> None:
    await subscriber(database, rhythm="digest")
    async with database.begin() as conn:
        await document(conn)
    closed = await meets(
        database,
        lambda conn: digests.close(conn, ANNA, TODAY, NOW),
        lambda conn: digests.close(conn, ANNA, TODAY, NOW),
    )
    assert closed == 0
    assert await states(database) == {"pending": 1}


@pytest.mark.parametrize("rhythm", ["immediate", "digest"])
async def test_who_leaves_while_news_come_is_not_written_to(database: Database, rhythm: Rhythm) -> None:
    await subscriber(database, rhythm=rhythm)
    assert await meets(database, document, lambda conn: chats.forget(conn, ANNA))
    assert await states(database) == {}
    async with database.read() as conn:
        assert await digests.entries(conn, ANNA) == 0


@pytest.mark.parametrize("rhythm", ["immediate", "digest"])
async def test_news_that_come_while_somebody_leaves_reach_the_others(database: Database, rhythm: Rhythm) -> None:
    await subscriber(database, rhythm=rhythm)
    await subscriber(database, BERT)
    await meets(database, lambda conn: chats.forget(conn, ANNA), document)
    assert await states(database) == {"pending": 1}


async def test_a_chat_that_moves_while_it_writes_from_its_new_place(database: Database) -> None:
    await subscriber(database)
    new = "telegram:-1001"
    moved = await meets(
        database,
        lambda conn: chats.ensure(conn, new, "Europe/Lisbon", NOW),
        lambda conn: chats.move(conn, ANNA, new),
    )
    assert moved
    async with database.read() as conn:
        assert len(await subscriptions.of_chat(conn, new)) == 1
        assert await chats.get(conn, ANNA) is None


async def test_a_move_that_two_hear_of(database: Database) -> None:
    await subscriber(database)
    new = "telegram:-1001"
    await meets(database, lambda conn: chats.move(conn, ANNA, new), lambda conn: chats.move(conn, ANNA, new))
    async with database.read() as conn:
        assert len(await subscriptions.of_chat(conn, new)) == 1


async def test_news_that_come_while_a_chat_moves_go_along(database: Database) -> None:
    await subscriber(database)
    await meets(database, document, lambda conn: chats.move(conn, ANNA, BERT))
    async with database.begin() as conn:
        assert [one.chat for one in await outbox.claim(conn, NOW, LEASE, 10)] == [BERT]


async def test_the_same_subscription_twice_at_once_is_one(database: Database) -> None:
    async with database.begin() as conn:
        await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)

    async def add(conn: Connection) -> bool:
        return (await subscriptions.add(conn, ANNA, "state", "Bayern", "Bayern", "digest", NOW))[1]

    assert not await meets(database, add, add)


async def test_nobody_gets_beyond_a_limit_with_two_at_once(database: Database) -> None:
    async with database.begin() as conn:
        await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
        for number in range(LIMIT - 1):
            await subscriptions.add(conn, ANNA, "topic", f"{number}", "x", "digest", NOW)

    async def add(conn: Connection, query: str) -> None:
        await subscriptions.add(conn, ANNA, "topic", query, "x", "digest", NOW)

    with pytest.raises(SubscriptionLimitError):
        await meets(database, lambda conn: add(conn, "a"), lambda conn: add(conn, "b"))


async def test_nobody_watches_more_than_the_limit_with_two_at_once(database: Database) -> None:
    async with database.begin() as conn:
        await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
        await document(conn)
        (stored,) = (await resolutions.latest(conn, 1)).items
        for number in range(watches.LIMIT - 1):
            await watches.add(conn, ANNA, stored.id, Sentence(f"{number}"), None, NOW)

    async def add(conn: Connection, text: str) -> None:
        await watches.add(conn, ANNA, stored.id, Sentence(text), None, NOW)

    with pytest.raises(WatchLimitError):
        await meets(database, lambda conn: add(conn, "a"), lambda conn: add(conn, "b"))


async def test_what_is_held_back_while_news_of_it_come_is_not_told(database: Database) -> None:
    await subscriber(database)
    async with database.begin() as conn:
        await take(conn, reading(resolution()), silent=True)
        (stored,) = (await resolutions.latest(conn, 1)).items
    changed = reading(resolution(title="Sprachförderung, neu"))
    await meets(database, lambda conn: take(conn, changed), lambda conn: holds.hold(conn, stored.id, NOW))
    assert await states(database) == {"held": 1}


async def test_an_overview_leaves_to_the_operator_what_he_is_holding_back(database: Database) -> None:
    async with database.begin() as conn:
        await outbox.enqueue(conn, ANNA, "digest:1", "digest", {"entries": [{"resolution": 7}]}, NOW)
        (message,) = await outbox.claim(conn, NOW, LEASE, 1)

    async def compose(conn: Connection) -> None:
        assert await outbox.fix_parts(conn, message, [{"text": "fertig"}])

    async def leave_out(conn: Connection) -> int:
        await changes.lock_news(conn)
        return await holds._leave_out(conn, 7, NOW + MINUTE)

    assert await meets(database, compose, leave_out) == 0, "it was composed when the lock was free"
    async with database.read() as conn:
        assert [one.payload for one in await outbox.in_state(conn, "pending")] == [{"text": "fertig"}]


async def test_words_that_are_ready_when_the_operator_has_left_something_out_are_not_sent(database: Database) -> None:
    await subscriber(database, rhythm="digest")
    async with database.begin() as conn:
        await take(conn, reading(resolution("1"), resolution("2")))
        await digests.close(conn, ANNA, TODAY, NOW)
        (message,) = await outbox.claim(conn, NOW, LEASE, 1)
    one, other = message.resolutions
    fixed = await meets(
        database,
        lambda conn: holds.hold(conn, one, NOW),
        lambda conn: outbox.fix_parts(conn, message, [{"text": "fertig"}]),
    )
    assert fixed is None
    async with database.read() as conn:
        assert [row.resolutions for row in await outbox.in_state(conn, "pending")] == [(other,)]


async def _refused(conn: Connection, message: OutboxMessage) -> None:
    assert await outbox.postpone(conn, message, NOW, "wait")
    await holds.keep_back(conn, message, NOW)


async def test_what_is_refused_for_now_while_the_operator_holds_it_back_is_not_sent_again(database: Database) -> None:
    await subscriber(database)
    async with database.begin() as conn:
        await document(conn)
        (message,) = await outbox.claim(conn, NOW, LEASE, 1)
        await outbox.begin_sending(conn, message, NOW)

    assert (
        await meets(
            database, partial(_refused, message=message), lambda conn: holds.hold(conn, message.resolutions[0], NOW)
        )
        == 1
    )
    assert await states(database) == {"held": 1}


async def test_what_the_operator_is_holding_back_while_it_is_refused_for_now_is_not_sent_again(
    database: Database,
) -> None:
    await subscriber(database)
    async with database.begin() as conn:
        await document(conn)
        (message,) = await outbox.claim(conn, NOW, LEASE, 1)
        await outbox.begin_sending(conn, message, NOW)

    await meets(
        database, lambda conn: holds.hold(conn, message.resolutions[0], NOW), partial(_refused, message=message)
    )
    assert await states(database) == {"held": 1}


async def test_migrating_waits_for_another_that_migrates(postgresql_url: str) -> None:
    await asyncio.gather(*(upgrade(postgresql_url) for _ in range(3)))
