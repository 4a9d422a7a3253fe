"""Work that keeps a processor busy, beside the event loop: one job at a time, in a thread of its own.

One at a time because pdfium must not be called from two threads, and because a thread that was given up goes on
working: a lock around `asyncio.to_thread` would let the next job start beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Works(Protocol):
    """Where reading is done. The place for stricter limits (a process with bounds on memory and time)."""

    async def run(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `job` gives or raises."""
        ...


class Worker:
    """A thread that does one job after the other; `close` must be called at the end."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    async def run(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `job` gives or raises, once those before it are done."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: job(*args, **kwargs))

    def close(self) -> None:
        """Drop what waits; what runs is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)
