"""Write transactions that are shared: what comes while one is under way goes into the next, all of it together.

A commit waits for the disk. One message at a time, that wait is what a broadcast would spend its time on; shared, it is
paid once for all that have gathered meanwhile. A step that fails takes nobody along: then each gets a transaction of
its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from bot.batches import Batches
from storage.database import Connection, Database

R = TypeVar("R")
Step = Callable[[Connection], Awaitable[R]]


class GroupCommit:
    """Steps are carried out in the order in which they come; one may be carried out again after a rollback."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batches: Batches[Step[Any], Any] = Batches(self._together)

    async def run(self, step: Step[R]) -> R:
        """What the step gives, once it is committed; raises what it, or its commit, raises."""
        given: R = await self._batches.of(step)
        return given

    async def _together(self, steps: Sequence[Step[Any]]) -> Sequence[Any]:
        async with self._database.begin() as conn:
            return [await step(conn) for step in steps]
