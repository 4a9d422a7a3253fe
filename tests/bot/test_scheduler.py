from __future__ import annotations

import asyncio
import datetime as dt
import logging

import pytest

from bot.clock import SystemClock
from bot.scheduler import Job, running_jobs

SOON = dt.timedelta(milliseconds=5)
NEVER = dt.timedelta(days=1)


async def test_a_job_runs_at_once_and_again() -> None:
    runs: list[int] = []
    third = asyncio.Event()

    async def run() -> None:
        runs.append(len(runs))
        if len(runs) == 3:
            third.set()

    async with running_jobs([Job("often", SOON, run)], SystemClock()):
        await asyncio.wait_for(third.wait(), 20)


async def test_a_failing_job_keeps_its_turns_and_the_others_theirs(caplog: pytest.LogCaptureFixture) -> None:
    failures: list[int] = []
    enough, other = asyncio.Event(), asyncio.Event()

    async def fail() -> None:
        failures.append(1)
        if len(failures) == 2:
            enough.set()
        raise RuntimeError("on purpose")

    async def fine() -> None:
        other.set()

    async with running_jobs([Job("bad", SOON, fail), Job("good", NEVER, fine)], SystemClock()):
        await asyncio.wait_for(asyncio.gather(enough.wait(), other.wait()), 20)
    assert "job.failed" in caplog.text


async def test_a_job_does_not_overlap_itself() -> None:
    under_way, most, runs = 0, 0, 0
    enough = asyncio.Event()

    async def run() -> None:
        nonlocal under_way, most, runs
        under_way, runs = under_way + 1, runs + 1
        most = max(most, under_way)
        await asyncio.sleep(0.03)
        under_way -= 1
        if runs == 3:
            enough.set()

    async with running_jobs([Job("slow", SOON, run)], SystemClock()):
        await asyncio.wait_for(enough.wait(), 20)
    assert most == 1


async def test_the_end_waits_for_what_is_under_way(caplog: pytest.LogCaptureFixture) -> None:
    begun, go_on, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def run() -> None:
        begun.set()
        await go_on.wait()
        finished.set()

    caplog.set_level(logging.WARNING)
    async with running_jobs([Job("slow", NEVER, run)], SystemClock()):
        await asyncio.wait_for(begun.wait(), 20)
        asyncio.get_running_loop().call_later(0.02, go_on.set)
    assert finished.is_set()
    assert caplog.text == ""


async def test_the_end_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with running_jobs([Job("stuck", NEVER, run)], SystemClock(), grace=0.01):
        await asyncio.wait_for(begun.wait(), 20)
    assert ended.is_set()
    assert "job.ended_early" in caplog.text


class SetBack(SystemClock):
    """The machine's clock until it is set back."""

    back = dt.timedelta()

    def now(self) -> dt.datetime:
        return super().now() - self.back


async def test_a_late_start_is_no_reason_to_skip() -> None:
    """APScheduler's own grace of one second would leave this run out in silence."""
    ran, clock = asyncio.Event(), SetBack()
    clock.back = dt.timedelta(hours=1)

    async def run() -> None:
        ran.set()

    async with running_jobs([Job("late", NEVER, run)], clock):
        await asyncio.wait_for(ran.wait(), 20)


async def test_a_wall_clock_that_is_set_back_delays_nothing() -> None:
    """Whoever waits for a moment of the wall clock waits until it comes again, which may be days."""
    clock, runs, second = SetBack(), 0, asyncio.Event()

    async def run() -> None:
        nonlocal runs
        runs, clock.back = runs + 1, NEVER
        if runs == 2:
            second.set()

    async with running_jobs([Job("daily", NEVER, run)], clock):
        await asyncio.wait_for(second.wait(), 20)


async def test_a_job_may_begin_later(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[str] = []
    enough = asyncio.Event()

    async def now() -> None:
        runs.append("now")
        if len(runs) == 3:
            enough.set()

    async def later() -> None:
        runs.append("later")

    jobs = [Job("later", SOON, later, after=NEVER), Job("now", SOON, now)]
    async with running_jobs(jobs, SystemClock()):
        await asyncio.wait_for(enough.wait(), 20)
    assert runs == ["now"] * 3
    assert caplog.text == ""
