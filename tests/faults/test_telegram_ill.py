"""500 and 502 with HTML, connections refused, cut before and after accepting, answers that never come, no such host."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.transports.aiohttp_request import PLACEHOLDER, AiohttpRequest
from bot.transports.telegram import TelegramTransport, telegram_bot
from config.settings import Secret
from tests.fake_telegram import Fault, RefusedError
from tests.faults.conftest import FIRST, Scene


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (Fault.ERROR_BEFORE, 0),
        (Fault.ERROR_AFTER, 1),
        (Fault.PROXY_PAGE, 0),
        (Fault.CUT_BEFORE, 0),
        (Fault.CUT_AFTER, 1),
        (Fault.RESET_BEFORE, 0),
        (Fault.RESET_AFTER, 1),
        (Fault.BROKEN_JSON, 1),
        (Fault.ODD_RESULT, 1),
        (Fault.NOT_HTTP, 1),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_nobody_can_know_whether_it_arrived(scene: Scene, fault: Fault, shown: int) -> None:
    """The one in flight is marked unknown and never repeated; what is behind it goes out."""
    await scene.put(chats_=2, each=2)
    scene.telegram.misbehave("sendMessage", fault, chat=FIRST)
    await scene.deliver()
    await scene.later(days=2)
    await scene.check(unknown=1)
    assert len(scene.telegram.texts(FIRST)) == 1 + shown
    assert len(scene.telegram.called("sendMessage")) == 4, "no message was tried twice"


@pytest.mark.parametrize("fault", [Fault.SILENCE_AFTER, Fault.DRIP_AFTER])
async def test_no_answer_comes(scene: Scene, fault: Fault) -> None:
    """Accepted, and then silence, or byte after byte, until the read times out."""
    hasty = Bot(
        PLACEHOLDER,
        base_url=f"{scene.telegram.api_base}/bot",
        request=AiohttpRequest(Secret(scene.telegram.token), read_timeout=0.3, connect_timeout=0.3),
    )
    scene.bot = hasty
    await scene.put(chats_=2, each=2)
    scene.telegram.misbehave("sendMessage", fault, chat=FIRST)
    try:
        await scene.deliver()
        await scene.later(days=2)
        await scene.check(unknown=1)
        assert len(scene.telegram.texts(FIRST)) == 2
    finally:
        await hasty.request.shutdown()


async def test_connections_are_refused(scene: Scene) -> None:
    """Not one request has left: all of it is tried again, and arrives once."""
    await scene.put(chats_=5, each=2)
    await scene.telegram.stop()
    for _ in range(5):
        await scene.later(minutes=10)
    await scene.check(waiting=10)
    await scene.telegram.start()
    await scene.later(minutes=10)
    await scene.check()


async def test_the_host_is_not_found(scene: Scene) -> None:
    lost = telegram_bot(Secret(scene.telegram.token), "http://telegram.invalid:80")
    found, scene.bot = scene.bot, lost
    await scene.put(chats_=2, each=2)
    await scene.deliver()
    await scene.check(waiting=4)
    await lost.request.shutdown()
    scene.bot = found
    scene.restart()
    await scene.later(minutes=10)
    await scene.check()


async def test_a_refusal_nobody_has_seen_is_kept(scene: Scene) -> None:
    await scene.put(chats_=2, each=2)
    scene.telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: something new"), chat=FIRST)
    await scene.deliver()
    await scene.check(unknown=1)


async def test_the_token_is_revoked_while_running(scene: Scene) -> None:
    await scene.put(chats_=3, each=2)
    token, scene.telegram.token = scene.telegram.token, "999:another-one"
    await scene.deliver()
    asked = scene.telegram.refused_tokens
    await scene.later(minutes=4)
    assert scene.telegram.refused_tokens == asked, "everything stands still for a while"
    await scene.later(minutes=6)
    await scene.check(waiting=6)
    scene.telegram.token = token
    await scene.later(minutes=10)
    await scene.later(minutes=10)
    await scene.check()


async def test_a_transport_that_breaks_is_unknown_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_args: object) -> object:
        raise NetworkError("inside")

    await scene.put(chats_=1, each=1)
    monkeypatch.setattr(TelegramTransport, "send", breaks)
    await scene.deliver()
    await scene.check(unknown=1)
