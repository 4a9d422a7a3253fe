"""One attempt to send through python-telegram-bot's own request stack: which outcome, and what stands in the chat."""

from __future__ import annotations

import logging
import traceback

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.outcome import Accepted, Rejected, Unknown
from bot.payload import Payload
from bot.transports.aiohttp_request import AiohttpRequest
from bot.transports.telegram import TelegramTransport, telegram_bot
from bot.transports.telegram_errors import NETWORK_PAUSE, TOKEN_PAUSE
from config.settings import Secret
from handlers.reply import Block, Button, Reply, Span, plain
from tests.fake_telegram import FakeTelegram, Fault, RefusedError

CHAT = 4711
HELLO: Payload = {"text": "Guten Tag", "entities": [], "buttons": []}


@pytest.fixture
def transport(telegram: FakeTelegram, bot: Bot) -> TelegramTransport:
    telegram.people.person(CHAT)
    return TelegramTransport(bot)


async def test_an_accepted_message_stands_in_the_chat(telegram: FakeTelegram, transport: TelegramTransport) -> None:
    blocks = (plain("Beschluss 😀", "heading"), Block((Span("zur "), Span("Quelle", "link", "https://a.example"))))
    (payload,) = transport.compose(Reply(blocks, ((Button("Ganzer Beschluss", "/beschluss 5.2"),),)))
    outcome = await transport.send(str(CHAT), payload)
    (message,) = telegram.messages(CHAT)
    assert outcome == Accepted(str(message.message_id))
    assert (message.text, message.labels()) == ("Beschluss 😀\nzur Quelle", ["Ganzer Beschluss"])
    assert (message.marked("bold"), message.marked("text_link")) == (["Beschluss 😀"], ["Quelle"])


@pytest.mark.parametrize(
    ("fault", "stands", "why"),
    [
        (Fault.ERROR_BEFORE, 0, "a 500 does not say whether it was carried out"),
        (Fault.ERROR_AFTER, 1, "a 500 does not say whether it was carried out"),
        (Fault.PROXY_PAGE, 0, "a proxy speaks for itself, not for Telegram"),
        (Fault.CUT_BEFORE, 0, "the body went out, nobody answered"),
        (Fault.CUT_AFTER, 1, "the body went out, nobody answered"),
        (Fault.BROKEN_JSON, 1, "half an answer is no answer"),
        (Fault.ODD_RESULT, 1, "“ok” without a message number"),
        (Fault.NOT_HTTP, 1, "an answer that is not HTTP"),
    ],
)
async def test_doubt_is_unknown(
    telegram: FakeTelegram, transport: TelegramTransport, fault: Fault, stands: int, why: str
) -> None:
    telegram.misbehave("sendMessage", fault)
    assert isinstance(await transport.send(str(CHAT), HELLO), Unknown), why
    assert len(telegram.texts(CHAT)) == stands
    assert len(telegram.called("sendMessage")) == 1, "an unknown outcome is never repeated"


async def test_silence_after_the_body_is_unknown(telegram: FakeTelegram) -> None:
    telegram.people.person(CHAT)
    request = AiohttpRequest(Secret(telegram.token), read_timeout=0.2, connect_timeout=0.1)
    async with Bot("TOKEN", base_url=f"{telegram.api_base}/bot", request=request, get_updates_request=request) as bot:
        telegram.misbehave("sendMessage", Fault.SILENCE_AFTER)
        outcome = await TelegramTransport(bot).send(str(CHAT), HELLO)
    assert isinstance(outcome, Unknown)
    assert "TimedOut" in outcome.reason
    assert len(telegram.texts(CHAT)) == 1


async def test_a_refused_connection_is_rejected_and_may_be_tried_again(
    telegram: FakeTelegram, transport: TelegramTransport
) -> None:
    await telegram.stop()
    for _ in range(2):  # the first meets a kept connection that has just been closed, the second has to connect
        outcome = await transport.send(str(CHAT), HELLO)
        assert isinstance(outcome, Rejected)
        assert (outcome.retry_after, outcome.gone) == (NETWORK_PAUSE, False)
    await telegram.start()
    assert isinstance(await transport.send(str(CHAT), HELLO), Accepted)


def refused(code: int, description: str, **parameters: int) -> RefusedError:
    return RefusedError(code, description, parameters)


