"""What is kept about a person: told, handed over, erased; and what the log says of people, which is nothing."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from telegram import Bot

from bot.deliver import Delivery
from bot.delivery_loop import deliver_all
from bot.limiter import Limiter
from bot.log import set_up_logging
from bot.pseudonyms import Pseudonyms
from bot.receive import Receiver
from bot.retention import tidy
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.access import Access
from handlers.services import Services
from storage import outbox, tables
from storage.retention import rules
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram, Fault
from tests.fake_telegram.answers import RefusedError

ANNA, BERT, GROUP, MOVED, CHANNEL = 4711001, 4711002, -4711005, -1004711005, -1004711007
LANGUAGES = ("de", "en")


@pytest.fixture
async def running(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Receiver]:
    for person in (ANNA, BERT):
        telegram.people.person(person)
    await store_resolutions(services, 2)
    async with answering(bot, services, clock) as receiver:
        yield receiver


async def asked(telegram: FakeTelegram, chat: int, text: str) -> str:
    before = len(telegram.texts(chat))
    telegram.people.says(chat, text)
    await telegram.until(lambda: len(telegram.texts(chat)) > before)
    return telegram.texts(chat)[-1]


async def pressed(telegram: FakeTelegram, chat: int, label: str) -> str:
    before = len(telegram.texts(chat))
    telegram.people.presses(chat, label)
    await telegram.until(lambda: len(telegram.texts(chat)) > before)
    return telegram.texts(chat)[-1]


async def standing(services: Services, *ids: int) -> set[str]:
    """The tables in which one of these chats still stands, anywhere in a row."""
    found = set()
    async with services.database.read() as conn:
        for table in tables.metadata.sorted_tables:
            rows = (await conn.execute(sa.select(table))).all()
            if any(str(abs(id)) in str(row) for row in rows for id in ids):
                found.add(table.name)
    return found


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_told_handed_over_and_erased(telegram: FakeTelegram, services: Services, language: str) -> None:
    texts = services.languages.of(language)
    await asked(telegram, ANNA, f"/sprache {language}")
    await asked(telegram, ANNA, "/abo topic Sprachkurse")
    await asked(telegram, ANNA, "/digest 07:30")
    said = await asked(telegram, ANNA, "/datenschutz")
    for rule in rules(services.keeping):
        days = texts("count.day.one") if rule.days == 1 else texts("count.day.many", number=rule.days)
        assert texts(f"privacy.kept.{rule.name}", days=days) in said
    telegram.people.presses(ANNA, texts("button.my_data"))
    await telegram.until(lambda: telegram.messages(ANNA)[-1].file)
    file = telegram.messages(ANNA)[-1].file
    assert file is not None
    data = json.loads(file.data)
    assert data["chats"][0]["key"] == f"telegram:{ANNA}"
    assert data["chats"][0]["language"] == language
    assert [row["label"] for row in data["subscriptions"]] == ["Sprachkurse"]
    assert await asked(telegram, ANNA, "/loeschen") == texts("forget.sure", kept=texts("count.subscription.one"))
    assert await standing(services, ANNA), "not before it is confirmed"
    await pressed(telegram, ANNA, texts("button.forget"))
    assert await standing(services, ANNA) == set()
    assert "/start" in telegram.texts(ANNA)[-1]


@pytest.mark.usefixtures("running")
async def test_messages_on_their_way_are_erased_too(telegram: FakeTelegram, services: Services) -> None:
    await asked(telegram, ANNA, "/abo topic Sprachkurse")
    async with services.database.begin() as conn:
        await outbox.enqueue(conn, f"telegram:{ANNA}", "resolution:1", "text", {"text": "x"}, NOON)
    await asked(telegram, ANNA, "/stopp")
    await pressed(telegram, ANNA, services.texts("button.forget"))
    assert await standing(services, ANNA) == set()


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("line", ["/meine_daten", "/stopp", "/stopp ja"])
async def test_of_whom_nothing_is_kept_is_told_so(telegram: FakeTelegram, services: Services, line: str) -> None:
    assert await asked(telegram, ANNA, line) == services.texts("forget.nothing")


@pytest.mark.usefixtures("running")
async def test_a_groups_data_are_its_administrators(telegram: FakeTelegram, services: Services) -> None:
    telegram.people.group(GROUP)
    assert await asked(telegram, GROUP, "/meine_daten") == services.texts("rights.group")
    assert await asked(telegram, GROUP, "/datenschutz") != services.texts("rights.group")


@pytest.mark.usefixtures("running")
async def test_a_day_later_what_was_kept_long_enough_is_gone(
    telegram: FakeTelegram, services: Services, clock: HandClock
) -> None:
    await asked(telegram, ANNA, "/abo topic Sprachkurse")
    await asked(telegram, BERT, "/abo topic Sprachkurse")
    telegram.people.blocks(ANNA)
    await telegram.until(lambda: not telegram.world.updates.pending)
    days = rules(services.keeping)
    await tidy(services.database, days, clock.now())
    assert "subscriptions" in await standing(services, ANNA)
    await clock.sleep(24 * 3600 * 181)
    erased = await tidy(services.database, days, clock.now())
    assert (erased["closed"], await standing(services, ANNA)) == (1, set())
    assert "subscriptions" in await standing(services, BERT)


@contextmanager
def logged(style: str) -> Iterator[io.StringIO]:
    """What the running program would write, with the key of the fake's token."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging(stream, style, (), logging.INFO, Pseudonyms(b"key"))
    try:
        yield stream
    finally:
        root.handlers[:] = before
        root.setLevel(level)


