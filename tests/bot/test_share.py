"""The limit over all, shared out among the instances on one store."""

from __future__ import annotations

import asyncio

import pytest

from bot.limiter import Limiter, Limits, Priority, telegram_limits
from bot.share import Sharing, share
from bot.windows import Rate
from storage.instance import Alone


@pytest.mark.parametrize(
    ("leads", "alive", "part"),
    [(True, 1, 30), (True, 0, 30), (True, 2, 23), (False, 2, 7), (True, 3, 20), (False, 3, 5), (False, 0, 7)],
)
def test_the_leader_has_what_the_others_leave(leads: bool, alive: int, part: int) -> None:
    assert share(30, leads, alive) == part


@pytest.mark.parametrize("rate", [1, 2, 20, 30, 1000])
@pytest.mark.parametrize("alive", range(1, 31))
def test_all_together_keep_to_the_limit_and_nobody_is_silenced(rate: int, alive: int) -> None:
    parts = [share(rate, True, alive), *(share(rate, False, alive) for _ in range(alive - 1))]
    assert min(parts) >= 1
    assert sum(parts) <= max(rate, alive), "nobody can send less than one message"


async def test_a_change_is_noticed() -> None:
    """The one that leads alone is joined by two others, and stops."""
    instance, told = Alone(), list[int]()

    def use(part: int) -> None:
        told.append(part)
        instance.alive = 3
        if part != 30:
            sharing.stop()

    sharing = Sharing(instance, 30, use)
    await asyncio.wait_for(sharing.run(), 20)
    assert told == [30, 20]


def test_a_smaller_part_holds_at_once_and_a_larger_one_too() -> None:
    """What was sent before counts: none is sent in addition."""
    limiter = Limiter({"telegram": Limits(Rate(4, 1.0), *(Rate(100, 1.0),) * 2)})

    def sent_at(at: float) -> int:
        granted = limiter.grant(at)
        for ticket in granted:
            limiter.ended(ticket, at)
        return len(granted)

    for chat in range(20):
        limiter.ask(f"telegram:{chat}", Priority.ANSWER)
    assert sent_at(0.0) == 4
    limiter.share("telegram", 2)
    assert [sent_at(0.5), sent_at(1.0), sent_at(1.5), sent_at(2.0)] == [0, 2, 0, 2]
    limiter.share("telegram", 6)
    assert sent_at(2.1) == 4


def test_what_is_not_an_answer_goes_out_at_the_new_pace() -> None:
    limiter = Limiter({"telegram": telegram_limits(30)})
    limiter.share("telegram", 10)
    for chat in range(10):
        limiter.ask(f"telegram:{chat}", Priority.NOTICE)
    times = []
    for step in range(1000):
        for ticket in limiter.grant(step / 1000):
            times.append(step / 1000)
            limiter.ended(ticket, step / 1000)
    assert times[9] - times[6] == pytest.approx(0.3, abs=0.01), "a tenth of a second between two"
