"""Access comes and goes: what becomes of a chat's subscriptions and messages."""

from __future__ import annotations

import datetime as dt

import pytest

from storage import admissions, chats, digests, invitations, outbox, subscriptions, turned_away
from storage.database import Connection
from storage.subscriptions import Wanted
from tests.storage.samples import MINUTE, NOW

ANNA, FORUM, TOPIC = "telegram:1", "telegram:-5", "telegram:-5/7"
LEASE = dt.timedelta(minutes=5)
QUERY = Wanted("topic", "sprachkurse", "Sprachkurse")


async def subscribed(conn: Connection, *keys: str) -> None:
    for key in keys:
        await chats.ensure(conn, key, "Europe/Berlin", NOW)
        await subscriptions.add(conn, key, "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)


async def matched(conn: Connection) -> list[str]:
    return [one.chat for one in await subscriptions.to_any_of(conn, [QUERY], NOW)]


async def to_be_sent(conn: Connection, now: dt.datetime) -> list[tuple[str, str]]:
    return [(row.chat, row.event) for row in await outbox.claim(conn, now, LEASE, 99)]


async def revoke(conn: Connection, chat: str) -> None:
    admission = await admissions.of_chat(conn, chat)
    assert admission is not None
    await admissions.revoke(conn, [admission], (), NOW)


@pytest.mark.parametrize(("admitted", "keys"), [(ANNA, (ANNA,)), (FORUM, (FORUM, TOPIC))])
async def test_after_the_end_subscriptions_rest_and_one_word_says_so(
    conn: Connection, admitted: str, keys: tuple[str, ...]
) -> None:
    await subscribed(conn, *keys)
    await admissions.admit(conn, admitted, "Referat", NOW)
    for key in keys:
        await outbox.enqueue(conn, key, "resolution:1", "notice", {"resolution": 1}, NOW)
    await revoke(conn, admitted)
    assert await matched(conn) == []
    told = await to_be_sent(conn, NOW)
    assert [(chat, event.split(":")[:2]) for chat, event in told] == [(key, ["access", "ended"]) for key in keys]
    assert await digests.due(conn, NOW, 9) == ()
    assert (await outbox.counts(conn))["expired"] == len(keys)


async def test_what_is_enqueued_by_mistake_waits(conn: Connection) -> None:
    await subscribed(conn, ANNA)
    await admissions.enforce(conn, everybody=False, others=(), now=NOW)
    await outbox.enqueue(conn, ANNA, "resolution:2", "notice", {"resolution": 2}, NOW)
    assert len(await to_be_sent(conn, NOW)) == 1, "the word alone"
    assert await to_be_sent(conn, NOW + 2 * LEASE) != [(ANNA, "resolution:2")]


async def test_who_comes_back_goes_on_where_it_ended(conn: Connection) -> None:
    await subscribed(conn, ANNA)
    await admissions.admit(conn, ANNA, "Referat", NOW)
    await revoke(conn, ANNA)
    assert await admissions.of_chat(conn, ANNA) is None
    await admissions.admit(conn, ANNA, "Referat", NOW + MINUTE)
    assert await matched(conn) == [ANNA]
    assert await to_be_sent(conn, NOW + MINUTE) == [], "the word that access has ended is not true any more"
    assert [chat.key for chat in await digests.due(conn, NOW, 9)] == [ANNA]


async def test_a_topic_has_the_access_of_its_forum(conn: Connection) -> None:
    await admissions.admit(conn, TOPIC, "Referat", NOW)
    assert await admissions.of_chat(conn, FORUM) is not None
    assert await admissions.of_chat(conn, "telegram:-5/8") is not None
    assert await admissions.of_chat(conn, "telegram:-51") is None


@pytest.mark.parametrize(
    ("everybody", "others", "stay"),
    [
        (True, (), {ANNA, FORUM, TOPIC}),
        (False, (), {ANNA}),
        (False, (FORUM,), {ANNA, FORUM, TOPIC}),
    ],
)
async def test_settings_that_changed_are_enforced(
    conn: Connection, everybody: bool, others: tuple[str, ...], stay: set[str]
) -> None:
    await subscribed(conn, ANNA, FORUM, TOPIC)
    await admissions.admit(conn, ANNA, "Referat", NOW)
    barred, back = await admissions.enforce(conn, everybody, others, NOW)
    assert (barred, back) == (3 - len(stay), 0)
    assert set(await matched(conn)) == stay
    assert await admissions.enforce(conn, everybody, others, NOW + MINUTE) == (0, 0), "nobody is told twice"
    assert await admissions.enforce(conn, True, (), NOW + MINUTE) == (0, barred)
    assert set(await matched(conn)) == {ANNA, FORUM, TOPIC}


async def test_a_group_that_moves_takes_its_access_along(conn: Connection) -> None:
    await subscribed(conn, "telegram:-9")
    await admissions.admit(conn, "telegram:-9", "Referat", NOW)
    await chats.move(conn, "telegram:-9", "telegram:-1009")
    assert await admissions.of_chat(conn, "telegram:-9") is None
    assert await admissions.of_chat(conn, "telegram:-1009") is not None


async def test_an_invitation_counts_and_ends(conn: Connection) -> None:
    made = await invitations.issue(conn, "secret", "Referat", 2, NOW + LEASE, NOW)
    assert await invitations.redeem(conn, "Secret", NOW) is None
    assert await invitations.redeem(conn, "secret", NOW + LEASE) is None, "too late"
    used = [await invitations.redeem(conn, "secret", NOW) for _ in range(3)]
    assert [one.left if one else None for one in used] == [1, 0, None]
    other = await invitations.issue(conn, "other", "Referat", 2, NOW + LEASE, NOW)
    assert [one.id for one in await invitations.open_ones(conn, NOW)] == [other.id]
    await invitations.close(conn, other.id, NOW)
    assert await invitations.redeem(conn, "other", NOW) is None
    assert made.left == 2


async def test_a_stranger_is_told_once_a_day(conn: Connection) -> None:
    today, tomorrow = NOW.date(), NOW.date() + dt.timedelta(days=1)
    told = [await turned_away.first_today(conn, who, day) for who, day in [("a", today), ("a", today), ("b", today)]]
    assert told == [True, False, True]
    assert await turned_away.first_today(conn, "a", tomorrow)
