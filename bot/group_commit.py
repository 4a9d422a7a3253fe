"""Write transactions that are shared: what comes while one is under way goes into the next, all of it together.

A commit waits for the disk. One message at a time, that wait is what a broadcast would spend its time on; shared, it is
paid once for all that have gathered meanwhile. A step that fails takes nobody along: then each gets a transaction of
its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from storage.database import Connection, Database

R = TypeVar("R")
Step = Callable[[Connection], Awaitable[R]]


class GroupCommit:
    """Steps are carried out in the order in which they come; one may be carried out again after a rollback."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Step[Any], asyncio.Future[Any]]] = []
        self._running: asyncio.Task[None] | None = None

    async def run(self, step: Step[R]) -> R:
        """What the step gives, once it is committed; raises what it, or its commit, raises."""
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((step, done))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._drain())
        return await done

    async def _drain(self) -> None:
        while self._waiting:
            steps, self._waiting = self._waiting, []
            await self._together(steps)

    async def _together(self, steps: Sequence[tuple[Step[Any], asyncio.Future[Any]]]) -> None:
        try:
            async with self._database.begin() as conn:
                results = [await step(conn) for step, _ in steps]
        except Exception as error:
            await self._apart(steps, error)
            return
        for (_, done), result in zip(steps, results, strict=True):
            if not done.done():
                done.set_result(result)

    async def _apart(self, steps: Sequence[tuple[Step[Any], asyncio.Future[Any]]], error: Exception) -> None:
        """Each by itself; one that is by itself already has failed."""
        if len(steps) > 1:
            for one in steps:
                await self._together([one])
        elif not steps[0][1].done():
            steps[0][1].set_exception(error)
