"""The clockwork: a handful of jobs at fixed intervals, on APScheduler.

Its defaults are not ours: a job that comes late still runs (its own grace is one second), several missed runs become
one, and no job overlaps itself. Times of day are none of its business: `bot.digest` works them out at each tick.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

# Seconds that a job under way may take to finish when the program ends.
GRACE = 20.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called at once, and then every `every`."""

    name: str
    every: dt.timedelta
    run: Callable[[], Awaitable[object]]


@asynccontextmanager
async def running_jobs(jobs: Sequence[Job], now: dt.datetime, grace: float = GRACE) -> AsyncIterator[None]:
    """The jobs run while the block does. Those under way at its end get `grace` seconds, then they are ended."""
    scheduler = AsyncIOScheduler(timezone=dt.UTC)
    under_way: set[asyncio.Task[None]] = set()
    for job in jobs:
        scheduler.add_job(
            _tracked(job, under_way),
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=dt.UTC),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=now,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        await _finish(under_way, grace)
        scheduler.shutdown(wait=False)


def _tracked(job: Job, under_way: set[asyncio.Task[None]]) -> Callable[[], Awaitable[None]]:
    async def fire() -> None:
        task = asyncio.create_task(_run(job), name=job.name)
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        await asyncio.wait([task])

    return fire


async def _run(job: Job) -> None:
    """One run; a failure is logged and the job keeps its turns."""
    try:
        await job.run()
    except Exception:
        _log.exception("job.failed", extra={"fields": {"job": job.name}})


async def _finish(under_way: set[asyncio.Task[None]], grace: float) -> None:
    """Wait for the jobs, then end the rest; the scheduler itself would cancel them in the middle of their work."""
    if not under_way:
        return
    _, late = await asyncio.wait(set(under_way), timeout=grace)
    for task in late:
        _log.warning("job.ended_early", extra={"fields": {"job": task.get_name()}})
        task.cancel()
    if late:
        await asyncio.wait(late)
    # The scheduler learns of each end one turn of the loop later.
    await asyncio.sleep(0)
