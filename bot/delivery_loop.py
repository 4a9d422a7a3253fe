"""Delivery without end: a pass whenever something new was enqueued, and on a tick for what became due."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Awaitable, Callable

from bot.deliver import DeliveryReport

# Seconds between two looks when nothing calls.
TICK = 5.0

Pass = Callable[[], Awaitable[DeliveryReport]]
Sleep = Callable[[float], Awaitable[None]]

_log = logging.getLogger(__name__)


class DeliveryLoop:
    """`wake()` after enqueuing; `stop()` lets the pass under way end, so that no message is left half sent."""

    def __init__(self, one_pass: Pass, tick: float = TICK) -> None:
        self._one_pass = one_pass
        self._tick = tick
        self._called = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        self._called.set()

    def stop(self) -> None:
        self._stopping = True
        self._called.set()

    async def run(self) -> None:
        """Until `stop`. A pass that fails as a whole (the store is locked, the disk is full) is tried again."""
        while not self._stopping:
            self._called.clear()
            await self._wait(await self._pass())

    async def _pass(self) -> float:
        """One pass; the seconds until the next."""
        try:
            report = await self._one_pass()
        except Exception:
            _log.exception("delivery.pass_failed")
            return self._tick
        if report.moving:
            return 0.0
        return min(report.pause, self._tick) if report.paced else self._tick

    async def _wait(self, seconds: float) -> None:
        if self._stopping or not seconds:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._called.wait()
        except TimeoutError:
            return


async def deliver_all(one_pass: Pass, sleep: Sleep = asyncio.sleep) -> DeliveryReport:
    """Passes until nothing more is due, waiting where only the pace holds messages back; what they did together."""
    total = DeliveryReport()
    while True:
        report = await one_pass()
        total = _sum(total, report)
        if report.moving:
            continue
        if not report.paced:
            return total
        await sleep(report.pause)


def _sum(one: DeliveryReport, other: DeliveryReport) -> DeliveryReport:
    added = {field.name: getattr(one, field.name) + getattr(other, field.name) for field in dataclasses.fields(one)}
    return DeliveryReport(**added | {"pause": 0.0, "paced": 0})
