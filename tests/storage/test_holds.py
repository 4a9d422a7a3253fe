"""Holding a resolution back, letting it go, correcting it."""

from __future__ import annotations

from storage import chats, digests, holds, outbox, subscriptions
from storage.database import Connection
from storage.outbox_desk import listed, resend
from storage.subscriptions import Rhythm
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import take

ANNA, BERT = "telegram:1", "telegram:2"


async def two_subscribers(conn: Connection) -> None:
    for chat in (ANNA, BERT):
        await chats.ensure(conn, chat, "Europe/Berlin", NOW)
        rhythm: Rhythm = "immediate" if chat == ANNA else "digest"
        await subscriptions.add(conn, chat, "topic", "Sprachförderung", "Sprachförderung", rhythm, NOW)


async def told(conn: Connection) -> int:
    """A resolution that both are to hear of; its id."""
    await two_subscribers(conn)
    return (await take(conn, reading(resolution()))).resolutions[0].id


async def test_held_it_goes_to_nobody_and_blocks_nothing(conn: Connection) -> None:
    id = await told(conn)
    await outbox.enqueue(conn, ANNA, "hello", "text", {"text": "Guten Tag"}, NOW)
    assert await holds.hold(conn, id, NOW) == 1
    assert await holds.held(conn) == {id}
    assert [row.event for row in await outbox.claim(conn, NOW, MINUTE, 9)] == ["hello"]
    assert await digests.close(conn, BERT, NOW.date(), NOW) == 0
    assert await digests.entries(conn, BERT) == 1, "it waits for a later digest"


async def test_released_it_goes_out_behind_what_came_meanwhile(conn: Connection) -> None:
    id = await told(conn)
    await holds.hold(conn, id, NOW)
    await outbox.enqueue(conn, ANNA, "hello", "text", {"text": "Guten Tag"}, NOW)
    assert await holds.release(conn, id, NOW) == 1
    assert [row.event for row in await listed(conn, ("pending",))] == ["hello", f"resolution:{id}"]
    assert await digests.close(conn, BERT, NOW.date(), NOW) == 1


async def test_a_new_revision_of_a_held_one_is_held_too(conn: Connection) -> None:
    id = await told(conn)
    await holds.hold(conn, id, NOW)
    changed = resolution("5.2", "Sprachförderung", "Die Konferenz bittet den Bund um 400 Mio. Euro.")
    assert (await take(conn, reading(changed))).outcome == "changed"
    assert [row.state for row in await listed(conn, ("pending", "held"))] == ["held", "held"]


async def test_a_digest_on_its_way_loses_only_that_entry(conn: Connection) -> None:
    await two_subscribers(conn)
    one, other = [ref.id for ref in (await take(conn, reading(resolution(), resolution("5.3")))).resolutions]
    assert await digests.close(conn, BERT, NOW.date(), NOW) == 2
    await holds.hold(conn, one, NOW)
    (digest,) = [row for row in await listed(conn, ("pending",)) if row.chat == BERT]
    assert digest.resolutions == (other,)
    assert await digests.entries(conn, BERT) == 1


async def test_a_correction_goes_to_those_who_received_it_or_may_have(conn: Connection) -> None:
    id = await told(conn)
    await digests.close(conn, BERT, NOW.date(), NOW)
    for message in await outbox.claim(conn, NOW, MINUTE, 9):
        await outbox.fix_parts(conn, message, [{"text": "eins"}, {"text": "zwei"}])
        await outbox.begin_sending(conn, message, NOW)
        mark = outbox.mark_sent if message.chat == ANNA else outbox.mark_unknown
        await mark(conn, message, "7", NOW)
    await chats.ensure(conn, "telegram:3", "Europe/Berlin", NOW)
    assert await holds.correct(conn, id, 1, "Die Zahl war falsch.", NOW) == 2
    corrections = [row for row in await listed(conn, ("pending",)) if row.event.startswith("correction:")]
    assert [(row.chat, row.payload["words"]) for row in corrections] == [
        (ANNA, "Die Zahl war falsch."),
        (BERT, "Die Zahl war falsch."),
    ]


