"""Work that is shared: in order, each its own result, and whoever spoils it spoils only his own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.batches import MOST, Batches


class Doubling:
    """Doubles numbers; refuses batches that hold `bad`, with `error`."""

    def __init__(self, bad: int | None = None, error: BaseException | None = None) -> None:
        self.batches: list[list[int]] = []
        self._bad = bad
        self._error = error or ValueError("bad")

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(numbers))
        await asyncio.sleep(0.01)
        if self._bad in numbers:
            raise self._error
        return [2 * number for number in numbers]


async def test_what_comes_meanwhile_goes_into_the_next() -> None:
    work = Doubling()
    batches = Batches(work)
    first = asyncio.create_task(batches.of(1))
    await asyncio.sleep(0.005)
    assert await asyncio.gather(*(batches.of(number) for number in (2, 3, 4))) == [4, 6, 8]
    assert await first == 2
    assert work.batches == [[1], [2, 3, 4]]


async def test_who_is_in_no_hurry_waits_for_others() -> None:
    work = Doubling()
    batches = Batches(work, gather=0.1)
    first = asyncio.create_task(batches.of(1))
    await asyncio.sleep(0.01)
    assert await batches.of(2) == 4
    assert await first == 2
    assert work.batches == [[1, 2]]


async def test_no_batch_is_larger_than_the_largest() -> None:
    work = Doubling()
    batches = Batches(work)
    numbers = range(2 * MOST + 5)
    assert await asyncio.gather(*map(batches.of, numbers)) == [2 * number for number in numbers]
    assert [len(batch) for batch in work.batches] == [MOST, MOST, 5]


async def test_one_that_fails_takes_nobody_along() -> None:
    work = Doubling(bad=2)
    batches = Batches(work)
    results = await asyncio.gather(*map(batches.of, (1, 2, 3)), return_exceptions=True)
    assert [results[0], type(results[1]), results[2]] == [2, ValueError, 6]
    assert work.batches == [[1, 2, 3], [1], [2], [3]]


async def test_what_is_nobodys_own_fault_is_told_to_all_at_once() -> None:
    work = Doubling(bad=2, error=OSError("away"))
    batches = Batches(work, of_all=(OSError,))
    results = await asyncio.gather(*map(batches.of, (1, 2, 3)), return_exceptions=True)
    assert [type(result) for result in results] == [OSError] * 3
    assert work.batches == [[1, 2, 3]]
    assert await batches.of(5) == 10, "and the next are worked on as usual"


class Ended(BaseException):
    """The program ends here."""


async def test_nobody_is_left_waiting_when_the_program_ends() -> None:
    batches = Batches(Doubling(bad=1, error=Ended()))
    first = asyncio.create_task(batches.of(1))
    await asyncio.sleep(0.005)
    second = asyncio.create_task(batches.of(2))
    for task in (first, second):
        with pytest.raises(Ended):
            await asyncio.wait_for(task, 5)


async def test_who_does_not_wait_any_more_hinders_nobody() -> None:
    batches = Batches(Doubling())
    gone = asyncio.create_task(batches.of(1))
    await asyncio.sleep(0)
    gone.cancel()
    assert await batches.of(2) == 4
