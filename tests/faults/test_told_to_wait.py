"""429, short and twelve hours long, for one chat and for all."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from bot import deliver
from bot.limiter import Priority
from tests.fake_telegram.answers import too_many_requests
from tests.faults.conftest import FIRST, Scene

HALF_A_DAY = 12 * 3600


@pytest.mark.parametrize("seconds", [3, HALF_A_DAY])
async def test_one_chat(scene: Scene, seconds: int) -> None:
    await scene.put(chats_=3, each=2)
    scene.telegram.flood(FIRST, seconds)
    await scene.deliver()
    await scene.check(waiting=2)
    assert scene.telegram.texts(FIRST) == [], "only that chat waits"
    await scene.later(seconds=seconds - 1)
    assert scene.telegram.texts(FIRST) == [], "as long as it was told"
    await scene.later(seconds=1)
    await scene.check()


@pytest.mark.parametrize("seconds", [3, HALF_A_DAY])
async def test_all_chats(scene: Scene, seconds: int) -> None:
    """Several different chats within seconds: the whole program stands still, instead of asking for each."""
    await scene.put(chats_=40, each=1)
    scene.telegram.misbehave("sendMessage", too_many_requests(seconds), times=1000)
    await scene.deliver()
    asked = len(scene.telegram.called("sendMessage"))
    await scene.later(seconds=seconds / 2)
    assert len(scene.telegram.called("sendMessage")) == asked, "nothing is tried before its time"
    scene.telegram.behave()
    await scene.later(seconds=seconds)
    await scene.later(seconds=60)
    await scene.check()


async def test_it_is_seen_why_and_until_when(scene: Scene) -> None:
    await scene.put(chats_=3, each=1)
    scene.telegram.misbehave("sendMessage", too_many_requests(HALF_A_DAY), times=3)
    await scene.deliver()
    await scene.put(chats_=1, each=1, first=FIRST + 100)
    await scene.deliver()
    behind = (await scene.rows())[-1]
    assert behind.reason == "several chats were told to wait (429), so all do"
    assert behind.due_at == scene.clock.now() + dt.timedelta(seconds=HALF_A_DAY)


async def test_again_and_again(scene: Scene) -> None:
    await scene.put(chats_=2, each=3)
    scene.telegram.flood(FIRST, 1, 1, 5, 60)
    await scene.deliver()
    for _ in range(6):
        await scene.later(seconds=60)
    await scene.check()


async def test_within_the_limits_it_is_never_told_to(scene: Scene) -> None:
    scene.limits = True
    scene.telegram.enforce_rates(scene.clock.seconds)
    scene.telegram.people.group(-5)
    await scene.put(chats_=40, each=2)
    await scene.put(chats_=1, each=25, first=-5)
    await scene.deliver()
    await scene.check()
    assert len(scene.telegram.called("sendMessage")) == len(scene.put_in), "each was tried once"


async def test_a_notice_waits_for_an_answer_to_the_same_chat_that_is_under_way(scene: Scene) -> None:
    """Nobody knows how long that takes, but its end lets the notice through."""
    scene.limits = True
    await scene.put(chats_=1, each=1)
    turnstile = scene.delivery._turnstile
    async with turnstile.passage(f"telegram:{FIRST}", Priority.ANSWER, 1.0):
        assert turnstile.chat_wait(f"telegram:{FIRST}") == math.inf
        report = await scene.delivery.step(0.2)
        assert (report.failed, report.under_way) == (0, 1)
    await scene.delivery.finish()
    await scene.check()
    assert (await scene.counts()) == {"sent": 1}


async def test_a_notice_goes_back_when_what_is_under_way_to_its_chat_does_not_end(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "PATIENCE", 0.1)
    scene.limits = True
    await scene.put(chats_=1, each=1)
    async with scene.delivery._turnstile.passage(f"telegram:{FIRST}", Priority.ANSWER, 1.0):
        report = await scene.delivery.one_pass()
        assert (report.failed, report.pauses) == (0, (deliver.HOLD,))
    await scene.later(seconds=deliver.HOLD)
    await scene.check()
