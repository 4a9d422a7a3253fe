"""Telegram's limit over all belongs to the bot, not to the instance: those that share a store share it out.

Each knows by the server how many there are. One that comes or goes is noticed within a second or two; so long all
together may send a little more, and Telegram's 429 is obeyed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from storage.instance import BEAT, Instance


def share(rate: int, leads: bool, alive: int) -> int:
    """Of `rate` messages a second, what one of so many instances may send.

    Each answers, so each has its part of one half; the one that leads delivers as well and has all the rest.
    """
    others = max(1, rate // (2 * max(2, alive)))
    return others if not leads else max(1, rate - (alive - 1) * others) if alive > 1 else rate


class Sharing:
    """`run` until `stop`: `use` is told this instance's part, again and again."""

    def __init__(self, instance: Instance, rate: int, use: Callable[[int], None]) -> None:
        self._instance = instance
        self._rate = rate
        self._use = use
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        while not self._stopping.is_set():
            self._use(share(self._rate, self._instance.leads, self._instance.alive))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), BEAT)
