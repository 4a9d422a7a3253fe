"""How the bot behaves: it answers everything in a private chat, shows that it works, and keeps its temper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.flood import Allowance, Flood
from bot.receive import Receiver
from handlers.services import Services
from storage import chats
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram, Fault

ANNA, GROUP, FORUM = 4711, -5, -6
LANGUAGES = ("de", "en")
FILE = {"file_id": "a", "file_unique_id": "b"}
PICTURE = {**FILE, "width": 1, "height": 1}
POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


@pytest.fixture
async def running(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[Receiver]:
    telegram.people.person(ANNA)
    telegram.people.group(GROUP)
    telegram.people.group(FORUM, threads=(7,))
    await store_resolutions(services, 2)
    async with answering(bot, services, clock, Flood(Allowance(burst=5, every=2.0, calm=3))) as receiver:
        yield receiver


async def speak(services: Services, language: str) -> None:
    async with services.database.begin() as conn:
        await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
        await chats.configure(conn, f"telegram:{ANNA}", language=language)


async def handled(telegram: FakeTelegram) -> None:
    await telegram.until(lambda: not telegram.world.updates.pending)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "content",
    [
        {"photo": [PICTURE]},
        {"sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {**FILE, "duration": 1}},
        {"video_note": {**FILE, "length": 1, "duration": 1}},
        {"document": FILE},
        {"location": {"longitude": 13.4, "latitude": 52.5}},
        {"contact": {"phone_number": "0", "first_name": "X"}},
        {"poll": POLL},
        {"dice": {"emoji": "🎲", "value": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_gets_an_answer_too(
    telegram: FakeTelegram, services: Services, content: dict[str, Any], language: str
) -> None:
    await speak(services, language)
    telegram.people.posts(ANNA, **content)
    await telegram.until(lambda: telegram.texts(ANNA))
    assert telegram.texts(ANNA) == [services.languages.of(language)("problem.empty")]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("text", ["/xyzzy", "/", "?", "…", "/admin", "/start@AnderBot", "x" * 300])
async def test_whatever_is_typed_gets_an_answer(telegram: FakeTelegram, text: str) -> None:
    telegram.people.says(ANNA, text)
    if "@" in text:  # said to another bot, which is not here
        await handled(telegram)
        assert telegram.texts(ANNA) == []
        return
    await telegram.until(lambda: telegram.texts(ANNA))


@pytest.mark.usefixtures("running")
async def test_a_correction_is_answered_as_it_reads_now(telegram: FakeTelegram) -> None:
    telegram.people.edits(ANNA, "/thema Sprachkurse")
    await telegram.until(lambda: telegram.texts(ANNA))
    assert "Sprachkurse, Teil 1" in telegram.texts(ANNA)[0]


@pytest.mark.usefixtures("running")
async def test_news_corrections_in_groups_and_our_own_cards_are_left_alone(telegram: FakeTelegram) -> None:
    telegram.people.posts(ANNA, pinned_message={"message_id": 1, "date": 0, "chat": {"id": ANNA, "type": "private"}})
    telegram.people.posts(
        ANNA,
        text="5.2 Sprachkurse",
        via_bot={"id": 999, "is_bot": True, "first_name": "B", "username": "BeschlussProbeBot"},
    )
    telegram.people.edits(GROUP, "/thema Sprachkurse")
    await handled(telegram)
    assert (telegram.texts(ANNA), telegram.texts(GROUP)) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_too_many_messages_get_one_friendly_word(
    telegram: FakeTelegram, services: Services, running: Receiver, clock: HandClock, language: str
) -> None:
    await speak(services, language)
    for _ in range(9):
        telegram.people.says(ANNA, "/xyzzy")
    await handled(telegram)
    word = services.languages.of(language)("problem.flood", seconds=6)
    assert telegram.texts(ANNA)[5:] == [word]
    await clock.sleep(6)
    telegram.people.says(ANNA, "/xyzzy")
    await telegram.until(lambda: len(telegram.texts(ANNA)) == 7)
    assert telegram.texts(ANNA)[-1] != word


@pytest.mark.usefixtures("running")
async def test_a_flood_in_one_chat_is_none_in_another(telegram: FakeTelegram) -> None:
    telegram.people.person(4712)
    for _ in range(9):
        telegram.people.says(ANNA, "/xyzzy")
    telegram.people.says(4712, "/hilfe")
    await telegram.until(lambda: telegram.texts(4712))
    await handled(telegram)
    assert len(telegram.texts(ANNA)) == 6


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(("chat", "thread"), [(ANNA, None), (FORUM, 7)])
async def test_who_waits_sees_that_it_works(
    telegram: FakeTelegram, services: Services, chat: int, thread: int | None
) -> None:
    """The store is busy with something else for a while."""
    telegram.people.administers(FORUM, 5001)
    async with services.database.begin():
        telegram.people.says(chat, "/abo topic Sprachkurse", thread=thread)
        await telegram.until(lambda: telegram.called("sendChatAction"))
        assert telegram.texts(chat) == []
    await telegram.until(lambda: telegram.texts(chat))
    (shown, *_) = telegram.called("sendChatAction")
    assert (shown["action"], shown.get("message_thread_id")) == ("typing", None if thread is None else str(thread))


@pytest.mark.usefixtures("running")
async def test_that_it_cannot_be_shown_spoils_nothing(telegram: FakeTelegram, services: Services) -> None:
    telegram.misbehave("sendChatAction", Fault.ERROR_BEFORE, times=9)
    async with services.database.begin():
        telegram.people.says(ANNA, "/abo topic Sprachkurse")
        await telegram.until(lambda: telegram.called("sendChatAction"))
    await telegram.until(lambda: telegram.texts(ANNA))
    assert "Sprachkurse" in telegram.texts(ANNA)[0]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_error_says_what_to_do(telegram: FakeTelegram, services: Services, language: str) -> None:
    await speak(services, language)
    async with services.database.begin() as conn:
        await conn.exec_driver_sql("DROP TABLE digest_entries")
        await conn.exec_driver_sql("DROP TABLE subscriptions")
    telegram.people.says(ANNA, "/abos")
    await telegram.until(lambda: telegram.texts(ANNA))
    assert telegram.texts(ANNA) == [services.languages.of(language)("problem.failed")]