@pytest.mark.parametrize("style", ["text", "json"])
async def test_the_log_of_a_whole_story_names_nobody(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock, style: str
) -> None:
    """Subscribing, floods, cut connections, closed chats, a group that moves, a message and a store that are broken."""
    people = telegram.people
    for person in (ANNA, BERT):
        people.person(person)
    people.group(GROUP)
    people.administers(GROUP, ANNA)
    people.channel(CHANNEL)
    await store_resolutions(services, 2)
    admin = replace(services, access=Access("invite", frozenset({f"telegram:{ANNA}"}), frozenset()))
    with logged(style) as stream:
        async with answering(bot, admin, clock):
            telegram.misbehave("sendMessage", RefusedError(400, f"Bad Request: odd, chat id: {ANNA}"), chat=ANNA)
            people.says(ANNA, "/hilfe")
            await telegram.until(lambda: telegram.called("sendMessage"))
            await asked(telegram, ANNA, "/abo topic Sprachkurse")
            await asked(telegram, ANNA, f"/admin zulassen {BERT}")
            await asked(telegram, ANNA, f"/admin zulassen {GROUP}")
            telegram.misbehave("sendMessage", Fault.CUT_AFTER, chat=BERT)
            await asked(telegram, BERT, "/abo topic Sprachkurse")
            telegram.flood(BERT, 3600)
            people.says(BERT, "/hilfe")
            people.says(CHANNEL, "/hilfe")
            people.says(GROUP, "/abo topic Sprachkurse", by=ANNA)
            await telegram.until(lambda: telegram.texts(GROUP) and telegram.called("leaveChat"))
            people.migrates(GROUP, MOVED)
            await asked(telegram, ANNA, f"/admin sperren {BERT}")
            people.blocks(BERT)
            await telegram.until(lambda: not telegram.world.updates.pending)
            async with services.database.begin() as conn:
                for chat in (ANNA, BERT, GROUP, CHANNEL):
                    await outbox.enqueue(conn, f"telegram:{chat}", "x:1", "text", {"text": "x"}, clock.now())
                    await outbox.enqueue(conn, f"telegram:{chat}", "x:2", "notice", {"broken": True}, clock.now())
            await deliver(bot, services, clock)
            async with services.database.begin() as conn:
                await conn.exec_driver_sql("DROP TABLE subscriptions")
            people.says(ANNA, "/abos")
            await telegram.until(lambda: telegram.texts(ANNA)[-1] == services.texts("problem.failed"))
    log = stream.getvalue()
    assert log.count("\n") > 5, "there is something to look at"
    assert "Traceback" in log
    for id in (ANNA, BERT, GROUP, MOVED, CHANNEL):
        assert str(abs(id)) not in log
    assert "Sprachkurse" not in log, "nor what people asked for"


async def deliver(bot: Bot, services: Services, clock: HandClock) -> None:
    turnstile = Turnstile(Limiter({}), clock, clock.sleep)
    delivery = Delivery(services, {"telegram": TelegramTransport(bot)}, clock, turnstile, sleep=clock.sleep)
    await deliver_all(delivery.one_pass, clock.sleep)