@pytest.mark.parametrize(
    ("refusal", "outcome", "why"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), {"gone": True}, "blocked"),
        (refused(403, "Forbidden: user is deactivated"), {"gone": True}, "the account is gone"),
        (refused(403, "Forbidden: bot was kicked from the supergroup chat"), {"gone": True}, "thrown out"),
        (refused(400, "Bad Request: chat not found"), {"gone": True}, "no such chat"),
        (refused(403, "Forbidden: not enough rights"), {"gone": True}, "closed until somebody gives the rights"),
        (
            refused(400, "Bad Request: message thread not found"),
            {"gone": True, "topic_only": True},
            "one topic of a forum",
        ),
        (refused(400, "Bad Request: TOPIC_CLOSED"), {"gone": True, "topic_only": True}, "the same in other words"),
        (refused(400, "Bad Request: message is too long"), {"gone": False}, "the message's own fault"),
        (refused(429, "Too Many Requests: retry after 7", retry_after=7), {"retry_after": 7.0}, "as long as it says"),
        (refused(429, "Too Many Requests"), {"retry_after": 5.0}, "429 without a figure"),
        (refused(400, "Bad Request: group upgraded", migrate_to_chat_id=-100), {"moved_to": "-100"}, "new number"),
        (refused(401, "Unauthorized"), {"retry_after": TOKEN_PAUSE}, "a bad token is not the message's fault"),
    ],
)
async def test_refusals(
    telegram: FakeTelegram, transport: TelegramTransport, refusal: RefusedError, outcome: dict[str, object], why: str
) -> None:
    telegram.misbehave("sendMessage", refusal)
    rejected = await transport.send(str(CHAT), HELLO)
    assert isinstance(rejected, Rejected), why
    expected: dict[str, object] = {"retry_after": None, "gone": False, "moved_to": None, "topic_only": False, **outcome}
    assert {name: getattr(rejected, name) for name in expected} == expected, why


@pytest.mark.parametrize("code", [400, 403])
async def test_what_nobody_has_seen_before_is_kept_and_reported(
    telegram: FakeTelegram, transport: TelegramTransport, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.misbehave("sendMessage", refused(code, "Bad Request: the moon is in the wrong place"))
    outcome = await transport.send(str(CHAT), HELLO)
    assert isinstance(outcome, Unknown)
    assert "moon" in outcome.reason
    assert "telegram.error_unseen" in caplog.text


@pytest.mark.parametrize(("silent", "flag"), [(True, "True"), (False, None)])
async def test_a_silent_message_makes_no_noise(
    telegram: FakeTelegram, transport: TelegramTransport, silent: bool, flag: str | None
) -> None:
    assert isinstance(await transport.send(str(CHAT), {**HELLO, "silent": silent}), Accepted)
    (call,) = telegram.called("sendMessage")
    assert str(call.get("disable_notification", "")).lower() == str(flag or "").lower()


@pytest.mark.parametrize("entities", [[{"type": "bold", "offset": 0, "length": 5}], []], ids=["formatted", "plain"])
async def test_only_what_has_formatting_may_go_without_it(
    telegram: FakeTelegram, transport: TelegramTransport, entities: list[dict[str, object]]
) -> None:
    telegram.misbehave("sendMessage", refused(400, "Bad Request: can't parse entities: no idea"))
    outcome = await transport.send(str(CHAT), {**HELLO, "entities": entities})
    assert isinstance(outcome, Rejected)
    assert outcome.other == ({**HELLO, "entities": []} if entities else None)
    assert len(telegram.called("sendMessage")) == 1, "one attempt"


async def test_an_answer_in_a_forum_topic_stays_there(telegram: FakeTelegram, transport: TelegramTransport) -> None:
    telegram.people.group(-100, threads=(7,))
    assert isinstance(await transport.send("-100/7", HELLO), Accepted)
    assert telegram.messages(-100)[0].thread == 7


@pytest.mark.parametrize("fault", [Fault.NOT_HTTP, Fault.CUT_AFTER, Fault.BROKEN_JSON, Fault.ERROR_AFTER, None])
async def test_the_token_shows_nowhere(
    telegram: FakeTelegram, bot: Bot, fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in a log line of any level nor in the traceback of what was raised."""
    caplog.set_level(logging.DEBUG)
    if fault is None:
        await telegram.stop()
    else:
        telegram.people.person(CHAT)
        telegram.misbehave("sendMessage", fault)
    for _ in range(2):  # the first meets a kept connection, the second may have to connect
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(CHAT if fault else 1, "Guten Tag")
        assert telegram.token not in "".join(traceback.format_exception(caught.value))
        telegram.misbehave("sendMessage", fault or Fault.CUT_BEFORE)
    assert telegram.token not in caplog.text


async def test_a_refused_token_does_not_show_either(telegram: FakeTelegram) -> None:
    bot = telegram_bot(Secret("1:wrong"), telegram.api_base)
    with pytest.raises(Exception, match="rejected by the server") as caught:
        await bot.initialize()
    await bot.shutdown()
    assert "1:wrong" not in str(caught.value) + repr(bot)
