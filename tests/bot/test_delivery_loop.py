from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from bot.delivery_loop import DeliveryLoop, deliver_all
from bot.delivery_report import DeliveryReport

NOTHING = DeliveryReport()
FOREVER = 3600.0


class Passes:
    """Gives these reports (or raises them) one after the other, then nothing more."""

    def __init__(self, *results: DeliveryReport | Exception) -> None:
        self.count = 0
        self.idle = asyncio.Event()
        self._results = list(results)

    async def __call__(self) -> DeliveryReport:
        self.count += 1
        result = self._results.pop(0) if self._results else NOTHING
        if result is NOTHING:
            self.idle.set()
        if isinstance(result, Exception):
            raise result
        return result


async def run_until_idle(loop: DeliveryLoop, passes: Passes) -> None:
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(passes.idle.wait(), 20)
    loop.stop()
    await asyncio.wait_for(task, 20)


@pytest.mark.parametrize(
    ("reports", "why"),
    [
        ((DeliveryReport(sent=1), DeliveryReport(sent=1)), "another of the chat may be due at once"),
        ((DeliveryReport(moved=1),), "the chat has a new place, the message waits"),
        ((DeliveryReport(pauses=(0.001,)),), "the pace alone holds it back, and not for long"),
        ((DeliveryReport(pauses=(0.001,), sent=1), DeliveryReport(postponed=1)), "seen two passes ago"),
    ],
)
async def test_it_goes_on_while_there_is_something_to_do(reports: Iterable[DeliveryReport], why: str) -> None:
    passes = Passes(*reports)
    await run_until_idle(DeliveryLoop(passes, tick=FOREVER), passes)
    assert passes.count == len(list(reports)) + 1, why


async def test_it_wakes_when_called() -> None:
    passes = Passes()
    loop = DeliveryLoop(passes, tick=FOREVER)
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(passes.idle.wait(), 20)
    passes.idle.clear()
    loop.wake()
    await asyncio.wait_for(passes.idle.wait(), 20)
    loop.stop()
    await asyncio.wait_for(task, 20)


async def test_a_call_during_a_pass_is_not_lost() -> None:
    """What is enqueued after the pass has looked must not wait for the tick."""
    second = asyncio.Event()
    passes = 0

    async def one_pass() -> DeliveryReport:
        nonlocal passes
        passes += 1
        if passes == 1:
            loop.wake()
        else:
            second.set()
        return NOTHING

    loop = DeliveryLoop(one_pass, tick=FOREVER)
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(second.wait(), 20)
    loop.stop()
    await asyncio.wait_for(task, 20)


async def test_it_looks_again_on_the_tick_also_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    passes = Passes(RuntimeError("the store is locked"), DeliveryReport(postponed=1))
    await run_until_idle(DeliveryLoop(passes, tick=0.001), passes)
    assert "delivery.pass_failed" in caplog.text


async def test_stopping_lets_the_pass_end() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    ended = False

    async def one_pass() -> DeliveryReport:
        nonlocal ended
        begun.set()
        await go_on.wait()
        ended = True
        return DeliveryReport(sent=1)

    loop = DeliveryLoop(one_pass, tick=FOREVER)
    task = asyncio.create_task(loop.run())
    await asyncio.wait_for(begun.wait(), 20)
    loop.stop()
    go_on.set()
    await asyncio.wait_for(task, 20)
    assert ended


async def test_deliver_all_waits_for_the_pace_and_nothing_else() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    paced = DeliveryReport(pauses=(0.5, 0.5))
    passes = Passes(DeliveryReport(sent=2), paced, DeliveryReport(sent=1, unknown=1), DeliveryReport(postponed=1))
    assert await deliver_all(passes, sleep) == DeliveryReport(sent=3, unknown=1, postponed=1)
    assert slept == [0.5]


async def test_deliver_all_remembers_who_was_paced_while_others_were_served() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    passes = Passes(
        DeliveryReport(sent=1, pauses=(60.0,)),
        DeliveryReport(pauses=(1.0,)),
        DeliveryReport(sent=1),
        NOTHING,
        DeliveryReport(sent=1),
    )
    assert (await deliver_all(passes, sleep)).sent == 3
    assert slept == [1.0, 59.0]
