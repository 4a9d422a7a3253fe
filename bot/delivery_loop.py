"""Delivery without end: a pass whenever something new was enqueued, and on a tick for what became due."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable

from bot.delivery_report import DeliveryReport

# Seconds between two looks when nothing calls.
TICK = 5.0

Pass = Callable[[], Awaitable[DeliveryReport]]
Sleep = Callable[[float], Awaitable[None]]

_log = logging.getLogger(__name__)


class DeliveryLoop:
    """`wake()` after enqueuing; `stop()` lets what is under way end, so that no message is left half sent.

    `one_pass` may leave messages under way; then it is called again at once, and `finish` at the end.
    """

    def __init__(self, one_pass: Pass, tick: float = TICK, finish: Callable[[], Awaitable[None]] | None = None) -> None:
        self._one_pass = one_pass
        self._finish = finish
        self._tick = tick
        self._owed = _Owed()
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
        if self._finish is not None:
            await self._finish()

    async def _pass(self) -> float:
        """One pass; the seconds until the next."""
        try:
            report = await self._one_pass()
        except Exception:
            _log.exception("delivery.pass_failed")
            return self._tick
        self._owed.note(report)
        return 0.0 if report.moving or report.under_way else self._owed.pay(self._tick) or self._tick

    async def _wait(self, seconds: float) -> None:
        if self._stopping or not seconds:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._called.wait()
        except TimeoutError:
            return


class _Owed:
    """The pauses until paced messages may go, kept over passes that only see other chats."""

    def __init__(self) -> None:
        self._pauses: list[float] = []

    def note(self, report: DeliveryReport) -> None:
        self._pauses.extend(report.pauses)

    def pay(self, most: float) -> float:
        """The seconds to wait now, at most `most`; 0.0 when there is nothing to wait for."""
        pause = min([most, *self._pauses]) if self._pauses else 0.0
        self._pauses = [left - pause for left in self._pauses if left > pause]
        return pause


async def deliver_all(one_pass: Pass, sleep: Sleep = asyncio.sleep) -> DeliveryReport:
    """Passes until nothing more is due, waiting where only the pace holds messages back; what they did together."""
    total, owed = DeliveryReport(), _Owed()
    while True:
        report = await one_pass()
        total += report
        owed.note(report)
        if not report.moving:
            pause = owed.pay(math.inf)
            if not pause:
                return total
            await sleep(pause)
