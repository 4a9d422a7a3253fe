"""Work that is done for many at once: what comes while one batch of it is under way goes into the next.

Whatever costs as much for ten as for one (a commit, a visit to a server) is so paid once for all that have gathered
meanwhile. One that fails takes nobody along: then each is worked on by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 50
"""In one batch: nobody waits long for it, and nobody is long in its transaction."""


class Batches(Generic[T, R]):
    """`work` gives a result for each item, in their order; it may be called again for an item after it has failed.

    `gather`: seconds for which the first of a batch waits for others, where nobody is in a hurry. `of_all`: errors that
    are no single item's fault, so that there is no use in trying each by itself.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        gather: float = 0.0,
        of_all: tuple[type[Exception], ...] = (),
    ) -> None:
        self._work = work
        self._gather = gather
        self._of_all = of_all
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None

    async def of(self, item: T) -> R:
        """What the work gives for it; raises what it raises."""
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._drain())
        return await done

    async def _drain(self) -> None:
        while self._waiting:
            if self._gather:
                await asyncio.sleep(self._gather)
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._together(batch)

    async def _together(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:
            await self._apart(batch, error)
        except BaseException as error:  # the program is ending: nobody is left waiting
            batch, self._waiting = [*batch, *self._waiting], []
            _fail(batch, error)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            for (_, done), result in zip(batch, results, strict=True):
                if not done.done():
                    done.set_result(result)

    async def _apart(self, batch: Sequence[tuple[T, asyncio.Future[R]]], error: Exception) -> None:
        """Each by itself; one that is by itself already has failed."""
        if len(batch) == 1 or isinstance(error, self._of_all):
            _fail(batch, error)
            return
        for one in batch:
            await self._together([one])


def _fail(batch: Sequence[tuple[T, asyncio.Future[R]]], error: BaseException) -> None:
    for _, done in batch:
        if isinstance(error, asyncio.CancelledError):
            done.cancel()
        elif not done.done():
            done.set_exception(error)
