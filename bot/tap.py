"""A pressed button, which a chat system wants acknowledged: once, and soon, for its client shows a spinner until then.

The acknowledgement can carry a few words, but only once the answer is known. So it waits for that, though not for long.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

PATIENCE = 0.7
"""Seconds that a spinner may turn before the tap is acknowledged without words; most answers are there by then."""

Acknowledge = Callable[[str], Awaitable[bool]]
"""Shows those words ("" for none); whether they were shown. Never raises for what the chat system does."""


class Tap:
    """One tap; may be acknowledged from several sides."""

    def __init__(self, acknowledge: Acknowledge) -> None:
        self._acknowledge = acknowledge
        self._taken = asyncio.Event()

    async def acknowledge(self, toast: str = "") -> bool:
        """Whether the words were shown. The first call decides; later ones do nothing."""
        if self._taken.is_set():
            return False
        self._taken.set()
        return await self._acknowledge(toast)

    @asynccontextmanager
    async def in_time(self, patience: float = PATIENCE) -> AsyncIterator[None]:
        """Inside, and at the latest at the end, the tap is acknowledged whatever happens."""
        late = asyncio.create_task(self._after(patience))
        try:
            yield
        finally:
            await self.acknowledge()
            await late

    async def _after(self, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                await self._taken.wait()
        except TimeoutError:
            await self.acknowledge()
