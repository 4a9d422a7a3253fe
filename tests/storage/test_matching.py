"""Who hears of a resolution, and by what: one message or one digest entry per chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from feeds.record import Resolution
from storage import chats, digests, outbox, subscriptions
from storage.database import Connection
from storage.outbox import OutboxMessage
from storage.subscriptions import Kind, Rhythm
from tests.storage.samples import MINUTE, NOW, note, reading, resolution
from tests.storage.taking import take

ANNA, BERT = "telegram:1", "telegram:2"
COURSES = resolution("5.2", applicants=("Bayern", "Hessen"), protocol_notes=(note("Sachsen", item=1),))


async def subscribe(conn: Connection, query: str, rhythm: Rhythm = "immediate", chat: str = ANNA) -> None:
    await chats.ensure(conn, chat, "Europe/Berlin", NOW)
    kind: Kind = "state" if query[0] in "BHS" and query in ("Bayern", "Hessen", "Sachsen", "Hamburg") else "topic"
    await subscriptions.add(conn, chat, kind, query, query, rhythm, NOW)


async def messages(conn: Connection) -> tuple[OutboxMessage, ...]:
    return await outbox.in_state(conn, "pending")


async def payload(conn: Connection) -> Mapping[str, Any]:
    (message,) = await messages(conn)
    return message.payload


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("Sprachkurse", "a topic, by a compound in the text"),
        ("sprachkurse", "as people type it"),
        ("Deutschkurse", "a synonym of the topic"),
        ("Sprachförderung", "a word of the title"),
        ("finanzieren Bund", "two words, both in the text"),
        ("erklären", "a word of a protocol note"),
        ("Bayern", "the state applied"),
        ("Sachsen", "the state noted"),
    ],
)
async def test_what_matches(conn: Connection, query: str, reason: str) -> None:
    await subscribe(conn, query)
    assert (await take(conn, reading(COURSES))).enqueued == 1, reason


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("Wohnen", "a topic that is not in it"),
        ("Sprachkurse Wohnraum", "only one of two words"),
        ("Hamburg", "neither applied nor noted"),
        ("und", "no word to look for"),
    ],
)
async def test_what_does_not_match(conn: Connection, query: str, reason: str) -> None:
    await subscribe(conn, query)
    assert (await take(conn, reading(COURSES))).enqueued == 0, reason
    assert await messages(conn) == ()


async def test_the_message_says_what_it_is_about(conn: Connection) -> None:
    await subscribe(conn, "Sprachkurse")
    taken = await take(conn, reading(COURSES))
    (message,) = await messages(conn)
    id = taken.resolutions[0].id
    assert (message.chat, message.event, message.revision, message.kind) == (ANNA, f"resolution:{id}", 1, "notice")
    assert message.payload == {"resolution": id, "revision": 1, "subscriptions": ["Sprachkurse"], "change": "new"}


async def test_several_subscriptions_of_a_chat_give_one_message_that_names_them(conn: Connection) -> None:
    for query in ("Sprachkurse", "Wohnen", "Bayern"):
        await subscribe(conn, query)
    assert (await take(conn, reading(COURSES))).enqueued == 1
    assert (await payload(conn))["subscriptions"] == ["Sprachkurse", "Bayern"]


async def test_one_immediate_subscription_makes_it_immediate(conn: Connection) -> None:
    await subscribe(conn, "Sprachkurse", "digest")
    await subscribe(conn, "Bayern", "immediate")
    await take(conn, reading(COURSES))
    assert (await payload(conn))["subscriptions"] == ["Sprachkurse", "Bayern"]
    assert await digests.entries(conn, ANNA) == 0


async def test_digest_subscriptions_give_one_entry(conn: Connection) -> None:
    await subscribe(conn, "Sprachkurse", "digest")
    await subscribe(conn, "Bayern", "digest")
    assert (await take(conn, reading(COURSES))).enqueued == 1
    assert await messages(conn) == ()
    assert await digests.entries(conn, ANNA) == 1


async def test_every_chat_gets_its_own_and_every_resolution_too(conn: Connection) -> None:
    await subscribe(conn, "Sprachkurse")
    await subscribe(conn, "sprachkurse", chat=BERT)
    second = replace(COURSES, number="5.3")
    assert (await take(conn, reading(COURSES, second))).enqueued == 4
    assert [message.chat for message in await messages(conn)] == [ANNA, BERT, ANNA, BERT]


async def test_a_revision_is_told_as_a_change(conn: Connection) -> None:
    await subscribe(conn, "Bayern")
    await take(conn, reading(COURSES))
    taken = await take(conn, reading(replace(COURSES, title="Anders")), at=NOW + MINUTE)
    told = [(message.revision, message.payload["change"]) for message in await messages(conn)]
    assert (taken.enqueued, told) == (1, [(1, "new"), (2, "changed")])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(replace(COURSES, applicants=()), COURSES, 1, id="the change brings the match"),
        pytest.param(COURSES, replace(COURSES, applicants=()), 0, id="the change takes the match away"),
    ],
)
async def test_a_revision_is_matched_as_it_is_now(
    conn: Connection, before: Resolution, after: Resolution, told: int
) -> None:
    await subscribe(conn, "Hessen")
    await take(conn, reading(before))
    assert (await take(conn, reading(after))).enqueued == told


async def test_a_paused_chat_loses_nothing(conn: Connection) -> None:
    await subscribe(conn, "Sprachkurse")
    await chats.pause(conn, ANNA)
    assert (await take(conn, reading(COURSES))).enqueued == 1
    assert await outbox.claim(conn, NOW, MINUTE, 10) == ()
    await chats.resume(conn, ANNA)
    assert len(await outbox.claim(conn, NOW, MINUTE, 10)) == 1


async def test_a_digest_subscriber_of_a_waiting_resolution_hears_of_its_last_revision_as_new(conn: Connection) -> None:
    await subscribe(conn, "Bayern", "digest")
    await take(conn, reading(COURSES))
    await take(conn, reading(replace(COURSES, title="Anders")))
    assert await digests.close(conn, ANNA, NOW.date(), NOW) == 1
    (entry,) = (await payload(conn))["entries"]
    assert (entry["revision"], entry["change"], entry["subscriptions"]) == (2, "new", ["Bayern"])
