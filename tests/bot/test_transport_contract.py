"""What every transport must do. A new one is added to `TRANSPORTS` and gets all of these tests."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.outcome import Accepted
from bot.transports.console import ConsoleTransport
from bot.transports.telegram import TelegramTransport, telegram_bot
from bot.transports.transport import Transport, chat_key, parse_chat_key
from config.settings import Secret
from handlers.reply import Block, Button, Reply, Span, plain
from tests.fake_telegram import FakeTelegram


@dataclass(frozen=True)
class Setup:
    """A transport with one open chat, and what a person sees there, message by message."""

    transport: Transport
    chat_id: str
    seen: Callable[[], Sequence[str]]


@asynccontextmanager
async def on_telegram() -> AsyncIterator[Setup]:
    async with FakeTelegram.running() as telegram:
        telegram.people.person(4711)
        async with telegram_bot(Secret(telegram.token), telegram.api_base) as bot:
            yield Setup(TelegramTransport(bot), "4711", lambda: [_shown(telegram, n) for n in _numbers(telegram)])


@asynccontextmanager
async def on_console() -> AsyncIterator[Setup]:
    written: list[str] = []
    yield Setup(ConsoleTransport(written.append), "local", lambda: written)


TRANSPORTS = {"telegram": on_telegram, "console": on_console}


@pytest.fixture(params=TRANSPORTS)
async def setup(request: pytest.FixtureRequest) -> AsyncIterator[Setup]:
    async with TRANSPORTS[request.param]() as made:
        yield made


LONG = Reply(
    tuple(Block((Span(f"Absatz {n}: ", "bold"), Span(f"Wort{n} " * 120))) for n in range(30)),
    ((Button("Ganzer Beschluss", "/beschluss 5.2"), Button("Weiter", "/neu 11")),),
)


async def send_all(setup: Setup, reply: Reply) -> None:
    for payload in setup.transport.compose(reply):
        assert isinstance(await setup.transport.send(setup.chat_id, payload), Accepted)


async def test_a_long_reply_arrives_whole_and_in_order(setup: Setup) -> None:
    await send_all(setup, LONG)
    seen = " ".join(setup.seen())
    assert [int(n) for n in re.findall(r"Absatz (\d+):", seen)] == list(range(30))
    assert [seen.count(f"Wort{n} ") + seen.count(f"Wort{n}\n") for n in range(30)] == [120] * 30


async def test_buttons_stand_under_the_last_part_only(setup: Setup) -> None:
    await send_all(setup, LONG)
    *before, last = setup.seen()
    assert before
    assert not any("Ganzer Beschluss" in text for text in before)
    assert last.index("Ganzer Beschluss") < last.index("Weiter")


async def test_payloads_are_frozen_json(setup: Setup) -> None:
    """The outbox keeps them: after a restart the very same words go out."""
    payloads = [json.loads(json.dumps(payload)) for payload in setup.transport.compose(LONG)]
    assert payloads == list(setup.transport.compose(LONG))
    assert isinstance(await setup.transport.send(setup.chat_id, payloads[0]), Accepted)


async def test_message_numbers_differ(setup: Setup) -> None:
    payload = setup.transport.compose(Reply((plain("Kurz"),)))[0]
    outcomes = [await setup.transport.send(setup.chat_id, payload) for _ in range(3)]
    assert len({outcome.message_id for outcome in outcomes if isinstance(outcome, Accepted)}) == 3


async def test_a_reply_without_text_is_an_error_before_anything_is_sent(setup: Setup) -> None:
    with pytest.raises(ValueError, match="without any text"):
        setup.transport.compose(Reply(()))
    assert list(setup.seen()) == []


async def test_its_name_makes_chat_keys(setup: Setup) -> None:
    assert parse_chat_key(chat_key(setup.transport.name, -42)) == (setup.transport.name, "-42")


@pytest.mark.parametrize("key", ["", "telegram", "telegram:", ":4711"])
def test_what_is_no_chat_key(key: str) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        parse_chat_key(key)


def _numbers(telegram: FakeTelegram) -> range:
    return range(len(telegram.messages(4711)))


def _shown(telegram: FakeTelegram, number: int) -> str:
    message = telegram.messages(4711)[number]
    return "\n".join([message.text, *message.labels()])
