from __future__ import annotations

import asyncio

import pytest

from bot.loops import Loop, run_loops


class Turning:
    """A loop that notes how it ended."""

    def __init__(self, name: str, fails: bool = False, deaf: bool = False) -> None:
        self.name = name
        self.ended: str | None = None
        self.started = asyncio.Event()
        self._told = asyncio.Event()
        self._fails = fails
        self._deaf = deaf

    def loop(self) -> Loop:
        return Loop(self.name, self._run, self._told.set)

    async def _run(self) -> None:
        self.started.set()
        try:
            if self._fails:
                raise ConnectionError("gone")
            await self._told.wait()
            if self._deaf:
                await asyncio.Event().wait()
            await asyncio.sleep(0)  # finishing takes a while
            self.ended = "finished"
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise


async def test_all_run_until_told_and_then_finish() -> None:
    first, second, stop = Turning("a"), Turning("b"), asyncio.Event()
    running = asyncio.create_task(run_loops([first.loop(), second.loop()], stop, 5))
    await first.started.wait()
    await second.started.wait()
    assert not running.done()
    stop.set()
    await running
    assert (first.ended, second.ended) == ("finished", "finished")


async def test_one_that_fails_ends_the_others_and_is_raised() -> None:
    well = Turning("well")
    with pytest.raises(ConnectionError, match="gone"):
        await run_loops([well.loop(), Turning("ill", fails=True).loop()], asyncio.Event(), 5)
    assert well.ended == "finished"


async def test_one_that_does_not_finish_in_time_is_ended() -> None:
    deaf, well, stop = Turning("deaf", deaf=True), Turning("well"), asyncio.Event()
    stop.set()
    await run_loops([deaf.loop(), well.loop()], stop, 0.05)
    assert (deaf.ended, well.ended) == ("cancelled", "finished")


async def test_without_loops_it_waits_for_the_word() -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run_loops([], stop, 5))
    await asyncio.sleep(0)
    assert not running.done()
    stop.set()
    await running


async def test_cancelled_from_outside_it_takes_its_loops_along() -> None:
    one = Turning("one")
    running = asyncio.create_task(run_loops([one.loop()], asyncio.Event(), 5))
    await one.started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert one.ended == "finished"
