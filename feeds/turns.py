"""Politeness: one request at a time per host, a pause between two, and silence where a server asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    pause: float = 0.0
    free_at: float = 0.0
    closed_until: float = 0.0


class Turns:
    """Queues by host. Times are seconds on the scale of the `seconds` given."""

    def __init__(self, pause: float, seconds: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        self._pause = pause
        self._seconds = seconds
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """Wait for this host's turn and for the pause since the last request to it."""
        queue = self._host(host)
        async with queue.turn:
            wait = queue.free_at - self._seconds()
            if wait > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                queue.free_at = self._seconds() + max(self._pause, queue.pause)

    def slow_down(self, host: str, pause: float) -> None:
        """From now on at least this pause between two requests to the host."""
        self._host(host).pause = pause

    def close(self, host: str, pause: float) -> None:
        """The host asked not to be asked for so long."""
        self._host(host).closed_until = self._seconds() + pause

    def closed_for(self, host: str) -> float:
        """How long the host still wants to be left alone; 0.0 if it is open."""
        return max(0.0, self._host(host).closed_until - self._seconds())

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())
