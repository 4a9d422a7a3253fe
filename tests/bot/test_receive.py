"""From a person's message to the answer in the chat: poller, inbox, handlers and transport together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.receive import Receiver, Turns
from handlers.services import Services
from storage import chats, outbox
from storage.intake import Arrival, take_in
from tests.bot.conftest import NOON, HandClock, answering, said
from tests.bot.receiving import ANNA, BERT, CARL, GROUP, known
from tests.bot.receiving import running as running
from tests.fake_telegram import FakeTelegram
from tests.storage.samples import reading, resolution


async def all_confirmed(telegram: FakeTelegram) -> None:
    await telegram.until(lambda: not telegram.world.updates.pending)


@pytest.mark.usefixtures("running")
async def test_a_person_with_an_english_client_is_answered_in_english_and_offered_german_with_one_tap(
    telegram: FakeTelegram,
) -> None:
    telegram.people.person(CARL, language="en-GB")
    telegram.people.says(CARL, "/start")
    await telegram.until(lambda: telegram.texts(CARL))
    assert "Hello!" in telegram.texts(CARL)[0]
    telegram.people.says(CARL, "/topic Sprachkurse")
    await telegram.until(lambda: len(telegram.texts(CARL)) == 2)
    assert telegram.texts(CARL)[1].startswith("“Sprachkurse”: 3 results")
    telegram.people.presses(CARL, "Auf Deutsch, bitte")
    await telegram.until(lambda: "Guten Tag" in telegram.texts(CARL)[0])


@pytest.mark.usefixtures("running")
async def test_a_question_is_answered(telegram: FakeTelegram) -> None:
    telegram.people.says(ANNA, "/topic Sprachkurse")
    await telegram.until(lambda: telegram.texts(ANNA))
    assert "Sprachkurse, Teil 1" in " ".join(telegram.texts(ANNA))


async def test_answers_come_in_the_order_of_the_questions(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    """All arrive at once, and the first answer of one chat has to be tried again."""
    words = ["eins", "zwei", "drei", "vier"]
    for chat in (ANNA, BERT):
        telegram.people.person(chat)
        for word in words:
            telegram.people.says(chat, f"/{word}")
    telegram.flood(ANNA, 1, 1)
    async with answering(bot, services, clock):
        await telegram.until(lambda: len(telegram.texts(ANNA)) == len(telegram.texts(BERT)) == 4)
    for chat in (ANNA, BERT):
        assert [word for word, text in zip(words, telegram.texts(chat), strict=True) if f"/{word}" in text] == words


@pytest.mark.usefixtures("running")
async def test_a_tap_is_acknowledged_and_answered(telegram: FakeTelegram) -> None:
    telegram.people.says(ANNA, "/topic Sprachkurse")
    await telegram.until(lambda: telegram.texts(ANNA))
    label = telegram.messages(ANNA)[-1].labels()[0]
    before = len(telegram.texts(ANNA))
    query = telegram.people.presses(ANNA, label)
    await telegram.until(lambda: len(telegram.texts(ANNA)) > before)
    await telegram.until(lambda: telegram.world.answered_queries == [query])


async def test_a_tap_keeps_its_place_before_what_was_typed_after_it(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    telegram.people.person(ANNA)
    button = InlineKeyboardButton("Knopf", callback_data="/eins")
    await bot.send_message(ANNA, "Bitte wählen", reply_markup=InlineKeyboardMarkup([[button]]))
    telegram.people.presses(ANNA, "Knopf")
    telegram.people.says(ANNA, "/zwei")
    async with answering(bot, services, clock):
        await telegram.until(lambda: len(telegram.texts(ANNA)) == 3)
    assert ["/eins" in telegram.texts(ANNA)[1], "/zwei" in telegram.texts(ANNA)[2]] == [True, True]


@pytest.mark.usefixtures("running")
async def test_an_answer_in_a_forum_stays_in_its_topic(telegram: FakeTelegram) -> None:
    telegram.people.group(-6, threads=(7,))
    telegram.people.says(-6, "/hilfe", thread=7)
    await telegram.until(lambda: telegram.texts(-6))
    assert telegram.messages(-6)[0].thread == 7


@pytest.mark.usefixtures("running")
async def test_a_tap_that_is_too_old_to_acknowledge_is_still_answered(telegram: FakeTelegram) -> None:
    telegram.people.says(ANNA, "/topic Sprachkurse")
    await telegram.until(lambda: telegram.texts(ANNA))
    telegram.people.presses(ANNA, telegram.messages(ANNA)[-1].labels()[0])
    telegram.world.open_queries.clear()
    await telegram.until(lambda: len(telegram.texts(ANNA)) > 1)
    await all_confirmed(telegram)
    assert telegram.world.answered_queries == []


@pytest.mark.usefixtures("running")
async def test_a_group_hears_only_what_it_asked_for(telegram: FakeTelegram) -> None:
    telegram.people.says(GROUP, "Guten Morgen")
    telegram.people.says(GROUP, "/topic@AnderBot Sprachkurse")
    telegram.people.says(GROUP, "/topic@BeschlussProbeBot Sprachkurse")
    await telegram.until(lambda: telegram.texts(GROUP))
    await all_confirmed(telegram)
    assert len(telegram.texts(GROUP)) == len(telegram.called("sendMessage")) == 1


async def test_a_long_answer_arrives_in_parts_and_whole(
    telegram: FakeTelegram, services: Services, running: Receiver
) -> None:
    sentences = [f"Die Konferenz hält zum Punkt {number} fest, was zu halten ist." for number in range(1, 201)]
    async with services.database.begin() as conn:
        document = reading(resolution("9.9", "Ein langer Beschluss", " ".join(sentences)))
        arrival = Arrival(document, None, "https://bspmk.example/lang.pdf", NOON, silent=True)
        await take_in(conn, arrival, services.analyser, services.topics)
    await running.receive(replace(said(ANNA, "/beschluss 9.9"), whole=True))
    texts = telegram.texts(ANNA)
    assert [text.rsplit("\n", 1)[-1] for text in texts] == [f"({n}/{len(texts)})" for n in range(1, len(texts) + 1)]
    found = re.findall(r"zum Punkt (\d+) fest", " ".join(texts))
    assert [int(number) for number in found] == list(range(1, 201))


@pytest.mark.usefixtures("running")
async def test_blocking_pauses_and_unblocking_resumes(telegram: FakeTelegram, services: Services) -> None:
    telegram.people.says(ANNA, "/abo topic Sprachkurse")
    await telegram.until(lambda: telegram.texts(ANNA))
    telegram.people.blocks(ANNA)
    await all_confirmed(telegram)
    chat = await known(services, f"telegram:{ANNA}")
    assert chat is not None
    assert chat.state == "paused"
    telegram.people.unblocks(ANNA)
    await all_confirmed(telegram)
    chat = await known(services, f"telegram:{ANNA}")
    assert chat is not None
    assert chat.state == "active"


@pytest.mark.usefixtures("running")
async def test_who_writes_is_not_paused(telegram: FakeTelegram, services: Services) -> None:
    """The news that the bot was unblocked may have been lost while it was down."""
    async with services.database.begin() as conn:
        await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
        await chats.pause(conn, f"telegram:{ANNA}")
    telegram.people.says(ANNA, "/hilfe")
    await telegram.until(lambda: telegram.texts(ANNA))
    chat = await known(services, f"telegram:{ANNA}")
    assert chat is not None
    assert chat.state == "active"


@pytest.mark.usefixtures("running")
async def test_a_group_takes_its_subscriptions_along(telegram: FakeTelegram, services: Services) -> None:
    telegram.people.says(GROUP, "/abo topic Sprachkurse")
    await telegram.until(lambda: telegram.texts(GROUP))
    telegram.people.migrates(GROUP, -1005)
    await all_confirmed(telegram)
    assert await known(services, f"telegram:{GROUP}") is None
    telegram.people.says(-1005, "/abos")
    await telegram.until(lambda: telegram.texts(-1005))
    assert "Sprachkurse" in telegram.texts(-1005)[0]


async def test_answers_do_not_use_the_outbox(telegram: FakeTelegram, services: Services, running: Receiver) -> None:
    await running.receive(said(ANNA, "/topic Sprachkurse"))
    async with services.database.read() as conn:
        assert sum((await outbox.counts(conn)).values()) == 0


async def test_turns_are_forgotten_when_nobody_waits() -> None:
    turns = Turns()
    async with turns.of("a"), turns.of("b"):
        assert len(turns._locks) == 2
    assert len(turns._locks) == 0
