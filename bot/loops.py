"""Loops that run side by side and end together.

When one ends, by itself or by an error, all are told to stop: a service that lives on with a part of it dead looks
well from outside and is not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loop:
    """`run` goes on until `stop` is called, and then finishes what it has begun."""

    name: str
    run: Callable[[], Coroutine[Any, Any, None]]
    stop: Callable[[], object]


async def run_loops(loops: Sequence[Loop], stop: asyncio.Event, grace: float) -> None:
    """All of `loops` until `stop` is set or one of them ends; then they get `grace` seconds to finish.

    Raises what the first one raised that failed.
    """
    tasks = {asyncio.create_task(loop.run(), name=loop.name): loop for loop in loops}
    stopped = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        await _end(tasks, grace)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error


async def _end(tasks: dict[asyncio.Task[None], Loop], grace: float) -> None:
    for task, loop in tasks.items():
        if not task.done():
            loop.stop()
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=grace)
    for task in late:
        _log.warning("loop.ended_early", extra={"fields": {"loop": task.get_name()}})
        task.cancel()
    if late:
        await asyncio.wait(late)
