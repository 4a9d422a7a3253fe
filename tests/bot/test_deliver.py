"""The outbox through the real request stack to the fake Telegram: what goes out, what does not, and what is kept."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from telegram import Bot

from bot.deliver import LEASE, PAUSE, Delivery
from bot.delivery_loop import deliver_all
from bot.delivery_report import DeliveryReport
from bot.limiter import Limiter, telegram_limits
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_errors import NETWORK_PAUSE
from bot.turnstile import Turnstile
from handlers.services import Services
from storage import chats, outbox
from storage.outbox import Kind, OutboxMessage, State
from tests.bot.conftest import NOON, HandClock, store_resolutions
from tests.fake_telegram import FakeTelegram, Fault, RefusedError

ANNA, BERT = 4711, 4712
Deliver = Callable[[], Awaitable[DeliveryReport]]


@pytest.fixture
def deliver(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> Deliver:
    """One pass, with no limits on the pace."""
    telegram.people.person(ANNA)
    telegram.people.person(BERT)
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    return Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile, sleep=clock.sleep).one_pass


async def put(
    services: Services, chat: int | str, event: str, payload: Mapping[str, Any] | None = None, kind: Kind = "text"
) -> None:
    key = f"telegram:{chat}" if isinstance(chat, int) else chat
    ready = {"text": event, "entities": [], "buttons": []} if payload is None else payload
    async with services.database.begin() as conn:
        await chats.ensure(conn, key, "Europe/Berlin", NOON)
        await outbox.enqueue(conn, key, event, kind, ready, NOON)


async def counts(services: Services) -> dict[str, int]:
    async with services.database.read() as conn:
        return {state: count for state, count in (await outbox.counts(conn)).items() if count}


async def rows(services: Services, state: State) -> tuple[OutboxMessage, ...]:
    async with services.database.read() as conn:
        return await outbox.in_state(conn, state)


async def chat_state(services: Services, key: str) -> str | None:
    async with services.database.read() as conn:
        chat = await chats.get(conn, key)
    return chat.state if chat else None


async def test_what_is_due_goes_out_once(telegram: FakeTelegram, services: Services, deliver: Deliver) -> None:
    await put(services, ANNA, "eins")
    assert await deliver() == DeliveryReport(sent=1)
    assert await deliver() == DeliveryReport()
    assert telegram.texts(ANNA) == ["eins"]
    (row,) = await rows(services, "sent")
    assert row.message_id == str(telegram.messages(ANNA)[0].message_id)


@pytest.mark.parametrize("times", [1, 9])
async def test_formatting_that_is_refused_is_left_out_within_the_limits(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock, times: int
) -> None:
    """The second attempt is a request like any other; a third there is not."""
    telegram.people.person(ANNA)
    telegram.enforce_rates(clock.seconds)
    telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: can't parse entities: no idea"), times=times)
    turnstile = Turnstile(Limiter({"telegram": telegram_limits()}), clock, clock.sleep)
    delivery = Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile, sleep=clock.sleep)
    entities = [{"type": "bold", "offset": 0, "length": 4}]
    await put(services, ANNA, "eins", {"text": "eins", "entities": entities, "buttons": []})
    report = await deliver_all(delivery.one_pass, clock.sleep)
    assert (report.reformatted, report.sent, report.rejected) == ((1, 1, 0) if times == 1 else (1, 0, 1))
    assert [message.entities for message in telegram.messages(ANNA)] == ([[]] if times == 1 else [])
    assert len(telegram.called("sendMessage")) == 2


async def test_two_programs_at_once_send_nothing_twice(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    for number in range(10):
        await put(services, ANNA, f"{number}")
        await put(services, BERT, f"{number}")
    reports = await asyncio.gather(deliver_all(deliver), deliver_all(deliver), deliver_all(deliver))
    while await deliver() != DeliveryReport():
        pass
    assert sum(report.sent for report in reports) <= 20
    assert telegram.texts(ANNA) == telegram.texts(BERT) == [f"{number}" for number in range(10)]


async def test_a_chat_reads_its_messages_in_order(telegram: FakeTelegram, services: Services, deliver: Deliver) -> None:
    for number in range(5):
        await put(services, ANNA, f"{number}")
        await put(services, BERT, f"{number}")
    assert (await deliver_all(deliver)).sent == 10
    assert telegram.texts(ANNA) == telegram.texts(BERT) == ["0", "1", "2", "3", "4"]


async def test_a_notice_is_composed_and_frozen(telegram: FakeTelegram, services: Services, deliver: Deliver) -> None:
    (known,) = await store_resolutions(services, 1)
    notice = {"resolution": known, "revision": 1, "subscriptions": ["Sprachkurse"], "change": "new"}
    await put(services, ANNA, "resolution:1", notice, "notice")
    assert (await deliver()).sent == 1
    (message,), (row,) = telegram.messages(ANNA), await rows(services, "sent")
    assert "Sprachkurse, Teil 1" in message.text
    assert message.labels(), "a notice offers what to do next"
    assert (row.kind, row.payload["text"]) == ("text", message.text)


async def test_a_long_digest_goes_out_in_numbered_parts(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    known = await store_resolutions(services, 100)
    entries = [{"resolution": each, "revision": 1, "subscriptions": ["Sprachkurse"]} for each in known]
    await put(services, ANNA, "digest:2026-10-01", {"entries": entries, "date": "2026-10-01"}, "digest")
    report = await deliver_all(deliver)
    texts = telegram.texts(ANNA)
    assert report.sent == len(texts) > 1
    assert [text.rsplit("\n", 1)[1] for text in texts] == [f"({n}/{len(texts)})" for n in range(1, len(texts) + 1)]


async def test_one_chats_trouble_is_not_the_others(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    await put(services, ANNA, "kaputt", {"no": "notice"}, "notice")
    await put(services, "telegram:not-a-number", "auch kaputt")
    await put(services, "ohne-doppelpunkt", "noch einer")
    await put(services, BERT, "heil")
    assert await deliver() == DeliveryReport(sent=1, postponed=1, rejected=1, failed=1)
    assert telegram.texts(BERT) == ["heil"]


async def test_what_cannot_be_composed_is_given_up_after_a_day(
    telegram: FakeTelegram, services: Services, deliver: Deliver, clock: HandClock
) -> None:
    await put(services, ANNA, "kaputt", {"no": "notice"}, "notice")
    assert await deliver() == DeliveryReport(postponed=1)
    await clock.sleep(PAUSE.total_seconds() * 200)
    assert await deliver() == DeliveryReport(rejected=1)
    assert telegram.called("sendMessage") == []


async def test_a_message_for_another_transport_waits(services: Services, deliver: Deliver, clock: HandClock) -> None:
    await put(services, "console:local", "für die Konsole")
    await clock.sleep(3 * 86400)
    assert await deliver() == DeliveryReport(postponed=1)
    assert await counts(services) == {"pending": 1}


@pytest.mark.parametrize(
    ("fault", "state", "stands"),
    [
        (Fault.ERROR_AFTER, "unknown", 1),
        (Fault.ERROR_BEFORE, "unknown", 0),
        (Fault.CUT_AFTER, "unknown", 1),
        (Fault.CUT_BEFORE, "unknown", 0),
        (Fault.BROKEN_JSON, "unknown", 1),
    ],
)
async def test_an_unknown_message_is_never_repeated(
    telegram: FakeTelegram,
    services: Services,
    deliver: Deliver,
    clock: HandClock,
    fault: Fault,
    state: str,
    stands: int,
) -> None:
    telegram.misbehave("sendMessage", fault)
    await put(services, ANNA, "eins")
    assert await deliver() == DeliveryReport(unknown=1)
    await clock.sleep(86400)
    assert await deliver() == DeliveryReport()
    assert await counts(services) == {state: 1}
    assert len(telegram.called("sendMessage")) == 1
    assert len(telegram.texts(ANNA)) == stands


async def test_429_holds_back_one_chat_as_long_as_it_says(
    telegram: FakeTelegram, services: Services, deliver: Deliver, clock: HandClock
) -> None:
    telegram.flood(ANNA, 7)
    for event in ("eins", "zwei"):
        await put(services, ANNA, event)
        await put(services, BERT, event)
    assert await deliver_all(deliver) == DeliveryReport(sent=2, postponed=1)
    assert (telegram.texts(ANNA), telegram.texts(BERT)) == ([], ["eins", "zwei"])
    await clock.sleep(6.9)
    assert await deliver() == DeliveryReport()
    await clock.sleep(0.1)
    await deliver_all(deliver)
    assert telegram.texts(ANNA) == ["eins", "zwei"]


async def test_a_blocked_chat_is_paused_when_others_are_served(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    telegram.people.blocks(ANNA)
    await put(services, ANNA, "eins")
    await put(services, ANNA, "zwei")
    assert await deliver_all(deliver) == DeliveryReport(set_aside=1)
    assert await chat_state(services, f"telegram:{ANNA}") == "active", "it may be everybody who is refused"
    await put(services, BERT, "drei")
    assert await deliver_all(deliver) == DeliveryReport(sent=1, closed=1)
    assert await chat_state(services, f"telegram:{ANNA}") == "paused"
    assert await counts(services) == {"pending": 2, "sent": 1}, "nothing is lost; it waits until the chat is open again"


async def test_a_refused_message_does_not_hold_up_its_chat(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    telegram.misbehave("sendMessage", RefusedError(400, "Bad Request: message is too long"))
    await put(services, ANNA, "eins")
    await put(services, ANNA, "zwei")
    assert await deliver_all(deliver) == DeliveryReport(sent=1, rejected=1)
    assert await chat_state(services, f"telegram:{ANNA}") == "active"


async def test_a_group_that_moved_gets_its_message_in_the_new_place(
    telegram: FakeTelegram, services: Services, deliver: Deliver
) -> None:
    telegram.people.group(-5)
    await put(services, -5, "eins")
    telegram.people.migrates(-5, -1005)
    assert await deliver_all(deliver) == DeliveryReport(sent=1, moved=1)
    assert telegram.texts(-1005) == ["eins"]
    assert await chat_state(services, "telegram:-1005") == "active"
    assert await chat_state(services, "telegram:-5") is None


async def test_an_outage_loses_nothing(
    telegram: FakeTelegram, services: Services, deliver: Deliver, clock: HandClock
) -> None:
    await put(services, ANNA, "eins")
    await put(services, ANNA, "zwei")
    await telegram.stop()
    assert await deliver() == DeliveryReport(postponed=1)
    await telegram.start()
    await clock.sleep(NETWORK_PAUSE)
    assert (await deliver_all(deliver)).sent == 2
    assert telegram.texts(ANNA) == ["eins", "zwei"]


async def test_after_a_crash_while_sending_nobody_gets_it_twice(
    telegram: FakeTelegram, services: Services, deliver: Deliver, clock: HandClock
) -> None:
    await put(services, ANNA, "eins")
    async with services.database.begin() as conn:
        (message,) = await outbox.claim(conn, clock.now(), LEASE, 1)
        assert await outbox.begin_sending(conn, message, clock.now())
    assert await deliver() == DeliveryReport(), "it may be under way elsewhere"
    await clock.sleep(LEASE.total_seconds())
    assert await deliver() == DeliveryReport()
    assert (await counts(services), telegram.texts(ANNA)) == ({"unknown": 1}, [])


async def test_after_a_crash_before_sending_it_goes_out(
    telegram: FakeTelegram, services: Services, deliver: Deliver, clock: HandClock
) -> None:
    await put(services, ANNA, "eins")
    async with services.database.begin() as conn:
        await outbox.claim(conn, clock.now(), LEASE, 1)
    assert await deliver() == DeliveryReport()
    await clock.sleep(LEASE.total_seconds())
    assert await deliver() == DeliveryReport(sent=1)


async def test_the_pace_keeps_to_telegrams_limits(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    """With the fake counting as Telegram does, not one message is told to wait."""
    telegram.enforce_rates(clock.seconds)
    telegram.people.person(ANNA)
    telegram.people.group(-5)
    for number in range(4):
        await put(services, ANNA, f"{number}")
    for number in range(25):
        await put(services, -5, f"{number}")
    turnstile = Turnstile(Limiter({"telegram": telegram_limits()}), clock, clock.sleep)
    delivery = Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile)
    report = await deliver_all(delivery.one_pass, clock.sleep)
    assert report == DeliveryReport(sent=29)
    assert telegram.texts(ANNA) == ["0", "1", "2", "3"]
    assert telegram.texts(-5) == [f"{number}" for number in range(25)]
    assert clock.now() - NOON >= dt.timedelta(seconds=60)
