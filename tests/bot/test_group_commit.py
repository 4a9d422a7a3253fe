"""Steps that share a transaction: all of them are done, in order, and one that fails takes nobody along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.group_commit import GroupCommit
from handlers.services import Services
from storage import outbox
from storage.database import Connection, Database
from tests.bot.conftest import NOON


class Counting(Database):
    """Counts its transactions; the first `fail` of them fail at their end."""

    begun = 0
    fail = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        async with super().begin() as conn:
            yield conn
            self.begun += 1
            if self.begun <= self.fail:
                raise OSError("no room")


@pytest.fixture
async def store(services: Services) -> AsyncIterator[Counting]:
    made = Counting.open(str(services.database.address))
    assert isinstance(made, Counting)
    yield made
    await made.dispose()


def keeping(event: str, breaks: bool = False) -> Callable[[Connection], Awaitable[str]]:
    async def step(conn: Connection) -> str:
        await outbox.enqueue(conn, "telegram:1", event, "text", {"text": event}, NOON)
        if breaks:
            raise RuntimeError(event)
        return event

    return step


async def kept(store: Database) -> list[str]:
    async with store.read() as conn:
        return [row.event for row in await outbox.in_state(conn, "pending")]


async def test_what_comes_meanwhile_shares_the_next_transaction(store: Counting) -> None:
    commits = GroupCommit(store)
    events = [str(number) for number in range(20)]
    first = asyncio.create_task(commits.run(keeping("first")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert await asyncio.gather(*(commits.run(keeping(event)) for event in events)) == events
    await first
    assert store.begun == 2
    assert await kept(store) == ["first", *events]


async def test_one_that_fails_takes_nobody_along(store: Counting) -> None:
    commits = GroupCommit(store)
    steps = [keeping("a"), keeping("b", breaks=True), keeping("c")]
    results = await asyncio.gather(*(commits.run(step) for step in steps), return_exceptions=True)
    assert [type(result) for result in results] == [str, RuntimeError, str]
    assert await kept(store) == ["a", "c"]


async def test_a_commit_that_fails_is_tried_for_each_alone(store: Counting) -> None:
    store.fail = 2  # the one for both, and the first alone
    commits = GroupCommit(store)
    results = await asyncio.gather(commits.run(keeping("a")), commits.run(keeping("b")), return_exceptions=True)
    assert [type(result) for result in results] == [OSError, str]


async def test_who_does_not_wait_any_more_hinders_nobody(store: Counting) -> None:
    commits = GroupCommit(store)
    gone = asyncio.create_task(commits.run(keeping("a")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await commits.run(keeping("b")) == "b"
    assert await kept(store) == ["a", "b"], "a step that was begun is carried out"
