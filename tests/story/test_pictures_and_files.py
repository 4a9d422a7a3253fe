"""What one would rather look at or keep: asked for in the chat, sent, opened by the programs that people have. In both
languages."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

import pypdfium2
import pytest
from icalendar import Calendar
from PIL import Image
from telegram import Bot

from config.texts import Languages, Texts
from feeds.record import DateMention, Demand, ProtocolNote
from handlers.services import Services
from storage.intake import Arrival, take_in
from tests.bot.conftest import NOON, HandClock, answering
from tests.bot.phone import Phone
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.world import SentMessage
from tests.storage.samples import reading, resolution

ANNA = 4711
LANGUAGES = Languages.load()
ASKED = "Der Bund wird gebeten, bis zum 31. März 2027 über Sprachkurse zu berichten."
FORMULA = "=SUMME(A1) und Sprachkurse"
FIRST = resolution(
    "5.2",
    "Sprachkurse sichern",
    ASKED,
    applicants=("Bayern", "Berlin"),
    protocol_notes=(ProtocolNote(("Hessen",), 1, "Hessen sieht das anders.", (3, 3)),),
    demands=(Demand(1, "Bund", "bitten", ASKED, (1, 2)),),
    dates=(DateMention(dt.date(2027, 3, 31), "day", "31. März 2027", "deadline", 1),),
)


@dataclass
class Looker(Phone):
    texts: Texts

    async def gets(self, line: str) -> SentMessage:
        """The picture or file that the answer brings."""
        return await self._sent(lambda: self.telegram.people.says(ANNA, line))

    async def taps_for(self, key: str) -> SentMessage:
        return await self._sent(lambda: self.telegram.people.presses(ANNA, self.texts(f"button.{key}")))

    async def _sent(self, act: Callable[[], object]) -> SentMessage:
        before = len(self.telegram.messages(ANNA))
        act()
        await self.telegram.until(lambda: any(one.file for one in self.telegram.messages(ANNA)[before:]))
        return self.telegram.messages(ANNA)[-1]


@pytest.fixture(params=LANGUAGES.codes)
async def anna(
    request: pytest.FixtureRequest, telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock
) -> AsyncIterator[Looker]:
    telegram.people.person(ANNA)
    others = (replace(FIRST, number="1.1", title=FORMULA), replace(FIRST, number="2.1", title="Sprachkurse, Teil 2"))
    async with services.database.begin() as conn:
        arrival = Arrival(reading(FIRST, *others, session=7), None, "https://bspmk.example/7.pdf", NOON, silent=True)
        await take_in(conn, arrival, services.analyser, services.topics)
    async with answering(bot, services, clock):
        looker = Looker(telegram, services, ANNA, LANGUAGES.of(request.param))
        await looker.types(f"/sprache {request.param}")
        yield looker


def data_of(message: SentMessage) -> bytes:
    assert message.file is not None
    return message.file.data


async def test_a_map_with_the_same_in_words(anna: Looker) -> None:
    sent = await anna.gets("/karte Sprachkurse")
    assert sent.file is not None
    assert sent.file.kind == "photo"
    assert min(Image.open(io.BytesIO(data_of(sent))).size) > 800
    applied, noted = anna.texts("map.applied"), anna.texts("map.noted")
    assert sent.text.splitlines() == [f"{applied}: BY 3, BE 3", f"{noted}: HE 3"]
    await anna.types("/thema Sprachkurse")
    assert (await anna.taps_for("on_map")).text == sent.text


@pytest.mark.parametrize("line", ["/trend", "/trend Sprachkurse"])
async def test_a_trend_with_the_same_in_words(anna: Looker, line: str) -> None:
    sent = await anna.gets(line)
    assert Image.open(io.BytesIO(data_of(sent))).format == "PNG"
    assert f"Sprachkurse: 7. BspMK {anna.texts('count.resolution.many', number=3)}" in sent.text


async def test_a_resolution_to_file_away(anna: Looker) -> None:
    await anna.types("/beschluss 5.2")
    sent = await anna.taps_for("as_pdf")
    document = pypdfium2.PdfDocument(data_of(sent))
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    for said in ("Sprachkurse sichern", "31. März 2027", "Hessen sieht das anders."):
        assert said in " ".join(words.split())
    assert anna.texts("overview.demands") in words
    text = data_of(await anna.gets("/datei 5.2 text")).decode("utf-8-sig")
    assert ASKED in text


async def test_deadlines_for_the_calendar(anna: Looker) -> None:
    await anna.types("/fristen")
    for sent in (await anna.taps_for("as_calendar"), await anna.gets("/kalender Sprachkurse")):
        calendar = Calendar.from_ical(data_of(sent).decode())
        events = calendar.walk("VEVENT")
        assert {one.get("DTSTART").dt for one in events} == {dt.date(2027, 3, 31)}
        assert len({str(one.get("UID")) for one in events}) == len(events) == 3
        assert str(calendar.get("X-WR-CALNAME")) == anna.texts("calendar.name")


async def test_hits_for_a_spreadsheet(anna: Looker) -> None:
    sent = await anna.gets("/export Sprachkurse")
    assert data_of(sent).startswith(b"\xef\xbb\xbf"), "by this Excel knows that it is UTF-8"
    rows = list(csv.DictReader(io.StringIO(data_of(sent).decode("utf-8-sig")), delimiter=";"))
    titles = [row[anna.texts("export.column.title")] for row in rows]
    assert sorted(titles) == sorted([f"'{FORMULA}", "Sprachkurse sichern", "Sprachkurse, Teil 2"])
    assert {row[anna.texts("export.column.deadlines")] for row in rows} == {"2027-03-31"}
    as_json = json.loads(data_of(await anna.gets("/export Sprachkurse json")))
    assert sorted(one["title"] for one in as_json) == sorted([FORMULA, "Sprachkurse sichern", "Sprachkurse, Teil 2"])


async def test_on_paper_nothing_is_left_to_a_button(anna: Looker) -> None:
    """In the chat the longest lists are cut, with a button to the rest; a file has everything."""
    asked = [f"Der Bund wird gebeten, Punkt {number} zu prüfen." for number in range(1, 41)]
    demands = tuple(Demand(1, "Bund", "bitten", sentence, (1, 2)) for sentence in asked)
    long_one = resolution("9.9", "Vierzig Bitten", " ".join(asked), demands=demands)
    async with anna.services.database.begin() as conn:
        arrival = Arrival(reading(long_one, session=8), None, "https://bspmk.example/8.pdf", NOON, silent=True)
        await take_in(conn, arrival, anna.services.analyser, anna.services.topics)
    button = anna.texts("button.details")
    assert button in await anna.types("/beschluss 9.9")
    text = data_of(await anna.gets("/datei 9.9 text")).decode("utf-8-sig")
    assert button not in text
    assert all(text.count(sentence) == 2 for sentence in asked), "as a demand, and in its item"
