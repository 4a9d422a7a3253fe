"""What comes in: malformed, twice, interrupted, for two programs at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.limiter import Limiter
from bot.outcome import Outcome
from bot.payload import Payload
from bot.receive import Receiver
from bot.transports.attempts import BackOff
from bot.transports.polling import Poller
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_inbox import TelegramInbox
from bot.turnstile import Sleep, Turnstile
from tests.bot.conftest import said
from tests.faults.conftest import FIRST, Scene

SECOND = FIRST + 1


class Mortal(TelegramTransport):
    """Dies at its first send, before or after."""

    after = False

    async def send(self, chat_id: str, payload: Payload) -> Outcome:
        if self.after:
            await super().send(chat_id, payload)
        raise asyncio.CancelledError


async def briefly(seconds: float) -> None:
    """Really waits, so that another program can go on meanwhile, but not half a minute."""
    await asyncio.sleep(min(seconds, 1.0))


def receiver(
    scene: Scene, owner: str, transport: TelegramTransport | None = None, sleep: Sleep | None = None
) -> Receiver:
    turnstile = Turnstile(Limiter({}), scene.clock, scene.clock.sleep)
    sender = transport or TelegramTransport(scene.bot)
    return Receiver(scene.services, sender, scene.clock, turnstile, sleep or scene.clock.sleep, owner)


@asynccontextmanager
async def polling(scene: Scene, owner: str = "one") -> AsyncIterator[Poller]:
    turnstile = Turnstile(Limiter({}), scene.clock, scene.clock.sleep)
    inbox = TelegramInbox(scene.bot, receiver(scene, owner, sleep=briefly), turnstile, scene.clock)
    poller = Poller(scene.bot, inbox.handle, BackOff(first=0.01, most=0.02), long_poll=1)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await asyncio.wait_for(task, 20)


async def all_confirmed(scene: Scene) -> None:
    await scene.telegram.until(lambda: not scene.telegram.world.updates.pending)


@pytest.mark.parametrize(
    "rubbish",
    [{"message": {"chat": 7}}, {"message": {"message_id": "x"}}, {"callback_query": []}, {"new_kind": {"a": 1}}],
)
async def test_a_malformed_update_in_a_batch(scene: Scene, rubbish: dict[str, object]) -> None:
    scene.telegram.people.person(FIRST)
    scene.telegram.people.says(FIRST, "/eins")
    scene.telegram.world.updates.add(rubbish)
    scene.telegram.people.says(FIRST, "/zwei")
    async with polling(scene):
        await scene.telegram.until(lambda: len(scene.telegram.texts(FIRST)) == 2)
        await all_confirmed(scene)
    assert ["/eins" in scene.telegram.texts(FIRST)[0], "/zwei" in scene.telegram.texts(FIRST)[1]] == [True, True]


async def test_two_instances_by_mistake(scene: Scene) -> None:
    """They end each other's polls (409) and both go on; every question is answered once."""
    for chat in (FIRST, SECOND):
        scene.telegram.people.person(chat)
    async with polling(scene, "one"), polling(scene, "two"):
        for number in range(10):
            scene.telegram.people.says(FIRST, f"/frage{number}")
            scene.telegram.people.says(SECOND, f"/frage{number}")
            await asyncio.sleep(0.02)
        await scene.telegram.until(
            lambda: min(len(scene.telegram.texts(FIRST)), len(scene.telegram.texts(SECOND))) >= 10
        )
        await all_confirmed(scene)
    for chat in (FIRST, SECOND):
        texts = scene.telegram.texts(chat)
        assert sorted(texts) == sorted(set(texts)), "none twice"
        assert len(texts) == 10


async def test_two_instances_deliver_once(scene: Scene) -> None:
    await scene.put(chats_=8, each=3)
    other = Scene(scene.telegram, scene.bot, scene.services, scene.clock)
    for _ in range(10):
        await asyncio.gather(scene.delivery.one_pass(), other.delivery.one_pass())
    await scene.check()


async def test_an_update_that_comes_again_after_a_restart_is_not_answered_again(scene: Scene) -> None:
    scene.telegram.people.person(FIRST)
    await receiver(scene, "before").receive(said(FIRST, "/hilfe"), 77)
    shown = len(scene.telegram.texts(FIRST))
    await receiver(scene, "after").receive(said(FIRST, "/hilfe"), 77)
    assert len(scene.telegram.texts(FIRST)) == shown


@pytest.mark.parametrize("after", [False, True], ids=["before it went out", "after it went out"])
async def test_killed_over_an_answer_the_person_is_told(scene: Scene, after: bool) -> None:
    """Nobody can know whether the answer stands there: it is not repeated, but said."""
    scene.telegram.people.person(FIRST)
    mortal = Mortal(scene.bot)
    mortal.after = after
    with pytest.raises(asyncio.CancelledError):
        await receiver(scene, "before", mortal).receive(said(FIRST, "/hilfe"), 77)
    shown = list(scene.telegram.texts(FIRST))
    await receiver(scene, "after").receive(said(FIRST, "/hilfe"), 77)
    assert scene.telegram.texts(FIRST) == [*shown, scene.services.texts("problem.interrupted")]
    await receiver(scene, "later").receive(said(FIRST, "/hilfe"), 77)
    assert len(scene.telegram.texts(FIRST)) == len(shown) + 1, "and said once"


async def test_killed_before_the_answer_it_is_answered(scene: Scene) -> None:
    """Nothing was noted before the first word goes out, so the update that comes again is simply answered."""
    scene.telegram.people.person(FIRST)
    scene.telegram.people.says(FIRST, "/hilfe")
    async with polling(scene):
        await scene.telegram.until(lambda: scene.telegram.texts(FIRST))


async def test_a_burst_of_one_chat_does_not_delay_others(scene: Scene) -> None:
    scene.telegram.people.person(FIRST)
    scene.telegram.people.person(SECOND)
    for number in range(60):
        scene.telegram.people.says(FIRST, f"/frage{number}")
    scene.telegram.people.says(SECOND, "/hilfe")
    async with polling(scene):
        await scene.telegram.until(lambda: scene.telegram.texts(SECOND))
        before = len(scene.telegram.texts(FIRST))
        await scene.telegram.until(lambda: len(scene.telegram.texts(FIRST)) == 60)
    assert before < 30, "it did not wait until all of them were answered"


async def test_what_cannot_be_answered_now_is_answered_later(scene: Scene) -> None:
    scene.telegram.people.person(FIRST)
    scene.telegram.flood(FIRST, 3600)
    await receiver(scene, "one").receive(said(FIRST, "/hilfe"), 77)
    assert scene.telegram.texts(FIRST) == []
    await scene.later(hours=1)
    assert len(scene.telegram.texts(FIRST)) == 1
