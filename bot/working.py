"""Showing that an answer is being worked on, when it takes longer than one likes to wait without a sign."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

AFTER = 1.0
AGAIN = 4.0
"""Seconds. Telegram shows “is typing” for five (Bot API, sendChatAction)."""


@asynccontextmanager
async def showing_work(
    show: Callable[[], Awaitable[None]], after: float = AFTER, again: float = AGAIN
) -> AsyncIterator[None]:
    """While the block runs, `show` is called after `after` seconds, and then every `again` seconds. It must not raise
    for what the chat system does."""
    showing: list[asyncio.Task[None]] = []
    # A timer costs next to nothing; nearly every answer is there before it rings.
    timer = asyncio.get_running_loop().call_later(
        after, lambda: showing.append(asyncio.create_task(_show(show, again)))
    )
    try:
        yield
    finally:
        timer.cancel()
        for task in showing:
            task.cancel()
            await asyncio.wait([task])


async def _show(show: Callable[[], Awaitable[None]], again: float) -> None:
    while True:
        await show()
        await asyncio.sleep(again)
