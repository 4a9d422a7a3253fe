"""Erfolgskontrolle: a demand is marked, reminded of, noted on and done, all by buttons and typed answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from feeds.demand_deadline import deadline_of
from feeds.record import DateMention, Demand, Passage
from handlers.reply import Incoming, Reply
from handlers.router import answer
from handlers.watched_sentences import of_deadline, of_demand, still_stands
from storage import watches
from storage.intake import Arrival, take_in
from storage.watches import Sentence, Watch
from tests.handlers.conftest import services_on
from tests.handlers.samples import NOW, Talk, commands, publication, resolution

ON_EVERY_STORE = True

ASKED = "Der Bund wird gebeten, bis zum 30. Juni 2026 zu berichten."
OPEN_ENDED = "Die Länder werden aufgefordert, das Verfahren zu prüfen."
LAPSED = "Der Bund wird gebeten, bis Ende 2025 Mittel bereitzustellen."
JUNE = DateMention(dt.date(2026, 6, 30), "day", "30. Juni 2026", "deadline", 1)
PAST = DateMention(dt.date(2025, 12, 31), "year", "Ende 2025", "deadline", 3)
REPORT = resolution(
    "7.1",
    "Bericht",
    ASKED,
    OPEN_ENDED,
    LAPSED,
    "Die Umsetzung endet am 1. September 2026.",
    demands=(
        Demand(1, "Bund", "bitten", ASKED, (1, 2)),
        Demand(2, "Länder", "auffordern", OPEN_ENDED, (3, 4)),
        Demand(3, "Bund", "bitten", LAPSED, (5, 6)),
    ),
    dates=(JUNE, PAST, DateMention(dt.date(2026, 9, 1), "day", "1. September 2026", "deadline", 4)),
)


async def publish(talk: Talk, one: object = REPORT, content: str = "first") -> None:
    assert isinstance(one, type(REPORT))
    reading = publication("resolutions", (one,), body="BspMK", session=12, date_start=dt.date(2026, 3, 4))
    reading = replace(reading, publication=replace(reading.publication, sha256=content))
    async with talk.services.database.begin() as conn:
        services = talk.services
        arrival = Arrival(reading, None, "https://bspmk.example/12.pdf", NOW, silent=True)
        await take_in(conn, arrival, services.analyser, services.topics)


@pytest.fixture
async def reporting(empty_talk: Talk) -> Talk:
    await publish(empty_talk)
    return empty_talk


async def held(talk: Talk) -> tuple[Watch, ...]:
    async with talk.services.database.read() as conn:
        return await watches.of_chat(conn, talk.chat)


async def tap(talk: Talk, reply: Reply, label: str) -> Reply:
    (button,) = [one for row in reply.buttons for one in row if one.label == label]
    return await talk.say(button.command)


async def marked(talk: Talk, number: str = "1") -> Reply:
    shown = await talk.say("/beschluss 7.1")
    return await tap(talk, await tap(talk, shown, "Forderungen merken"), number)


BESIDE = "Die Konferenz fordert den Bund auf, mehr Busse zu bezahlen."
NOTED = "Sie nimmt den Bericht, der am 15. Mai 2026 erschien, zur Kenntnis."
MAY = DateMention(dt.date(2026, 5, 15), "day", "15. Mai 2026", "deadline", 1)
FOLLOWING = "Die Konferenz bittet den Bund um einen Bericht."
REPORTED = "Der Bericht ist bis zum 30. Juni 2026 vorzulegen."
AS_WELL = "Die Länder werden bis zum 30. Juni 2026 fertig."
HANDED_IN = "Er soll bis zum 15. Mai 2026 im Entwurf vorliegen."

DEADLINES = [
    ((ASKED,), (JUNE,), ASKED, JUNE, "in its own sentence"),
    ((f"{NOTED} {ASKED}",), (MAY, JUNE), ASKED, JUNE, "an earlier date of the Ziffer is another sentence's"),
    ((f"{NOTED} {BESIDE}",), (MAY,), BESIDE, None, "a date of the Ziffer that is not its own"),
    ((f"{ASKED} {BESIDE}",), (JUNE,), BESIDE, None, "another demand's"),
    ((f"{FOLLOWING} {REPORTED}",), (JUNE,), FOLLOWING, JUNE, "the next sentence speaks of what was asked for"),
    ((f"{FOLLOWING} {REPORTED} {HANDED_IN}",), (MAY, JUNE), FOLLOWING, MAY, "the first of two"),
    ((f"{FOLLOWING} {AS_WELL}",), (JUNE,), FOLLOWING, None, "the next sentence is about somebody else"),
    ((FOLLOWING, REPORTED), (JUNE,), FOLLOWING, None, "another Ziffer"),
    ((ASKED,), (replace(JUNE, role="reference"),), ASKED, None, "no deadline at all"),
]


@pytest.mark.parametrize(("texts", "dates", "asked", "found", "why"), DEADLINES, ids=[case[4] for case in DEADLINES])
def test_the_deadline_of_a_demand(
    texts: tuple[str, ...], dates: tuple[DateMention, ...], asked: str, found: DateMention | None, why: str
) -> None:
    demands = tuple(Demand(1, "Bund", "bitten", text) for text in (ASKED, BESIDE, FOLLOWING) if text in texts[0])
    one = resolution("7.1", "Bericht", *texts, demands=demands, dates=dates)
    demand = next(told for told in demands if told.text == asked)
    assert deadline_of(demand, one) == found, why


def test_the_deadline_of_a_demand_may_stand_in_its_bullets() -> None:
    lead, bullet = "Die Konferenz bittet den Bund,", "bis zum 30. Juni 2026 zu berichten."
    demand = Demand(1, "Bund", "bitten", f"{lead}\n{bullet}")
    passages = (Passage(lead, role="item", item=1), Passage(bullet, role="bullet", item=1))
    one = replace(resolution("7.1", "Bericht"), passages=passages, demands=(demand,), dates=(JUNE,))
    assert deadline_of(demand, one) == JUNE


def test_what_a_deadline_stands_for() -> None:
    assert of_deadline(REPORT, 1) == Sentence(ASKED, 1, "Bund", dt.date(2026, 6, 30)) == of_demand(REPORT, 1)
    told = "Die Umsetzung endet am 1. September 2026."
    assert of_deadline(REPORT, 3) == Sentence(told, 4, None, dt.date(2026, 9, 1))
    assert [of_deadline(REPORT, 0), of_deadline(REPORT, 4), of_demand(REPORT, 0), of_demand(REPORT, 4)] == [None] * 4
    assert still_stands(ASKED, REPORT)
    assert not still_stands("Der Bund wird gebeten, nichts zu tun.", REPORT)


async def test_a_demand_with_a_deadline_is_reminded_of_two_weeks_before(reporting: Talk) -> None:
    reply = await marked(reporting)
    assert "Gemerkt." in reply.text
    assert "12. BspMK, TOP 7.1, Ziffer 1" in reply.text
    assert "An: Bund\nFällig: 30. Juni 2026\nOffen; Erinnerung am 16. Juni 2026" in reply.text
    assert "schon gemerkt" in (await marked(reporting)).text
    assert len(await held(reporting)) == 1


@pytest.mark.parametrize("number", ["2", "3"])
async def test_one_without_a_deadline_to_come_waits_for_a_date(reporting: Talk, number: str) -> None:
    reply = await marked(reporting, number)
    assert "Offen; keine Erinnerung" in reply.text
    await tap(reporting, reply, "In 4 Wochen")
    assert [one.remind_on for one in await held(reporting)] == [dt.date(2026, 4, 3)]


@pytest.mark.parametrize(
    ("label", "day"), [("In 4 Wochen", dt.date(2026, 4, 3)), ("In 3 Monaten", dt.date(2026, 6, 6))]
)
async def test_a_date_by_tap(reporting: Talk, label: str, day: dt.date) -> None:
    await tap(reporting, await marked(reporting), label)
    assert [one.remind_on for one in await held(reporting)] == [day]


async def test_a_date_that_is_typed_and_none(reporting: Talk) -> None:
    await tap(reporting, await marked(reporting), "Zum Datum …")
    assert (await reporting.say("gestern")).error
    assert "Erinnerung am 1. Mai 2026" in (await reporting.say("1.5.")).text
    asked = await tap(reporting, await reporting.say("/erfolgskontrolle 1"), "Zum Datum …")
    assert "keine Erinnerung" in (await tap(reporting, asked, "Nicht erinnern")).text


@pytest.mark.parametrize(
    ("lead", "day"),
    [("Nur am Tag selbst", "2026-06-30"), ("7 Tage vorher", "2026-06-23"), ("28 Tage vorher", "2026-06-02")],
)
async def test_the_lead_time(reporting: Talk, lead: str, day: str) -> None:
    await tap(reporting, await tap(reporting, await marked(reporting), "Vorlauf"), lead)
    assert [one.remind_on for one in await held(reporting)] == [dt.date.fromisoformat(day)]


async def test_a_note_and_done_and_open_again(reporting: Talk) -> None:
    await tap(reporting, await marked(reporting), "Notiz")
    reply = await reporting.say("Referat 12 fragt nach")
    assert "Notiz: Referat 12 fragt nach" in reply.text
    reply = await tap(reporting, reply, "Erledigt")
    assert "Als erledigt vermerkt." in reply.text
    assert [one.remind_on for one in await held(reporting)] == [None]
    assert "keine offene Forderung" in (await reporting.say("/erfolgskontrolle")).text
    reply = await tap(reporting, reply, "Doch noch offen")
    assert "Erinnerung am 16. Juni 2026" in reply.text
    await tap(reporting, await tap(reporting, reply, "Notiz"), "Notiz löschen")
    assert [one.note for one in await held(reporting)] == [None]
    assert (await reporting.say("/erfolgskontrolle 1 notiz " + "x" * 301)).error


async def test_the_list(reporting: Talk) -> None:
    assert "noch nichts" in (await reporting.say("/erfolgskontrolle")).text
    for number in ("2", "1"):
        await marked(reporting, number)
    reply = await reporting.say("/erfolgskontrolle")
    assert "Erfolgskontrolle: 2 offene Forderungen" in reply.text
    assert reply.text.index(ASKED) < reply.text.index(OPEN_ENDED), "the next due first"
    assert commands(reply) == ["/erfolgskontrolle 2", "/erfolgskontrolle 1"]
    ended = await tap(reporting, await reporting.say("/erfolgskontrolle 1"), "Von der Liste nehmen")
    assert "Nicht mehr auf der Liste" in ended.text
    assert [one.text for one in await held(reporting)] == [ASKED]


async def test_from_the_deadlines(reporting: Talk) -> None:
    reply = await tap(reporting, await reporting.say("/fristen"), "Merken: 1. September 2026")
    assert "Fällig: 1. September 2026" in reply.text
    assert "Merken: Ende 2025" in [b.label for row in (await reporting.say("/fristen vorbei")).buttons for b in row]


@pytest.mark.parametrize("cited", ["7.1", "7.1 BspMK 12", "TOP 7.1 der 12. BspMK"])
async def test_by_citation(reporting: Talk, cited: str) -> None:
    assert "/merken #1 3" in commands(await reporting.say(f"/merken {cited}"))


@pytest.mark.parametrize(
    "line", ["/merken 9.9", "/merken vom Mai", "/merken #99", "/merken #1 9", "/merken #1 frist 9"]
)
async def test_what_cannot_be_marked(reporting: Talk, line: str) -> None:
    assert (await reporting.say(line)).error
    assert await held(reporting) == ()


async def test_a_revision_that_drops_the_sentence_is_told(reporting: Talk) -> None:
    await marked(reporting)
    changed = replace(resolution("7.1", "Bericht", OPEN_ENDED), demands=(REPORT.demands[1],))
    await publish(reporting, changed, "second")
    reply = await reporting.say("/erfolgskontrolle 1")
    assert ASKED in reply.text
    assert "steht dieser Satz so nicht mehr" in reply.text


@pytest.mark.parametrize("what", ["", "erledigt", "offen", "erinnern 1.5.", "vorlauf 7", "notiz X", "weg"])
async def test_nobody_touches_the_list_of_another_chat(reporting: Talk, what: str) -> None:
    await marked(reporting)
    before = await held(reporting)
    assert (await replace(reporting, chat="console:stranger").say(f"/erfolgskontrolle 1 {what}")).error
    assert await held(reporting) == before


async def test_an_open_question_outlives_a_restart(reporting: Talk, tmp_path: Path) -> None:
    """The state is in the store: services made anew take the answer."""
    await tap(reporting, await marked(reporting), "Zum Datum …")
    services = reporting.services
    async with services_on(tmp_path / "empty.sqlite", services.analyser, services.topics) as reborn:
        reply = await answer(Incoming(reporting.chat, "1.5.", NOW + dt.timedelta(minutes=5)), reborn)
    assert "Erinnerung am 1. Mai 2026" in reply.text


NEXT_SESSION = "Die Konferenz bittet den Bund, für die 22. BspMK 2027 einen Bericht vorzulegen."
NO_DAY = resolution(
    "7.3",
    "Monitoring",
    NEXT_SESSION,
    demands=(Demand(1, "Bund", "bitten", NEXT_SESSION, (1, 2)),),
    dates=(DateMention(dt.date(2027, 1, 1), "year", "2027", "deadline", 1),),
)


@pytest.mark.parametrize(
    ("language", "due", "assumed", "title"),
    [
        ("de", "Fällig: 2027 (Tag nicht genannt)", "gerechnet bis 31. Dezember 2027", "2027 (Tag nicht genannt)"),
        ("en", "Due: 2027 (no day named)", "reckoned to 31 December 2027", "2027 (no day named)"),
    ],
)
async def test_no_day_is_made_up_where_none_is_named(
    empty_talk: Talk, language: str, due: str, assumed: str, title: str
) -> None:
    await publish(empty_talk, NO_DAY)
    await empty_talk.say(f"/sprache {language}")
    for line in ("/merken #1 1", "/erfolgskontrolle 1"):
        reply = await empty_talk.say(line)
        assert due in reply.text
        assert assumed in reply.text
    assert title.partition(" (")[0] in (lead := await empty_talk.say("/erfolgskontrolle 1 vorlauf")).text
    assert "31" in lead.text
    (file,) = (await empty_talk.say("/kalender")).attachments
    entry = file.data.decode().replace("\r\n ", "")
    assert title in entry
    assert entry.count("„2027“") + entry.count("“2027”") == 1, "the description says what the document says"
