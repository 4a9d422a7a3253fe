"""Searches from within other chats: what a person types, sees above the message field, chooses, and gets sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.inline import InlineAnswer, InlineDesk, InlineQuery, first_of
from handlers.access import Access
from handlers.reply import Incoming
from handlers.services import Services
from storage import chats
from tests.bot.conftest import NOON, HandClock, answering, store_resolutions
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.inline import InlineAnswer as Seen

ANNA, BERT = 4711, 4712


@pytest.fixture
async def asking(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> AsyncIterator[FakeTelegram]:
    """The receiving half at work, over 23 resolutions on language courses; Anna has never written to the bot."""
    telegram.people.person(BERT)
    await store_resolutions(services, 23)
    async with answering(bot, services, clock):
        yield telegram


async def seen(telegram: FakeTelegram, text: str, offset: str = "", language: str | None = None) -> Seen:
    query = telegram.people.looks_up(ANNA, text, offset, language)
    await telegram.until(lambda: query in telegram.world.inline_answers)
    return telegram.world.inline_answers[query]


def hint(answer: Seen) -> str | None:
    return answer.button["text"] if answer.button else None


async def test_results_have_a_title_a_description_and_the_way_to_the_bot(asking: FakeTelegram) -> None:
    answer = await seen(asking, "sprachkurse")
    assert hint(answer) == "23 Treffer"
    first = answer.results[0]
    assert first["title"].startswith("TOP ")
    assert "Sprachkurse, Teil" in first["title"]
    assert first["description"].startswith("7. BspMK")
    assert "✓ einstimmig" in first["description"]
    ((more, source),) = first["reply_markup"]["inline_keyboard"]
    assert more["url"].startswith("https://t.me/BeschlussProbeBot?start=b_")
    assert (source["text"], source["url"]) == ("Quelle (PDF)", "https://bspmk.example/7.pdf")


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ("sprachkurse", "thema_sprachkurse"),
        ("Sprachkurse für Ältere", "thema_sprachkurse-fuer-aeltere"),
        ("x:y", "hilfe"),
        ("x" * 80, "hilfe"),
    ],
)
async def test_the_line_above_the_results_opens_the_same_search(asking: FakeTelegram, typed: str, opens: str) -> None:
    answer = await seen(asking, typed)
    assert answer.button
    assert answer.button["start_parameter"] == opens


async def test_pages_together_show_every_result_once(asking: FakeTelegram) -> None:
    titles, offset = [], ""
    for _ in range(3):
        answer = await seen(asking, "sprachkurse", offset)
        titles += answer.titles()
        offset = answer.next_offset
    assert (len(titles), len(set(titles)), offset) == (23, 23, "")


async def test_the_chosen_card_stands_in_the_other_chat(asking: FakeTelegram) -> None:
    query = asking.people.looks_up(ANNA, "7. BspMK TOP 2.1")
    await asking.until(lambda: query in asking.world.inline_answers)
    (title,) = asking.world.inline_answers[query].titles()
    message = asking.people.chooses(query, title, BERT)
    assert message.text.startswith("TOP 2.1 – Sprachkurse, Teil 2\n")
    assert message.marked("bold")[0].startswith("TOP 2.1")
    assert message.labels() == ["Mehr dazu", "Quelle (PDF)"]


async def test_nothing_typed_shows_the_newest(asking: FakeTelegram) -> None:
    answer = await seen(asking, "")
    assert (len(answer.results), answer.next_offset, hint(answer)) == (10, "11", None)


@pytest.mark.parametrize(
    ("typed", "found", "said"),
    [
        ("sprachkruse", True, "Meinten Sie „Sprachkurse“?"),
        ("sprachkurse quastenflosser", True, "Nicht alle Wörter zusammen; einige davon:"),
        ("qwrtz", False, "Nichts zu „qwrtz“"),
        ("farbe:rot", False, "Einen Filter verstehe ich nicht; Hilfe im Chat mit mir"),
        ("99. BspMK TOP 9.9", False, "kein Treffer"),
        ("Bayern", False, "Nichts zu „Bayern“"),
    ],
)
async def test_there_is_always_a_word(asking: FakeTelegram, typed: str, found: bool, said: str) -> None:
    answer = await seen(asking, typed)
    assert bool(answer.results) is found
    assert hint(answer) == said


@pytest.mark.parametrize("offset", ["0", "-3", "x", "9" * 40, "10000"])
async def test_an_offset_that_we_never_gave_does_no_harm(asking: FakeTelegram, offset: str) -> None:
    assert first_of(offset) >= 1
    assert (await seen(asking, "sprachkurse", offset)).next_offset in ("11", "")


@pytest.mark.parametrize(("client", "chosen", "expected"), [("en-GB", None, "23 results"), ("en", "de", "23 Treffer")])
async def test_it_speaks_the_persons_language(
    asking: FakeTelegram, services: Services, client: str, chosen: str | None, expected: str
) -> None:
    async with services.database.begin() as conn:
        if chosen:
            await chats.ensure(conn, f"telegram:{ANNA}", "Europe/Berlin", NOON)
            await chats.configure(conn, f"telegram:{ANNA}", language=chosen)
    assert hint(await seen(asking, "sprachkurse", language=client)) == expected


async def test_strangers_get_a_line_and_nothing_else(
    telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> None:
    await store_resolutions(services, 2)
    async with answering(bot, replace(services, access=Access("allowlist")), clock):
        for typed in ("", "sprachkurse", "/start inv_x"):
            answer = await seen(telegram, typed)
            assert (answer.results, hint(answer)) == ([], "Dieser Dienst ist nicht öffentlich")


async def test_a_failure_of_our_own_is_said(
    asking: FakeTelegram, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    async with services.database.begin() as conn:
        await conn.exec_driver_sql("DROP TABLE chats")
    answer = await seen(asking, "sprachkurse")
    assert (answer.results, hint(answer)) == ([], "Das hat gerade nicht geklappt")
    assert "inline.failed" in caplog.text


async def test_a_question_that_is_too_old_stops_nothing(asking: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    asking.people.looks_up(ANNA, "sprachkurse")
    asking.world.open_inline.clear()
    await asking.until(lambda: not asking.world.updates.pending)
    assert "telegram.inline_not_answered" in caplog.text
    assert (await seen(asking, "sprachkurse")).results


async def test_only_the_newest_question_of_a_person_is_answered(services: Services) -> None:
    await store_resolutions(services, 2)
    answered: list[str] = []

    async def answer(query: str, _given: InlineAnswer) -> None:
        answered.append(query)

    desk = InlineDesk(services, answer)
    asked = [("1", "telegram:1"), ("2", "telegram:1"), ("3", "telegram:2"), ("4", "telegram:1")]
    incoming = [InlineQuery(number, Incoming(chat, "sprachkurse", NOON)) for number, chat in asked]
    await asyncio.gather(*map(desk.receive, incoming))
    assert sorted(answered) == ["3", "4"]


async def test_what_the_fake_refuses(telegram: FakeTelegram, bot: Bot) -> None:
    article = {"type": "article", "id": "1", "title": "T", "input_message_content": {"message_text": "x"}}
    for wrong, says in (
        ([article] * 2, "duplicate"),
        ([{**article, "id": "x" * 65}], "id_invalid"),
        ([{**article, "id": str(n)} for n in range(51)], "too_much"),
        ([{**article, "title": " "}], "title_empty"),
        ([{**article, "input_message_content": {"message_text": "x" * 4097}}], "too long"),
    ):
        query = telegram.people.looks_up(ANNA, "x")
        with pytest.raises(BadRequest, match=rf"(?i){says}"):
            await bot.do_api_request("answer_Inline_Query", api_kwargs={"inline_query_id": query, "results": wrong})
