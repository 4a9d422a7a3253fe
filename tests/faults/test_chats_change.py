"""Chats that block, throw out, move, are deleted, and come back; and an outage that only looks like that."""

from __future__ import annotations

import asyncio

import pytest

from bot.receive import Receiver
from bot.transports.telegram import TelegramTransport
from storage import chats, outbox
from tests.bot.conftest import said
from tests.fake_telegram import RefusedError
from tests.faults.conftest import FIRST, Scene

GROUP, SUPER = -5, -1005


def receiver(scene: Scene) -> Receiver:
    return Receiver(scene.services, TelegramTransport(scene.bot), scene.clock, scene.turnstile, scene.clock.sleep)


async def test_blocked_and_back(scene: Scene) -> None:
    """Paused at the second 403, after others were served; nothing lost meanwhile; resumed when they come back."""
    scene.telegram.people.person(FIRST)
    scene.telegram.people.blocks(FIRST)
    await scene.put(chats_=3, each=2)
    await scene.later(days=1)
    await scene.check(waiting=2)
    assert len([call for call in scene.telegram.called("sendMessage") if call["chat_id"] == str(FIRST)]) == 2
    scene.telegram.people.unblocks(FIRST)
    await receiver(scene).opened(said(FIRST, ""))
    await scene.deliver()
    await scene.check()


async def test_thrown_out_of_a_group(scene: Scene) -> None:
    scene.telegram.people.group(GROUP)
    scene.telegram.people.blocks(GROUP)
    await scene.put(chats_=1, each=2, first=GROUP)
    await scene.put(chats_=2, each=2)
    await scene.later(days=1)
    await scene.check(waiting=2)
    chat = await scene.chat(GROUP)
    assert chat is not None
    assert chat.state == "paused"


async def test_deleted(scene: Scene) -> None:
    await scene.put(chats_=3, each=1)
    del scene.telegram.world.chats[FIRST]
    await scene.later(days=1)
    await scene.check(waiting=1)


@pytest.mark.parametrize("route", ["the refusal", "the service message", "both"])
async def test_a_group_moves(scene: Scene, route: str) -> None:
    scene.telegram.people.group(GROUP)
    await scene.put(chats_=1, each=3, first=GROUP)
    scene.telegram.people.migrates(GROUP, SUPER)
    if route != "the refusal":
        await receiver(scene).moved(str(GROUP), str(SUPER))
    await scene.deliver()
    if route == "both":
        await receiver(scene).moved(str(GROUP), str(SUPER))
        await scene.deliver()
    await scene.check()
    assert len(scene.telegram.texts(SUPER)) == 3


async def test_a_group_moves_while_its_message_is_claimed(scene: Scene) -> None:
    """The news comes between the claim and the send: the send meets the old number, and goes to the new one."""
    scene.telegram.people.group(GROUP)
    await scene.put(chats_=1, each=2, first=GROUP)
    scene.telegram.people.migrates(GROUP, SUPER)
    sending = asyncio.create_task(scene.delivery.one_pass())
    await scene.telegram.until(lambda: scene.telegram.called("sendMessage"))
    await receiver(scene).moved(str(GROUP), str(SUPER))
    await sending
    await scene.deliver()
    await scene.check()
    assert len(scene.telegram.texts(SUPER)) == 2


async def test_one_topic_of_a_forum_is_deleted(scene: Scene) -> None:
    """The other topics, and the chat itself, go on."""
    scene.telegram.people.group(SUPER, threads=(7, 8))
    for thread in (7, 8, 9):
        await _put_in_topic(scene, thread)
    await scene.deliver()
    states = {thread: await _state(scene, thread) for thread in (7, 8, 9)}
    assert states == {7: "active", 8: "active", 9: "paused"}
    assert [message.thread for message in scene.telegram.messages(SUPER)] == [7, 8]


async def test_an_outage_deactivates_nobody(scene: Scene) -> None:
    """“Forbidden” for everybody, for an hour: it is not the chats. All of them get their messages afterwards."""
    await scene.put(chats_=30, each=1)
    scene.telegram.misbehave("sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user"), times=10_000)
    for _ in range(6):
        await scene.later(minutes=10)
    assert len(scene.telegram.called("sendMessage")) < 300, "it does not hammer"
    scene.telegram.behave()
    await scene.later(minutes=10)
    await scene.later(minutes=10)
    await scene.check()


