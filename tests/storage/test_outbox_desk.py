from __future__ import annotations

import datetime as dt

import pytest

from storage import chats, outbox, outbox_desk
from storage.database import Connection
from storage.outbox import State
from tests.storage.samples import MINUTE, NOW


async def row_in(conn: Connection, state: State, event: str = "hello") -> int:
    """A message in that state."""
    await outbox.enqueue(conn, f"telegram:{event}", event, "text", {"text": event}, NOW)
    (message,) = await outbox.claim(conn, NOW, MINUTE, 1)
    if state == "pending":
        await outbox.release(conn, message)
        return message.id
    await outbox.begin_sending(conn, message, NOW)
    if state == "sent":
        await outbox.mark_sent(conn, message, 1, NOW)
    elif state == "unknown":
        await outbox.mark_unknown(conn, message, "cut", NOW)
    elif state == "rejected":
        await outbox.mark_rejected(conn, message, "no", NOW)
    return message.id


@pytest.mark.parametrize(
    ("state", "resent", "dropped"),
    [
        ("unknown", True, True),
        ("rejected", True, False),
        ("pending", False, True),
        ("sending", False, False),
        ("sent", False, False),
    ],
)
async def test_what_can_be_decided(conn: Connection, state: State, resent: bool, dropped: bool) -> None:
    again, away = await row_in(conn, state, "eins"), await row_in(conn, state, "zwei")
    assert await outbox_desk.resend(conn, [again], NOW) == ((again,) if resent else ())
    assert await outbox_desk.drop(conn, [away], NOW) == ((away,) if dropped else ())


async def test_what_is_sent_again_is_due(conn: Connection) -> None:
    id = await row_in(conn, "unknown")
    assert await outbox.claim(conn, NOW + MINUTE, MINUTE, 9) == ()
    await outbox_desk.resend(conn, [id], NOW + MINUTE)
    (message,) = await outbox.claim(conn, NOW + MINUTE, MINUTE, 9)
    assert (message.id, message.attempts) == (id, 1)


async def test_how_old_the_oldest_is(conn: Connection) -> None:
    await row_in(conn, "unknown")
    await outbox.enqueue(conn, "telegram:9", "later", "text", {}, NOW + dt.timedelta(hours=1))
    assert await outbox_desk.oldest(conn, NOW) == {"unknown": NOW, "pending": NOW + dt.timedelta(hours=1)}


@pytest.mark.parametrize("shut", [{"state": "paused"}, {"paused_until": NOW + MINUTE}, {"barred_at": NOW}])
async def test_what_waits_for_a_chat_that_is_shut_is_no_delay(conn: Connection, shut: dict[str, object]) -> None:
    """Else the alarm about a delivery that has stalled would ring for as long as somebody has blocked us."""
    await outbox.enqueue(conn, "telegram:1", "event", "text", {}, NOW)
    await chats.ensure(conn, "telegram:1", "Europe/Berlin", NOW)
    assert await outbox_desk.oldest(conn, NOW) == {"pending": NOW}
    await chats.configure(conn, "telegram:1", **shut)
    assert await outbox_desk.oldest(conn, NOW) == {}
