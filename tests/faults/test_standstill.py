"""A program stands still, as a machine that is suspended does, and wakes when others have gone on with its work."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot import deliver
from bot.deliver import CLAIM, LEASE, Delivery
from bot.limiter import Limiter, telegram_limits
from bot.outcome import Accepted, Outcome, Rejected
from bot.payload import Payload
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from storage import outbox, outbox_desk
from storage.outbox import OutboxMessage
from tests.faults.conftest import FIRST, Scene

LATER = CLAIM + dt.timedelta(seconds=3)


async def begins(scene: Scene) -> OutboxMessage:
    """Another program claims the next message and begins to send it."""
    async with scene.services.database.begin() as conn:
        (message,) = await outbox.claim(conn, scene.clock.now(), LEASE, 1)
        assert await outbox.begin_sending(conn, message, scene.clock.now(), LEASE)
    return message


async def test_who_waited_for_his_turn_leaves_what_another_is_sending_alone(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He wakes, has no turn, and would put it back to the outbox, where it would be found and sent again."""
    monkeypatch.setattr(deliver, "PATIENCE", 0.5)
    await scene.put(chats_=1, each=2)
    never = asyncio.Event()

    async def stands(_seconds: float) -> None:
        await never.wait()

    turnstile = Turnstile(Limiter({"telegram": telegram_limits()}), scene.clock, stands)
    waiting = Delivery(scene.services, {"telegram": TelegramTransport(scene.bot)}, scene.clock, turnstile)
    await waiting.one_pass()
    stands_still = asyncio.create_task(waiting.one_pass())
    await asyncio.sleep(0.1)
    await scene.clock.sleep(LATER.total_seconds())
    message = await begins(scene)
    await stands_still
    assert (await scene.counts()) == {"sent": 1, "sending": 1}
    async with scene.services.database.begin() as conn:
        assert await outbox.mark_sent(conn, message, 2, scene.clock.now()), "it is still his"


class Held(TelegramTransport):
    """Telegram's answer comes when `answers` is set: that outcome."""

    def __init__(self, scene: Scene, outcome: Outcome) -> None:
        super().__init__(scene.bot)
        self.outcome = outcome
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        self.asked.set()
        await self.answers.wait()
        return self.outcome


@pytest.mark.parametrize(
    "outcome",
    [
        Accepted("7"),
        Rejected("Too Many Requests", retry_after=1),
        Rejected("Forbidden: bot was blocked by the user", gone=True),
        Rejected("Bad Request: no"),
    ],
    ids=["accepted", "wait", "closed", "refused"],
)
async def test_an_answer_that_comes_when_somebody_else_has_decided_changes_nothing(
    scene: Scene, outcome: Outcome
) -> None:
    """Its lease was over, so it was unknown; the operator had it sent again, and that is under way."""
    await scene.put(chats_=1, each=1)
    slow = Held(scene, outcome)
    delivery = Delivery(scene.services, {"telegram": slow}, scene.clock, Turnstile(Limiter({}), scene.clock))
    first = asyncio.create_task(delivery.one_pass())
    await slow.asked.wait()
    await scene.later(seconds=LEASE.total_seconds())
    assert await scene.counts() == {"unknown": 1}
    async with scene.services.database.begin() as conn:
        (row,) = await outbox_desk.listed(conn, ("unknown",))
        await outbox_desk.resend(conn, [row.id], scene.clock.now())
    await begins(scene)
    slow.answers.set()
    await first
    assert await scene.counts() == {"sending": 1}


async def test_a_late_answer_settles_what_nobody_has_decided_about(scene: Scene) -> None:
    await scene.put(chats_=1, each=1)
    slow = Held(scene, Accepted("7"))
    delivery = Delivery(scene.services, {"telegram": slow}, scene.clock, Turnstile(Limiter({}), scene.clock))
    first = asyncio.create_task(delivery.one_pass())
    await slow.asked.wait()
    await scene.later(seconds=LEASE.total_seconds())
    assert await scene.counts() == {"unknown": 1}
    slow.answers.set()
    await first
    assert await scene.counts() == {"sent": 1}
    assert scene.telegram.texts(FIRST) == []
