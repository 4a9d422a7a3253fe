"""Subscriptions: one per query and chat, up to the limit, and nobody touches another's."""

from __future__ import annotations

import pytest

from storage import chats, subscriptions
from storage.database import Connection
from storage.subscriptions import LIMIT, Subscription, SubscriptionLimitError, Wanted
from tests.storage.samples import NOW

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
    assert await subscriptions.remove(conn, BERT, mine.id) is None
    assert await subscriptions.set_rhythm(conn, BERT, mine.id, "digest") == 0
    assert await subscriptions.of_chat(conn, ANNA) == (mine,)


async def test_removed_once_and_its_number_is_not_used_again(conn: Connection) -> None:
    mine = await topic(conn, "Asyl")
    assert await subscriptions.remove(conn, ANNA, mine.id) == mine
    assert await subscriptions.remove(conn, ANNA, mine.id) is None
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
    assert await subscriptions.to_any_of(conn, [Wanted("topic", "asyl", "Asyl")]) == (mine, yours)
    assert await subscriptions.to_any_of(conn, []) == ()
