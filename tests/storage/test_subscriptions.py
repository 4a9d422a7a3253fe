"""Subscriptions: one per query and chat, up to the limit, and nobody touches another's."""

from __future__ import annotations

import datetime as dt

import pytest

from storage import chats, subscriptions
from storage.database import Connection
from storage.subscriptions import KEPT, LIMIT, Subscription, SubscriptionLimitError, Wanted
from tests.storage.samples import MINUTE, NOW

ANNA, BERT = "telegram:1", "telegram:2"


@pytest.fixture(autouse=True)
async def known(conn: Connection) -> None:
    for chat in (ANNA, BERT):
        await chats.ensure(conn, chat, "Europe/Berlin", NOW)


async def topic(conn: Connection, query: str, chat: str = ANNA) -> Subscription:
    subscription, _ = await subscriptions.add(conn, chat, "topic", query, query, "immediate", NOW)
    return subscription


async def test_added_listed_and_found(conn: Connection) -> None:
    made, new = await subscriptions.add(conn, ANNA, "state", "Bayern", "Land Bayern", "digest", NOW)
    assert new
    assert made == Subscription(made.id, ANNA, "state", "Bayern", "Land Bayern", "digest", NOW)
    other = await topic(conn, "Asyl")
    assert await subscriptions.of_chat(conn, ANNA) == (made, other)
    assert await subscriptions.get(conn, ANNA, made.id) == made
    assert await subscriptions.count(conn) == 2


@pytest.mark.parametrize("again", ["Sprachkurse", "sprachkurse", "  SPRACHKURSE "])
async def test_the_same_query_is_one_subscription(conn: Connection, again: str) -> None:
    first = await topic(conn, "Sprachkurse")
    same, new = await subscriptions.add(conn, ANNA, "topic", again, again, "digest", NOW)
    assert (same, new) == (first, False)


async def test_kind_and_chat_tell_the_same_words_apart(conn: Connection) -> None:
    first = await topic(conn, "Bayern")
    state, new = await subscriptions.add(conn, ANNA, "state", "Bayern", "Bayern", "digest", NOW)
    assert new
    assert (await topic(conn, "Bayern", BERT)).id not in (first.id, state.id)


async def test_the_limit_is_per_chat_and_the_same_again_is_no_more(conn: Connection) -> None:
    for number in range(LIMIT):
        await topic(conn, f"Thema {number}")
    with pytest.raises(SubscriptionLimitError, match=str(LIMIT)) as refused:
        await topic(conn, "noch eins")
    assert refused.value.limit == LIMIT
    await topic(conn, "Thema 7")
    await topic(conn, "noch eins", BERT)
    assert await subscriptions.count(conn) == LIMIT + 1


async def test_nobody_reaches_another_chats_subscription(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    assert await subscriptions.get(conn, BERT, mine.id) is None
    assert await subscriptions.remove(conn, BERT, mine.id, NOW) is None
    assert await subscriptions.set_rhythm(conn, BERT, mine.id, "digest") == 0
    assert await subscriptions.of_chat(conn, ANNA) == (mine,)


async def test_removed_once_and_its_number_is_not_used_again(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    assert await subscriptions.remove(conn, ANNA, mine.id, NOW) == mine
    assert await subscriptions.remove(conn, ANNA, mine.id, NOW) is None
    assert (await topic(conn, "Wohnen")).id > mine.id, "an old button must not end a new subscription"


async def test_the_rhythm_of_one_or_of_all(conn: Connection) -> None:
    one, two = await topic(conn, "Asyl"), await topic(conn, "Wohnen")
    assert await subscriptions.set_rhythm(conn, ANNA, two.id, "digest") == 1
    assert [mine.rhythm for mine in await subscriptions.of_chat(conn, ANNA)] == ["immediate", "digest"]
    assert await subscriptions.set_rhythm(conn, ANNA, None, "digest") == 2
    again = await subscriptions.get(conn, ANNA, one.id)
    assert again is not None
    assert again.rhythm == "digest"


async def test_every_query_is_wanted_once_and_leads_to_all_its_chats(conn: Connection) -> None:
    mine, yours = await topic(conn, "Asyl"), await topic(conn, "asyl", BERT)
    await topic(conn, "Wohnen")
    wanted = await subscriptions.wanted(conn)
    assert sorted(one.key for one in wanted) == ["asyl", "wohnen"]
    assert await subscriptions.to_any_of(conn, [Wanted("topic", "asyl", "Asyl")], NOW) == (mine, yours)
    assert await subscriptions.to_any_of(conn, [], NOW) == ()


async def test_an_ended_one_can_be_had_back_as_it_was(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    named = await subscriptions.configure(conn, ANNA, mine.id, name="Mein Thema", paused=True)
    await subscriptions.remove(conn, ANNA, mine.id, NOW)
    assert await subscriptions.of_chat(conn, ANNA) == ()
    assert await subscriptions.wanted(conn) == ()
    assert await subscriptions.restore(conn, BERT, mine.id) is None
    assert await subscriptions.restore(conn, ANNA, mine.id) == named
    assert await subscriptions.of_chat(conn, ANNA) == (named,)


async def test_what_was_ended_is_gone_after_a_day(conn: Connection) -> None:
    mine, other = await topic(conn, "Asyl"), await topic(conn, "Wohnen")
    await subscriptions.remove(conn, ANNA, mine.id, NOW)
    assert await subscriptions.purge(conn, NOW + KEPT - MINUTE) == 0
    await subscriptions.remove(conn, ANNA, other.id, NOW + KEPT)
    assert await subscriptions.restore(conn, ANNA, mine.id) is None
    assert await subscriptions.restore(conn, ANNA, other.id) == other


async def test_subscribing_anew_to_what_was_ended_is_new(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    await subscriptions.remove(conn, ANNA, mine.id, NOW)
    _, new = await subscriptions.add(conn, ANNA, "topic", "asyl", "Asyl", "digest", NOW)
    assert new
    assert len(await subscriptions.of_chat(conn, ANNA)) == 1


async def test_nobody_gets_beyond_the_limit_by_taking_back(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    await subscriptions.remove(conn, ANNA, mine.id, NOW)
    for number in range(LIMIT):
        await topic(conn, f"Thema {number}")
    with pytest.raises(SubscriptionLimitError):
        await subscriptions.restore(conn, ANNA, mine.id)


@pytest.mark.parametrize(
    ("paused", "until", "told", "reason"),
    [
        (False, None, True, "not paused"),
        (True, None, False, "until further notice"),
        (True, NOW + MINUTE, False, "for a minute more"),
        (True, NOW, True, "until now"),
        (False, NOW + MINUTE, True, "taken up again before its time"),
    ],
)
async def test_a_pause(conn: Connection, paused: bool, until: dt.datetime | None, told: bool, reason: str) -> None:
    mine = await topic(conn, "Asyl")
    changed = await subscriptions.configure(conn, ANNA, mine.id, paused=paused, paused_until=until)
    assert changed is not None
    found = await subscriptions.to_any_of(conn, await subscriptions.wanted(conn), NOW)
    assert found == ((changed,) if told else ()), reason
    assert changed.rests(NOW) is not told


async def test_what_may_come_to_mean_nothing(conn: Connection) -> None:
    await topic(conn, "Kita Hort")
    filtered = await topic(conn, "Kita thema:asyl")
    named, _ = await subscriptions.add(conn, ANNA, "topic", "asyl", "Asyl", "digest", NOW, topic="asyl")
    assert await subscriptions.doubtful(conn) == (filtered, named)
