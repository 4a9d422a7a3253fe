"""From election to election: while this instance leads, its loops and jobs for the leader run.

When the lead is lost they are told to stop as at the end of the program; nothing depends on their obeying in time,
since whatever only the leader may do is asked of the server again when it is done.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.clock import Clock
from bot.loops import Loop, run_loops
from bot.scheduler import Job, running_jobs
from bot.talking import Term
from storage import received, recovery, unread
from storage.database import Database
from storage.instance import Instance, living

_log = logging.getLogger(__name__)


class Leading:
    """`run` until `stop`. `jobs`: those that come with every term beside its own, given that term."""

    def __init__(
        self,
        instance: Instance,
        database: Database,
        clock: Clock,
        make_term: Callable[[], Term],
        jobs: Callable[[Term], tuple[Job, ...]],
        grace: float,
    ) -> None:
        self._instance = instance
        self._database = database
        self._clock = clock
        self._make_term = make_term
        self._jobs = jobs
        self._grace = grace
        self._stopping = asyncio.Event()
        self._term = Term()

    def wake(self) -> None:
        """Something was enqueued, by whomever."""
        self._term.wake()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Raises what ends a term early."""
        while not self._stopping.is_set():
            self._instance.candidate = True
            if not self._instance.leads:
                await self._first_of(self._instance.changed)
            elif await self._lead():
                return

    async def _lead(self) -> bool:
        """One term; whether it has ended for good."""
        over = asyncio.Event()
        watching = asyncio.create_task(self._until_over(over))
        term = self._term = self._make_term()
        try:
            await self._never_fail(self._take_over)
            async with running_jobs((*term.jobs, *self._jobs(term)), self._clock, self._grace):
                _log.info("term.began", extra={"fields": {"instance": self._instance.number}})
                await run_loops((*term.loops, _idle(over)), over, self._grace)
        finally:
            self._term = Term()
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        return not over.is_set()

    async def _until_over(self, over: asyncio.Event) -> None:
        """Stopped, or no leader any more; meanwhile what the dead have left is set free."""
        while self._instance.leads and not self._stopping.is_set():
            await self._first_of(self._instance.changed)
            if self._instance.leads and not self._stopping.is_set():
                await self._never_fail(self._free)
        # Not to be elected again before this term has been cleared away.
        self._instance.candidate = False
        over.set()

    async def _first_of(self, wait: Callable[[], Awaitable[None]]) -> None:
        """Until that, or `stop`."""
        tasks = {asyncio.ensure_future(wait()), asyncio.ensure_future(self._stopping.wait())}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_over(self) -> None:
        async with self._database.begin() as conn:
            if not await self._instance.may(conn):
                return
            lost = await recovery.take_over(conn, self._clock.now())
            await unread.clear(conn)
        if lost:
            _log.warning("outbox.recovered", extra={"fields": {"unknown": lost}})
        await self._free()

    async def _free(self) -> None:
        async with self._database.begin() as conn:
            await received.release(conn, await living(conn) or {self._instance.number})

    async def _never_fail(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception:
            _log.exception("instance.not_freed")  # it frees itself when its lease ends


def _idle(over: asyncio.Event) -> Loop:
    """Keeps a term going that has nothing else to run."""

    async def run() -> None:
        await over.wait()

    return Loop("term", run, lambda: None)
