"""The outbox under any sequence of steps, crashes and waits, against a model that knows only the promise.

The model is the world outside: what was handed to the chat system. It holds that no message is handed over again
unless the first time certainly failed, that none disappears, and that a chat's messages go out in order.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import chats, outbox, recovery
from storage.database import Connection, Database
from storage.outbox import OutboxMessage
from tests.storage.conftest import address
from tests.storage.samples import NOW

LEASE = dt.timedelta(seconds=60)
CHATS = ("telegram:1", "console:2")

Step = tuple[str, int, int]
# The steps of a working day more often than the rest, so that sequences get somewhere.
ACTIONS = (
    *("enqueue", "claim", "begin") * 3,
    *("sent", "release", "fix", "wait") * 2,
    *("rejected", "unknown", "postpone", "expire", "crash", "recover", "pause", "resume"),
)
NUMBERS = st.integers(0, 5)
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), NUMBERS, NUMBERS), min_size=20, max_size=60)

Name = tuple[str, str, int]


@dataclass
class World:
    """`line`: every message of a chat in its order. `given`: handed over and not known to have failed. `handles`: what
    claims gave, old ones too; `holders`: the last that each message was given to."""

    database: Database
    now: dt.datetime = NOW
    made: int = 0
    line: dict[str, list[Name]] = field(default_factory=lambda: {chat: [] for chat in CHATS})
    ended: set[Name] = field(default_factory=set)
    given: set[Name] = field(default_factory=set)
    leases: dict[Name, dt.datetime] = field(default_factory=dict)
    handles: list[OutboxMessage] = field(default_factory=list)
    holders: dict[Name, OutboxMessage] = field(default_factory=dict)

    def handle(self, number: int) -> OutboxMessage | None:
        return self.handles[number % len(self.handles)] if self.handles else None

    def first_open(self, chat: str) -> Name | None:
        return next((name for name in self.line[chat] if name not in self.ended), None)


def name_of(message: OutboxMessage) -> Name:
    return message.chat, message.event, message.part


async def do(world: World, step: Step) -> None:
    action, first, second = step
    if action in ("enqueue", "claim", "crash", "recover", "wait", "pause", "resume"):
        await _without_message(world, action, first, second)
    elif (message := world.handle(first)) is not None:
        await _with_message(world, action, message, second)


async def _without_message(world: World, action: str, first: int, second: int) -> None:
    chat = CHATS[first % len(CHATS)]
    async with world.database.begin() as conn:
        if action == "enqueue":
            world.made += 1
            assert await outbox.enqueue(conn, chat, f"e{world.made}", "notice", {}, world.now)
            world.line[chat].append((chat, f"e{world.made}", 1))
        elif action == "claim":
            _check_claim(world, await outbox.claim(conn, world.now, LEASE, second + 1))
        elif action == "crash":
            world.handles.clear()
        elif action == "recover":
            await recovery.recover(conn, world.now)
            world.ended |= {name for name in world.given if world.leases[name] <= world.now}
        elif action == "wait":
            world.now += dt.timedelta(seconds=first * 15)
        else:
            await (chats.pause if action == "pause" else chats.resume)(conn, chat)


def _check_claim(world: World, claimed: tuple[OutboxMessage, ...]) -> None:
    assert len({message.chat for message in claimed}) == len(claimed), "one per chat at a time"
    for message in claimed:
        name = name_of(message)
        assert name == world.first_open(message.chat), "the order of the chat"
        assert name not in world.given, "handed over before"
        assert world.leases.get(name, NOW) <= world.now, "a lease that lives"
        world.leases[name] = world.now + LEASE
        world.handles.append(message)
        world.holders[name] = message


async def _with_message(world: World, action: str, message: OutboxMessage, number: int) -> None:
    """A handle from a claim, perhaps one that has ended long ago: then nothing may come of it."""
    async with world.database.begin() as conn:
        done = await _written(world, action, message, number, conn)
    name = name_of(message)
    if not done:
        return
    assert world.holders.get(name) is message, "another has it by now"
    if action == "begin":
        assert name not in world.given | world.ended, "handed over twice"
        assert world.leases[name] > world.now, "the lease has ended"
        world.given.add(name)
    elif action in ("postpone", "release"):
        world.given.discard(name)
        world.ended.discard(name)
        world.leases[name] = NOW
        del world.holders[name]
    elif action == "fix":
        at = world.line[message.chat].index(name) + 1
        world.line[message.chat][at:at] = [(message.chat, message.event, part + 2) for part in range(number)]
    else:
        world.ended.add(name)


async def _written(world: World, action: str, message: OutboxMessage, number: int, conn: Connection) -> bool:
    """The step in the store; whether it was carried out."""
    if action == "begin":
        return await outbox.begin_sending(conn, message, world.now)
    if action == "postpone":
        return await outbox.postpone(conn, message, world.now + dt.timedelta(seconds=number * 30), "later")
    if action == "release":
        return await outbox.release(conn, message)
    if action == "fix":
        return await outbox.fix_parts(conn, message, [{"part": part} for part in range(number + 1)]) is not None
    return await _end(world, action, message, conn)


async def _end(world: World, action: str, message: OutboxMessage, conn: Connection) -> bool:
    if action == "sent":
        return await outbox.mark_sent(conn, message, 1, world.now)
    if action == "rejected":
        return await outbox.mark_rejected(conn, message, "no", world.now)
    if action == "unknown":
        return await outbox.mark_unknown(conn, message, "?", world.now)
    return await outbox.mark_expired(conn, message, "late", world.now)


async def drain(world: World) -> None:
    """All is well again: chats are resumed, leases end, one worker sends what is left."""
    world.now += dt.timedelta(hours=1)
    world.handles.clear()
    async with world.database.begin() as conn:
        for chat in CHATS:
            await chats.resume(conn, chat)
    await do(world, ("recover", 0, 0))
    while True:
        await do(world, ("claim", 0, 5))
        if not world.handles:
            return
        for action in ("begin", "sent"):
            for number in range(len(world.handles)):
                await do(world, (action, number, 0))
        world.handles.clear()


async def check_nothing_lost(world: World) -> None:
    everything = {name for line in world.line.values() for name in line}
    async with world.database.read() as conn:
        counts = await outbox.counts(conn)
    assert sum(counts.values()) == len(everything), "rows lost or doubled"
    assert world.ended == everything, "every message has come to an end"
    assert counts["pending"] == counts["sending"] == 0


@settings(max_examples=80, deadline=None)
@given(steps=STEPS)
async def test_any_sequence_keeps_the_promise(template: Path, steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, path := Path(folder) / "store.sqlite")
        database = Database.open(address(path))
        try:
            async with database.begin() as conn:
                for chat in CHATS:
                    await chats.ensure(conn, chat, "Europe/Berlin", NOW)
            world = World(database)
            for step in steps:
                await do(world, step)
            await drain(world)
            await check_nothing_lost(world)
        finally:
            await database.dispose()
