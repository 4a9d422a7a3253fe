"""The clockwork: a handful of jobs at fixed intervals of the clock that only runs on.

A wall clock may be set back by a day, and whoever waits for a moment of it then stands still for a day. So intervals
are measured by the event loop (`loop.time`), and each job decides for itself what is due at the moment it is called.
Several turns that were missed become one, no job overlaps itself, and one that fails keeps its turns. Times of day are
none of its business: `bot.digest` works them out at each tick.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

# Seconds that a job under way may take to finish when the program ends.
GRACE = 20.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called at once, or `after` a while, and then every `every`."""

    name: str
    every: dt.timedelta
    run: Callable[[], Awaitable[object]]
    after: dt.timedelta = dt.timedelta()


@asynccontextmanager
async def running_jobs(jobs: Sequence[Job], grace: float = GRACE) -> AsyncIterator[None]:
    """The jobs run while the block does. Those under way at its end get `grace` seconds, then they are ended."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(_turns(job, stop), name=job.name) for job in jobs]
    try:
        yield
    finally:
        stop.set()
        await _finish(tasks, grace)


async def _turns(job: Job, stop: asyncio.Event) -> None:
    """Until `stop`; a turn that takes longer than the interval is followed by the next at once."""
    time, every = asyncio.get_running_loop().time, job.every.total_seconds()
    due = time() + job.after.total_seconds()
    await _until(due, stop)
    while not stop.is_set():
        await _run(job)
        due = max(due + every, time())
        await _until(due, stop)


async def _until(due: float, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout_at(due):
            await stop.wait()


async def _run(job: Job) -> None:
    """One run; a failure is logged and the job keeps its turns."""
    try:
        await job.run()
    except Exception:
        _log.exception("job.failed", extra={"fields": {"job": job.name}})


async def _finish(tasks: Sequence[asyncio.Task[None]], grace: float) -> None:
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=grace)
    for task in late:
        _log.warning("job.ended_early", extra={"fields": {"job": task.get_name()}})
        task.cancel()
    if late:
        await asyncio.wait(late)
