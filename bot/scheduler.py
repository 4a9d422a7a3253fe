"""The clockwork: a handful of jobs at fixed intervals, on APScheduler.

Its defaults are not ours: a job that comes late still runs (its own grace is one second), several missed runs become
one, and no job overlaps itself. It waits for moments of the wall clock, so where that is set back by a day it would
stand still for a day: `_follow` brings the turns along. Each job decides for itself what is due at the moment it is
called; times of day are none of the scheduler's business: `bot.digest` works them out at each tick.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock

# Seconds that a job under way may take to finish when the program ends.
GRACE = 20.0
# Seconds: how often the wall clock is compared with the one that only runs on, and by how much they may differ.
_LOOK = 1.0
_DRIFT = 0.5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called at once, or `after` a while, and then every `every`."""

    name: str
    every: dt.timedelta
    run: Callable[[], Awaitable[object]]
    after: dt.timedelta = dt.timedelta()


@asynccontextmanager
async def running_jobs(jobs: Sequence[Job], clock: Clock, grace: float = GRACE) -> AsyncIterator[None]:
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
            next_run_time=clock.now() + job.after,
        )
    scheduler.start()
    following = asyncio.create_task(_follow(scheduler, clock), name="follow the clock")
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        scheduler.pause()
        await _finish(under_way, grace)
        scheduler.shutdown(wait=False)


async def _follow(scheduler: AsyncIOScheduler, clock: Clock) -> None:
    """Bring every turn along when the wall clock is set back; set forward, what has become due runs at once."""
    offset = _offset(clock)
    while True:
        await asyncio.sleep(_LOOK)
        jump = _offset(clock) - offset
        offset += jump
        if jump < -_DRIFT:
            _log.warning("clock.set_back", extra={"fields": {"seconds": round(-jump)}})
            for job in scheduler.get_jobs():
                job.modify(next_run_time=job.next_run_time + dt.timedelta(seconds=jump))


def _offset(clock: Clock) -> float:
    return clock.now().timestamp() - clock.seconds()


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
