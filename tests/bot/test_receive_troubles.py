"""What becomes of an answer that cannot go out as it should."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.limiter import Limiter, telegram_limits
from bot.receive import Receiver
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.services import Services
from storage import chats, outbox
from tests.bot.conftest import NOON, HandClock, said
from tests.bot.receiving import ANNA, GROUP, known
from tests.bot.receiving import running as running
from tests.fake_telegram import FakeTelegram, Fault, RefusedError


async def test_an_answer_follows_a_group_that_moved(
    telegram: FakeTelegram, services: Services, running: Receiver
) -> None:
    telegram.people.migrates(GROUP, -1005)
    await running.receive(said(GROUP, "/hilfe"))
    assert len(telegram.texts(-1005)) == 1


async def test_an_answer_waits_as_long_as_it_is_told(
    telegram: FakeTelegram, running: Receiver, clock: HandClock
) -> None:
    telegram.flood(ANNA, 3, 2)
    await running.receive(said(ANNA, "/hilfe"))
    assert len(telegram.texts(ANNA)) == 1
    assert clock.seconds() == 5


async def test_answers_keep_the_pace(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> None:
    telegram.enforce_rates(clock.seconds)
    telegram.people.person(ANNA)
    turnstile = Turnstile(Limiter({"telegram": telegram_limits()}), clock, clock.sleep)
    receiver = Receiver(services, TelegramTransport(bot), clock, turnstile, clock.sleep)
    for _ in range(3):
        await receiver.receive(said(ANNA, "/hilfe"))
    assert len(telegram.called("sendMessage")) == len(telegram.texts(ANNA)) == 3


async def test_an_answer_does_not_wait_for_ever(
    telegram: FakeTelegram, running: Receiver, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.flood(ANNA, 3600)
    await running.receive(said(ANNA, "/hilfe"))
    assert (telegram.texts(ANNA), clock.seconds()) == ([], 0)
    assert "answer.not_sent" in caplog.text


@pytest.mark.parametrize(("fault", "stands"), [(Fault.CUT_AFTER, 1), (Fault.ERROR_BEFORE, 0)])
async def test_an_answer_of_unknown_fate_is_not_repeated(
    telegram: FakeTelegram, running: Receiver, fault: Fault, stands: int
) -> None:
    telegram.misbehave("sendMessage", fault)
    await running.receive(said(ANNA, "/hilfe"))
    assert len(telegram.called("sendMessage")) == 1
    assert len(telegram.texts(ANNA)) == stands


async def test_an_answer_whose_formatting_is_refused_goes_out_without(
    telegram: FakeTelegram, running: Receiver
) -> None:
    telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: can't parse entities: no idea"))
    await running.receive(said(ANNA, "/hilfe"))
    assert [message.entities for message in telegram.messages(ANNA)] == [[]]


async def test_who_cannot_be_given_the_answer_is_told_so(
    telegram: FakeTelegram, services: Services, running: Receiver
) -> None:
    """As soon as the outbox goes out next."""
    telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: message is too long"))
    await running.receive(said(ANNA, "/hilfe"))
    async with services.database.read() as conn:
        waiting = await outbox.in_state(conn, "pending")
    assert [row.payload["text"] for row in waiting] == [services.texts("problem.failed")]


async def test_a_chat_that_refuses_is_not_taken_for_gone_at_once(
    telegram: FakeTelegram, services: Services, running: Receiver
) -> None:
    """It wrote just now; the answer waits, and what closes a chat is the delivery's to find out (`bot.weather`)."""
    await running.receive(said(ANNA, "/abo topic Sprachkurse"))
    telegram.people.blocks(ANNA)
    await running.receive(said(ANNA, "/hilfe"))
    chat = await known(services, f"telegram:{ANNA}")
    assert chat is not None
    assert chat.state == "active"
    async with services.database.read() as conn:
        assert len(await outbox.in_state(conn, "pending")) == 1


async def test_a_failure_of_our_own_is_said(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.people.person(ANNA)
    async with services.database.begin() as conn:
        await conn.exec_driver_sql("DROP TABLE subscriptions")
    failed: list[None] = []
    turnstile = Turnstile(Limiter({}), clock)
    receiver = Receiver(services, TelegramTransport(bot), clock, turnstile, failed=lambda: failed.append(None))
    await receiver.receive(said(ANNA, "/abos"))
    assert telegram.texts(ANNA) == [services.texts("problem.failed")]
    assert "answer.failed" in caplog.text
    assert len(failed) == 1, "it is counted"
    async with services.database.begin() as conn:
        await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
        await chats.configure(conn, f"telegram:{ANNA}", language="en")
    await receiver.receive(said(ANNA, "/abos"))
    assert telegram.texts(ANNA)[1:] == [services.languages.of("en")("problem.failed")]


async def test_a_store_that_does_not_answer_at_all_is_apologised_for_in_german(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    telegram.people.person(ANNA)
    async with services.database.begin() as conn:
        await conn.exec_driver_sql("DROP TABLE chats")
    receiver = Receiver(services, TelegramTransport(bot), clock, Turnstile(Limiter({}), clock))
    await receiver.receive(said(ANNA, "/hilfe"))
    assert telegram.texts(ANNA) == [services.texts("problem.failed")]
