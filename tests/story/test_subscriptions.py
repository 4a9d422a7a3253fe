"""Subscriptions as a person handles them, by taps: made step by step, changed, tried, ended and taken back; followed,
watched, taken along to a group. In both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from telegram import Bot

from config.texts import Languages, Texts
from feeds.record import DateMention, Demand
from handlers.services import Services
from storage import subscriptions
from storage.intake import Arrival, take_in
from storage.subscriptions import LIMIT, Subscription
from tests.bot.conftest import NOON, HandClock, answering
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram
from tests.storage.samples import reading, resolution

ANNA, BERT, GROUP = 4711, 4712, -5
LANGUAGES = Languages.load()
ASKED = "Der Bund wird gebeten, bis zum 31. März 2027 über Sprachkurse zu berichten."
FIRST = resolution(
    "5.2",
    "Sprachkurse sichern",
    ASKED,
    applicants=("Bayern",),
    demands=(Demand(1, "Bund", "bitten", ASKED, (1, 2)),),
    dates=(DateMention(dt.date(2027, 3, 31), "day", "31. März 2027", "deadline", 1),),
)


@dataclass
class Reader(Phone):
    texts: Texts

    def label(self, key: str, **fields: object) -> str:
        return self.texts(f"button.{key}", **fields)

    async def presses(self, key: str, **fields: object) -> str:
        return await self.taps(self.label(key, **fields))

    async def held(self, chat: int | None = None) -> list[Subscription]:
        async with self.services.database.read() as conn:
            return [*await subscriptions.of_chat(conn, f"telegram:{chat or self.chat}")]


@pytest.fixture(params=LANGUAGES.codes)
async def anna(
    request: pytest.FixtureRequest, telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> AsyncIterator[Reader]:
    """She administers a group, in which Bert is a member."""
    for person in (ANNA, BERT):
        telegram.people.person(person)
    telegram.people.group(GROUP)
    telegram.people.administers(GROUP, ANNA)
    others = (replace(FIRST, number=f"{number}.1", title=f"Sprachkurse, Teil {number}") for number in (1, 2))
    async with services.database.begin() as conn:
        arrival = Arrival(reading(FIRST, *others, session=7), None, "https://bspmk.example/7.pdf", NOON, silent=True)
        await take_in(conn, arrival, services.analyser, services.topics)
    async with answering(bot, services, clock):
        reader = Reader(telegram, services, ANNA, LANGUAGES.of(request.param))
        await reader.types(f"/sprache {request.param}")
        yield reader


async def test_step_by_step(anna: Reader) -> None:
    texts = anna.texts
    assert await anna.types("/abo") == texts("guide.kinds")
    assert await anna.presses("by_topic") == texts("guide.topics")
    assert texts("guide.rhythm", label="Integration") == await anna.taps("Integration")
    await anna.presses("digest")
    assert await anna.held() == []
    await anna.presses("save")
    (one,) = await anna.held()
    assert (one.label, one.rhythm) == ("Integration", "digest")


@pytest.mark.parametrize(("key", "typed"), [("by_words", "Sprachkurse Bund"), ("by_filter", "Sprachkurse land:Bayern")])
async def test_in_ones_own_words(anna: Reader, key: str, typed: str) -> None:
    await anna.types("/abo")
    await anna.presses(key)
    await anna.types(typed)
    preview = await anna.presses("immediate")
    assert anna.texts("count.resolution.many", number=3) in preview, "what that would have brought"
    await anna.presses("save")
    assert [one.query for one in await anna.held()] == [typed]


async def test_every_button_of_its_page(anna: Reader) -> None:
    texts = anna.texts
    await anna.types("/abo Sprachkurse sofort")
    await anna.types("/abos")
    await anna.taps("1. Sprachkurse")
    messages = len(anna.telegram.messages(ANNA))
    daily = texts("rhythm.digest_at", time="07:30")
    assert texts("subscriptions.rhythm", when=daily) in await anna.presses("digest")
    await anna.presses("pause")
    paused = texts("rhythm.paused_until", date=texts("phrase.date", day=8, month=texts("month.10"), year=2026))
    assert texts("subscriptions.paused", when=paused) in await anna.presses("pause_week")
    assert texts("subscriptions.resumed", when=daily) in await anna.presses("go_on_with")
    total = texts("count.resolution.many", number=3)
    named = texts("subscription.topic", label="Sprachkurse")
    assert texts("subscriptions.would", label=named, total=total) in await anna.presses("test")
    await anna.presses("to_subscription")
    assert "/abo" in await anna.presses("share")
    await anna.presses("to_subscription")
    await anna.presses("name")
    assert len(anna.telegram.messages(ANNA)) == messages, "all of it in one message"
    assert texts("subscriptions.named") in await anna.types("Kurse für alle")
    assert "Kurse für alle" in await anna.types("/abos")
    await anna.taps("1. Kurse für alle")
    assert "Kurse für alle" in await anna.presses("end")
    assert await anna.held() == []
    await anna.presses("undo")
    assert [(one.name, one.rhythm) for one in await anna.held()] == [("Kurse für alle", "digest")]


async def test_the_limit_is_said_with_what_helps(anna: Reader) -> None:
    async with anna.services.database.begin() as conn:
        for number in range(LIMIT):
            await subscriptions.add(conn, f"telegram:{ANNA}", "topic", f"Wort{number}", "W", "immediate", NOON)
    assert await anna.types("/abo Sprachkurse") == anna.texts("subscribe.limit", limit=LIMIT)


async def test_following_and_watching(anna: Reader) -> None:
    texts = anna.texts
    await anna.types("/beschluss 5.2")
    assert texts("follow.explained") in await anna.presses("follow")
    await anna.types("/folgen BspMK")
    assert [one.kind for one in await anna.held()] == ["resolution", "topic"]
    await anna.types("/beschluss 5.2")
    await anna.presses("mark")
    assert texts("watch.marked") in await anna.taps("1")
    date = texts("phrase.date", day=31, month=texts("month.3"), year=2027)
    listed = await anna.types("/erfolgskontrolle")
    assert texts("watch.heading", open=texts("count.open_demand.one")) in listed
    assert ASKED in listed
    assert texts("watch.due", date=date) in listed


async def test_taken_along_to_a_group_by_its_administrator(anna: Reader) -> None:
    texts, people = anna.texts, anna.telegram.people
    for line in ("/abo Sprachkurse täglich", "/abo land Bayern", "/folgen 5.2"):
        await anna.types(line)
    people.says(ANNA, "/abos export")
    await anna.telegram.until(lambda: anna.telegram.messages(ANNA)[-1].file)
    file = anna.telegram.messages(ANNA)[-1].file
    assert file is not None
    assert (file.kind, file.name) == ("document", texts("moving.file"))
    group = replace(anna, chat=GROUP)
    people.says(GROUP, f"/sprache {texts.language}", by=ANNA)
    await anna.telegram.until(lambda: anna.telegram.texts(GROUP))
    await heard(group, BERT, file.data, texts("rights.group"))
    total = texts("count.subscription.many", number=3)
    await heard(group, ANNA, file.data, texts("moving.preview", total=total))
    add = texts("moving.add", total=total)
    people.presses(GROUP, add, by=BERT)
    await anna.telegram.until(lambda: anna.telegram.world.toasts)
    assert anna.telegram.world.toasts == [texts("rights.group")]
    people.presses(GROUP, add, by=ANNA)
    await anna.telegram.until(lambda: texts("moving.done", total=total) in anna.telegram.texts(GROUP)[-1])
    mine, theirs = await anna.held(), await anna.held(GROUP)
    assert [(one.kind, one.query, one.rhythm) for one in theirs] == [(one.kind, one.query, one.rhythm) for one in mine]


async def heard(group: Reader, by: int, data: bytes, said: str) -> None:
    """Somebody sends the file with the command in its caption, as the bot does not read what it is not told to."""
    group.telegram.people.sends(group.chat, "abos.txt", data, by=by, caption="/abo import")
    await group.telegram.until(lambda: said in group.telegram.texts(group.chat)[-1])