@pytest.mark.parametrize("started_anew", [False, True], ids=["", "with restarts"])
async def test_an_outage_deactivates_nobody_where_few_are_subscribed(scene: Scene, started_anew: bool) -> None:
    await scene.put(chats_=3, each=1)
    scene.telegram.misbehave("sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user"), times=10_000)
    for _ in range(6):
        await scene.later(minutes=10)
        if started_anew:
            scene.restart()
    scene.telegram.behave()
    await scene.later(hours=1)
    await scene.check()


async def test_who_asks_during_an_outage_is_answered_after_it(scene: Scene) -> None:
    await scene.put(chats_=6, each=1)
    scene.telegram.misbehave("sendMessage", RefusedError(403, "Forbidden: bot was blocked by the user"), times=10_000)
    await scene.deliver()
    await receiver(scene).receive(said(FIRST, "/neu"), 1)
    chat = await scene.chat(FIRST)
    assert chat is not None
    assert chat.state == "active"
    scene.telegram.behave()
    await scene.later(hours=1)
    assert len(scene.telegram.texts(FIRST)) == 2


async def test_five_dead_in_a_row_stop_nobody(scene: Scene) -> None:
    """People whose accounts are gone, of whom no update tells: everybody else is served at once, they are closed."""
    dead = range(FIRST, FIRST + 8)
    await scene.put(chats_=8, each=1)
    for chat in dead:
        scene.telegram.world.chats[chat].closed = "user is deactivated"
    await scene.deliver()
    healthy = FIRST + 8
    scene.telegram.people.person(healthy)
    await receiver(scene).receive(said(healthy, "/neu"), 1)
    assert len(scene.telegram.texts(healthy)) == 1, "an answer goes out whatever befell the others"
    await scene.put(chats_=2, each=1, first=healthy)
    await scene.deliver()
    assert [len(scene.telegram.texts(chat)) for chat in (healthy, healthy + 1)] == [2, 1], "and so does news"
    await scene.later(minutes=10)
    states = [known.state for known in [await scene.chat(chat) for chat in dead] if known]
    assert states == ["paused"] * len(dead)
    assert len([1 for call in scene.telegram.called("sendMessage") if int(call["chat_id"]) in dead]) <= 3 * len(dead)


async def test_an_outage_that_lets_something_through_closes_nobody(scene: Scene) -> None:
    """Now and then one message is accepted, and all others are refused as before."""
    await scene.put(chats_=12, each=1)
    refusal = RefusedError(403, "Forbidden: bot was blocked by the user")
    for number in range(12):
        scene.telegram.misbehave("sendMessage", refusal, times=1000, chat=FIRST + number)
    for lucky in range(12, 15):
        await scene.deliver()
        await scene.put(chats_=1, each=1, first=FIRST + lucky)
        await scene.later(minutes=1)
    scene.telegram.behave()
    await scene.later(hours=1)
    await scene.check()


async def test_the_dead_in_front_do_not_keep_the_rest_waiting(scene: Scene) -> None:
    await scene.put(chats_=40, each=1)
    for chat in range(FIRST, FIRST + 20):
        scene.telegram.world.chats[chat].closed = "user is deactivated"
    await scene.deliver()
    await scene.check(waiting=20)


async def test_people_who_really_left_are_paused_during_a_broadcast(scene: Scene) -> None:
    await scene.put(chats_=30, each=1)
    gone = [FIRST + number for number in range(0, 30, 4)]
    for chat in gone:
        scene.telegram.people.blocks(chat)
    for _ in range(4):
        await scene.later(minutes=10)
    await scene.check(waiting=len(gone))


async def _put_in_topic(scene: Scene, thread: int) -> None:
    key = f"telegram:{SUPER}/{thread}"
    async with scene.services.database.begin() as conn:
        await chats.ensure(conn, key, "Europe/Berlin", scene.clock.now())
        payload = {"text": f"Nachricht {thread}", "entities": [], "buttons": []}
        await outbox.enqueue(conn, key, "event", "text", payload, scene.clock.now())


async def _state(scene: Scene, thread: int) -> str | None:
    chat = await scene.chat(f"{SUPER}/{thread}")
    return chat.state if chat else None
