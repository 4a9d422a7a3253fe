"""The outbox, one promise after the other; `test_outbox_states.py` tries them in any order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from storage import chats, outbox, recovery
from storage.database import Connection
from storage.outbox import OutboxMessage
from tests.storage.samples import MINUTE, NOW

LEASE = MINUTE
ANNA, BERT = "telegram:1", "telegram:2"


async def put(conn: Connection, *events: str, chat: str = ANNA) -> None:
    for event in events:
        assert await outbox.enqueue(conn, chat, event, "notice", {"event": event}, NOW)


async def take(conn: Connection, limit: int = 10, after: int = 0) -> list[str]:
    """The events claimed `after` minutes, as "event/part"."""
    claimed = await outbox.claim(conn, NOW + after * MINUTE, LEASE, limit)
    return [f"{message.event}/{message.part}" for message in claimed]


async def one(conn: Connection, after: int = 0) -> OutboxMessage:
    (message,) = await outbox.claim(conn, NOW + after * MINUTE, LEASE, 1)
    return message


async def sending(conn: Connection) -> OutboxMessage:
    message = await one(conn)
    assert await outbox.begin_sending(conn, message, NOW)
    return message


async def in_state(conn: Connection, id: int) -> str:
    return (await row(conn, id)).state


async def row(conn: Connection, id: int) -> OutboxMessage:
    states: tuple[outbox.State, ...] = ("pending", "sending", "sent", "unknown", "rejected", "expired")
    found = [message for state in states for message in await outbox.in_state(conn, state) if message.id == id]
    return found[0]


async def test_a_message_goes_in_once_and_comes_out_whole(conn: Connection) -> None:
    payload = {"resolution": 3, "subscriptions": ["Länder „Süd“"]}
    assert await outbox.enqueue(conn, ANNA, "resolution:3", "notice", payload, NOW, revision=2)
    assert not await outbox.enqueue(conn, ANNA, "resolution:3", "notice", {"other": 1}, NOW, revision=2)
    message = await one(conn)
    assert (message.chat, message.event, message.revision, message.part) == (ANNA, "resolution:3", 2, 1)
    assert (message.kind, message.payload, message.state, message.attempts) == ("notice", payload, "pending", 0)
    assert (message.created_at, message.claimed_until) == (NOW, NOW + LEASE)


async def test_the_same_event_for_another_chat_or_revision_is_another_message(conn: Connection) -> None:
    await put(conn, "a")
    await put(conn, "a", chat=BERT)
    assert await outbox.enqueue(conn, ANNA, "a", "notice", {}, NOW, revision=2)


async def test_it_stays_the_same_event_after_it_was_sent(conn: Connection) -> None:
    await put(conn, "a")
    await outbox.mark_sent(conn, await sending(conn), 1, NOW)
    assert not await outbox.enqueue(conn, ANNA, "a", "notice", {}, NOW)


async def test_oldest_first_and_one_per_chat(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    await put(conn, "b1", chat=BERT)
    assert await take(conn, limit=1) == ["a1/1"]
    assert await take(conn) == ["b1/1"]
    assert await take(conn) == []


async def test_the_most_urgent_first_however_many_came_before(conn: Connection) -> None:
    for number, event in enumerate(("digest:2026-06-01", "digest:2026-06-01", "resolution:1", "answer:7"), 1):
        await put(conn, event, chat=f"telegram:{number}")
    assert await take(conn, limit=2) == ["answer:7/1", "resolution:1/1"]
    assert await take(conn) == ["digest:2026-06-01/1"] * 2


async def test_an_answer_waits_only_for_answers(conn: Connection) -> None:
    await put(conn, "resolution:1", "answer:7", "answer:8", "resolution:2")
    assert await take(conn) == ["answer:7/1", "resolution:1/1"], "of each kind the first"
    assert await take(conn) == []


async def test_who_wants_a_pause_is_answered_all_the_same(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    await chats.configure(conn, ANNA, paused_until=NOW + 100 * MINUTE)
    await put(conn, "resolution:1", "answer:7")
    assert await take(conn) == ["answer:7/1"]
    assert await take(conn) == []


async def test_the_next_of_a_chat_comes_when_the_first_has_ended(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    first = await sending(conn)
    assert await take(conn) == []
    await outbox.mark_sent(conn, first, 1, NOW)
    assert await take(conn) == ["a2/1"]


async def test_a_lease_that_ended_frees_the_message(conn: Connection) -> None:
    await put(conn, "a")
    assert await take(conn) == ["a/1"]
    assert await take(conn) == []
    assert await take(conn, after=1) == ["a/1"]


async def test_sending_begins_only_under_a_live_lease(conn: Connection) -> None:
    await put(conn, "a")
    message = await one(conn)
    assert not await outbox.begin_sending(conn, message, NOW + LEASE)
    again = await one(conn, after=1)
    assert not await outbox.begin_sending(conn, message, NOW + LEASE), "it is another's now"
    assert await outbox.begin_sending(conn, again, NOW + LEASE)
    assert not await outbox.begin_sending(conn, again, NOW + LEASE), "only one of two gets it"
    assert (await row(conn, message.id)).attempts == 1


WRITES: dict[str, Callable[[Connection, OutboxMessage], Awaitable[object]]] = {
    "begin": lambda conn, old: outbox.begin_sending(conn, old, NOW + LEASE),
    "fix": lambda conn, old: outbox.fix_parts(conn, old, [{"text": "1"}, {"text": "2"}]),
    "sent": lambda conn, old: outbox.mark_sent(conn, old, 1, NOW),
    "rejected": lambda conn, old: outbox.mark_rejected(conn, old, "no", NOW),
    "unknown": lambda conn, old: outbox.mark_unknown(conn, old, "cut", NOW),
    "expired": lambda conn, old: outbox.mark_expired(conn, old, "late", NOW),
    "postpone": lambda conn, old: outbox.postpone(conn, old, NOW, "too soon"),
    "reform": lambda conn, old: outbox.reform(conn, old, {"text": "plain"}, NOW, "refused"),
    "release": lambda conn, old: outbox.release(conn, old),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("state", ["pending", "sending", "unknown"])
async def test_who_was_away_too_long_changes_nothing_of_what_another_has_by_now(
    conn: Connection, state: str, write: Callable[[Connection, OutboxMessage], Awaitable[object]]
) -> None:
    await put(conn, "a")
    away = await one(conn)
    other = await one(conn, after=1)
    if state != "pending":
        assert await outbox.begin_sending(conn, other, NOW + LEASE)
    if state == "unknown":
        assert await recovery.recover(conn, NOW + 2 * LEASE) == 1
    before = await row(conn, other.id)
    assert not await write(conn, away)
    assert await row(conn, other.id) == before
    assert sum((await outbox.counts(conn)).values()) == 1


async def test_without_a_claim_nothing_begins(conn: Connection) -> None:
    await put(conn, "a")
    (waiting,) = await outbox.in_state(conn, "pending")
    assert not await outbox.begin_sending(conn, waiting, NOW)


async def test_a_crash_while_sending_is_unknown_after_the_lease_and_not_repeated(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    message = await sending(conn)
    assert await recovery.recover(conn, NOW) == 0, "it may still be under way"
    assert await recovery.recover(conn, NOW + LEASE) == 1
    assert await in_state(conn, message.id) == "unknown"
    assert await take(conn, after=1) == ["a2/1"]


async def test_who_takes_over_frees_what_was_claimed_and_counts_what_is_in_doubt(conn: Connection) -> None:
    assert await recovery.take_over(conn, NOW) == 0
    await put(conn, "begun")
    begun = await sending(conn)
    await put(conn, "claimed", chat=BERT)
    assert await take(conn) == ["claimed/1"]
    assert await recovery.take_over(conn, NOW) == 1
    assert await in_state(conn, begun.id) == "unknown"
    assert await take(conn) == ["claimed/1"]


async def test_recover_leaves_a_claimed_message_to_its_lease(conn: Connection) -> None:
    await put(conn, "a")
    await one(conn)
    assert await recovery.recover(conn, NOW + LEASE) == 0
    assert await take(conn, after=1) == ["a/1"]


async def test_after_a_restore_nobody_knows_what_was_sent_since(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    await put(conn, "b1", chat=BERT)
    await outbox.mark_sent(conn, await sending(conn), 1, NOW)
    await sending(conn)
    assert await recovery.doubt_waiting(conn, NOW) == 2
    assert await take(conn, after=60) == []
    counts = await outbox.counts(conn)
    assert (counts["sent"], counts["unknown"], counts["pending"]) == (1, 2, 0)


async def test_recovering_counts_what_it_found(conn: Connection) -> None:
    assert await recovery.take_over(conn, NOW) == 0
    await put(conn, "a1")
    await put(conn, "b1", chat=BERT)
    await sending(conn)
    await one(conn)
    assert await recovery.take_over(conn, NOW) == 1
    assert await take(conn) == ["b1/1"], "what was only claimed is free at once"


async def test_a_late_answer_settles_what_was_unknown(conn: Connection) -> None:
    await put(conn, "a")
    message = await sending(conn)
    await recovery.recover(conn, NOW + LEASE)
    assert await outbox.mark_sent(conn, message, 77, NOW + 2 * MINUTE)
    settled = await row(conn, message.id)
    assert (settled.state, settled.message_id, settled.reason) == ("sent", "77", None)


Mark = Callable[[Connection, OutboxMessage], Awaitable[bool]]


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        (lambda conn, message: outbox.mark_sent(conn, message, None, NOW), "sent"),
        (lambda conn, message: outbox.mark_rejected(conn, message, "blocked", NOW), "rejected"),
        (lambda conn, message: outbox.mark_unknown(conn, message, "cut off", NOW), "unknown"),
    ],
)
async def test_an_ending_is_final(conn: Connection, mark: Mark, state: str) -> None:
    await put(conn, "a")
    message = await sending(conn)
    assert await mark(conn, message)
    assert await in_state(conn, message.id) == state
    assert await take(conn, after=60) == []
    assert not await outbox.mark_expired(conn, message, "too late", NOW)


async def test_what_was_not_begun_cannot_be_sent_or_unknown(conn: Connection) -> None:
    await put(conn, "a")
    message = await one(conn)
    assert not await outbox.mark_sent(conn, message, 1, NOW)
    assert not await outbox.mark_unknown(conn, message, "?", NOW)
    assert await in_state(conn, message.id) == "pending"


async def test_what_waits_too_long_expires(conn: Connection) -> None:
    await put(conn, "a")
    message = await one(conn)
    assert await outbox.mark_expired(conn, message, "older than a week", NOW)
    assert (await row(conn, message.id)).reason == "older than a week"
    assert await take(conn, after=60) == []


async def test_postponed_keeps_its_place_and_its_time(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    message = await sending(conn)
    assert await outbox.postpone(conn, message, NOW + 5 * MINUTE, "retry after 300 s")
    assert await take(conn, after=4) == [], "the second must not overtake"
    assert await take(conn, after=5) == ["a1/1"]


async def test_released_is_free_at_once_but_not_when_it_was_begun(conn: Connection) -> None:
    await put(conn, "a")
    message = await one(conn)
    assert await outbox.release(conn, message)
    assert not await outbox.begin_sending(conn, message, NOW), "given back is given back"
    again = await one(conn)
    assert await outbox.begin_sending(conn, again, NOW)
    assert not await outbox.release(conn, again)


async def test_a_paused_chat_keeps_its_messages(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    await put(conn, "a")
    await put(conn, "b", chat=BERT)
    await chats.pause(conn, ANNA)
    assert await take(conn) == ["b/1"]
    await chats.resume(conn, ANNA)
    assert await take(conn) == ["a/1"]


async def test_parts_come_in_order_before_the_next_message(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    message = await one(conn)
    fixed = await outbox.fix_parts(conn, message, [{"text": "1"}, {"text": "2"}, {"text": "3"}])
    assert fixed is not None
    assert (fixed.kind, fixed.part, fixed.payload) == ("text", 1, {"text": "1"})
    assert await outbox.begin_sending(conn, message, NOW), "the claim is kept"
    await outbox.mark_sent(conn, message, 1, NOW)
    for expected in ("a1/2", "a1/3", "a2/1"):
        following = await one(conn)
        assert f"{following.event}/{following.part}" == expected
        await outbox.begin_sending(conn, following, NOW)
        await outbox.mark_sent(conn, following, 1, NOW)


async def test_parts_are_fixed_once_and_only_while_pending(conn: Connection) -> None:
    await put(conn, "a")
    message = await one(conn)
    assert await outbox.fix_parts(conn, message, [{"text": "1"}]) is not None
    assert await outbox.fix_parts(conn, message, [{"text": "other"}]) is None
    await put(conn, "b", chat=BERT)
    begun = await sending(conn)
    assert await outbox.fix_parts(conn, begun, [{"text": "1"}]) is None


async def test_a_message_without_parts_is_refused(conn: Connection) -> None:
    await put(conn, "a")
    with pytest.raises(ValueError, match="at least one part"):
        await outbox.fix_parts(conn, await one(conn), [])


async def test_counts_name_every_state(conn: Connection) -> None:
    await put(conn, "a1", "a2")
    await sending(conn)
    assert dict(await outbox.counts(conn)) == {
        "pending": 1,
        "sending": 1,
        "sent": 0,
        "unknown": 0,
        "rejected": 0,
        "expired": 0,
        "held": 0,
    }
