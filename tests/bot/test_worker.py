"""Work beside the event loop: one job at a time, whatever becomes of those who wait for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


async def test_gives_what_the_job_gives_or_raises(worker: Worker) -> None:
    assert await worker.run(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await worker.run(divmod, 7, 0)


async def test_the_loop_goes_on_meanwhile_and_a_second_job_waits_even_for_one_that_was_given_up(
    worker: Worker,
) -> None:
    begun, may_end, order = threading.Event(), threading.Event(), list[str]()

    def slow() -> None:
        begun.set()
        may_end.wait(10)
        order.append("slow")

    first = asyncio.create_task(worker.run(slow))
    await asyncio.to_thread(begun.wait, 10)
    first.cancel()
    second = asyncio.create_task(worker.run(order.append, "second"))
    await asyncio.sleep(0)
    may_end.set()
    await second
    assert order == ["slow", "second"]