async def test_what_was_begun_is_held_back_with_its_other_parts_and_goes_on_in_order(conn: Connection) -> None:
    """The first part stands in the chat already: its message can not be composed anew."""
    id = await told(conn)
    (message,) = await outbox.claim(conn, NOW, MINUTE, 1)
    await outbox.fix_parts(conn, message, [{"text": "eins"}, {"text": "zwei"}, {"text": "drei"}])
    await outbox.begin_sending(conn, message, NOW)
    await outbox.mark_sent(conn, message, "7", NOW)
    assert await holds.hold(conn, id, NOW) == 2
    assert await outbox.claim(conn, NOW, MINUTE, 9) == ()
    assert await holds.release(conn, id, NOW) == 2
    assert [row.part for row in await listed(conn, ("pending",))] == [2, 3]


async def test_a_part_that_tells_of_two_held_ones_waits_for_both(conn: Connection) -> None:
    await two_subscribers(conn)
    one, other = [ref.id for ref in (await take(conn, reading(resolution(), resolution("5.3")))).resolutions]
    await digests.close(conn, BERT, NOW.date(), NOW)
    (digest,) = [row for row in await outbox.claim(conn, NOW, MINUTE, 9) if row.chat == BERT]
    await outbox.fix_parts(conn, digest, [{"text": "eins"}, {"text": "zwei"}])
    await outbox.begin_sending(conn, digest, NOW)
    for id in (one, other):
        await holds.hold(conn, id, NOW)
    await holds.release(conn, one, NOW)
    assert [row.part for row in await listed(conn, ("held",)) if row.chat == BERT] == [2]
    await holds.release(conn, other, NOW)
    assert [row for row in await listed(conn, ("held",)) if row.chat == BERT] == []


async def test_what_waited_in_vain_is_composed_anew_with_all_its_parts(conn: Connection) -> None:
    await two_subscribers(conn)
    one, other = [ref.id for ref in (await take(conn, reading(resolution(), resolution("5.3")))).resolutions]
    await digests.close(conn, BERT, NOW.date(), NOW)
    (digest,) = [row for row in await outbox.claim(conn, NOW, MINUTE, 9) if row.chat == BERT]
    await outbox.fix_parts(conn, digest, [{"text": "eins"}, {"text": "zwei"}])
    await outbox.begin_sending(conn, digest, NOW)
    await outbox.postpone(conn, digest, NOW, "wait")
    await holds.hold(conn, one, NOW)
    (anew,) = [row for row in await listed(conn, ("pending", "held")) if row.chat == BERT]
    assert (anew.kind, anew.resolutions, anew.payload["date"]) == ("digest", (other,), NOW.date().isoformat())


async def test_what_is_sent_again_by_hand_is_held_back_too(conn: Connection) -> None:
    id = await told(conn)
    (message,) = await outbox.claim(conn, NOW, MINUTE, 1)
    await outbox.fix_parts(conn, message, [{"text": "eins"}])
    await outbox.begin_sending(conn, message, NOW)
    await outbox.mark_unknown(conn, message, "cut", NOW)
    assert await holds.hold(conn, id, NOW) == 0
    assert await resend(conn, [message.id], NOW) == (message.id,)
    assert await outbox.claim(conn, NOW, MINUTE, 9) == ()
    await holds.release(conn, id, NOW)
    assert [row.payload for row in await outbox.claim(conn, NOW, MINUTE, 9)] == [{"text": "eins"}]


async def test_a_correction_renews_what_still_waits(conn: Connection) -> None:
    """A notice, an entry of a digest that is on its way, one that waits for the next; and all that changed is told."""
    id = await told(conn)
    await holds.correct(conn, id, 4, "", NOW)
    (notice,) = await listed(conn, ("pending",))
    assert (notice.payload["revision"], notice.payload["change"], notice.payload["since"]) == (4, "new", 0)
    await digests.close(conn, BERT, NOW.date(), NOW)
    (digest,) = [row for row in await listed(conn, ("pending",)) if row.chat == BERT]
    assert digest.payload["entries"][0]["revision"] == 4
    await holds.correct(conn, id, 5, "", NOW)
    (digest,) = [row for row in await listed(conn, ("pending",)) if row.chat == BERT]
    assert digest.payload["entries"][0]["revision"] == 5
