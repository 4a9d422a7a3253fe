"""Turns at a host, on a clock that only the test moves."""

from __future__ import annotations

import asyncio

import pytest

from feeds.turns import Turns


class Hours:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.at = 100.0
        self.slept: list[float] = []

    def seconds(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


async def test_between_two_requests_to_a_host_there_is_a_pause() -> None:
    hours = Hours()
    turns = Turns(2.0, hours.seconds, hours.sleep)
    async with turns.of("a"):
        hours.at += 5
    hours.at += 0.5
    async with turns.of("a"):
        pass
    async with turns.of("b"):
        pass
    hours.at += 10
    async with turns.of("a"):
        pass
    assert hours.slept == [1.5]


async def test_a_host_can_ask_for_longer_pauses_but_not_for_shorter_ones() -> None:
    hours = Hours()
    turns = Turns(2.0, hours.seconds, hours.sleep)
    for wanted in (10.0, 0.1, 0.0):
        turns.slow_down("a", wanted)
        async with turns.of("a"):
            pass
    assert hours.slept == [10.0, 2.0]


async def test_turns_are_taken_one_after_the_other_also_after_an_error() -> None:
    turns = Turns(0.0, lambda: 0.0)
    inside: list[int] = []

    async def take(number: int) -> None:
        async with turns.of("a"):
            inside.append(number)
            await asyncio.sleep(0)
            assert inside[-1] == number
            raise ValueError(number)

    ended = await asyncio.gather(*(take(number) for number in range(5)), return_exceptions=True)
    assert [str(error) for error in ended] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("passed", "left"), [(0.0, 60.0), (59.0, 1.0), (60.0, 0.0), (99.0, 0.0)])
def test_a_closed_host_opens_again(passed: float, left: float) -> None:
    hours = Hours()
    turns = Turns(0.0, hours.seconds)
    turns.close("a", 60.0)
    hours.at += passed
    assert turns.closed_for("a") == left
    assert turns.closed_for("b") == 0.0
