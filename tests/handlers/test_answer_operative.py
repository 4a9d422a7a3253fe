"""/an, /gesetz, /fristen: what is demanded of whom, what is cited, what falls due."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.record import DateMention, Demand, LawReference
from storage.intake import Arrival, take_in
from tests.handlers.samples import NOW, Talk, commands, publication, resolution

ON_EVERY_STORE = True

PAY = "Der Bund wird gebeten, die Beratung bis 30. Juni 2026 zu bezahlen."
CHECK = "Das Bundesinnenministerium wird gebeten, § 25a AufenthG zu prüfen."
REPORT = "Die Länder berichten 2026 über den Wohnraum."
WISH = "Gefordert wird ein Zuschuss."
EARLIER = "Der Bund wird gebeten, bis Januar 2026 zu berichten."


@pytest.fixture
async def facts(empty_talk: Talk) -> Talk:
    """Three resolutions that demand, cite and set dates."""
    advice = resolution(
        "1",
        "Beratung",
        PAY,
        CHECK,
        demands=(
            Demand(1, "Bund", "bitten", PAY, (1, 2)),
            Demand(1, "Bund", "zahlen", PAY, (1, 2)),
            Demand(2, "BMI", "bitten", CHECK, (3, 4)),
        ),
        laws=(LawReference("AufenthG", "25a", "§ 25a AufenthG", 2, (3, 4)),),
        dates=(DateMention(dt.date(2026, 6, 30), "day", "30. Juni 2026", "deadline", 1, (1, 2)),),
    )
    housing = resolution(
        "2",
        "Wohnraum",
        REPORT,
        WISH,
        "Wiesen gehören zum Wohnen.",
        demands=(Demand(1, "Länder", "berichten", REPORT, (1, 2)), Demand(2, None, "fordern", WISH, (5, 6))),
        laws=(LawReference("AufenthG", "60a Abs. 2", "§ 60a Abs. 2 AufenthG", None, (9, 9)),),
        dates=(DateMention(dt.date(2026, 1, 1), "year", "2026", "deadline", 1, (1, 2)),),
    )
    report = resolution(
        "3",
        "Bericht",
        EARLIER,
        demands=(Demand(1, "Bund", "bitten", EARLIER, (1, 2)),),
        dates=(DateMention(dt.date(2026, 1, 1), "month", "Januar 2026", "deadline", 1, (1, 2)),),
    )
    reading = publication(
        "resolutions", (advice, housing, report), body="BspMK", session=12, date_start=dt.date(2025, 3, 4)
    )
    services = empty_talk.services
    async with services.database.begin() as conn:
        arrival = Arrival(reading, None, "12.pdf", NOW, silent=True)
        await take_in(conn, arrival, services.analyser, services.topics)
    return empty_talk


async def test_what_is_demanded_sentence_by_sentence(facts: Talk) -> None:
    reply = await facts.say("/an Bund")
    assert [hit.number for hit in reply.hits] == ["1", "3"]
    assert "Forderungen an: Bund – 2 Beschlüsse" in reply.text
    assert f"{PAY} (Ziffer 1, Z.\u00a01–2)" in reply.text
    assert reply.text.count(PAY) == 1, "two demands of one sentence"
    assert f"{CHECK} (an: BMI; Ziffer 2, Z.\u00a03–4)" in reply.text, "a ministry is part of the Bund"
    assert REPORT not in reply.text
    assert "/abo an:Bund" in commands(reply)


async def test_only_what_is_demanded_of_the_part(facts: Talk) -> None:
    reply = await facts.say("/an Bundesinnenministerium")
    assert [hit.number for hit in reply.hits] == ["1"]
    assert CHECK in reply.text
    assert PAY not in reply.text


async def test_words_choose_the_sentences(facts: Talk) -> None:
    reply = await facts.say("/an Bund Beratung")
    assert "Forderungen an: Bund, Beratung – 1 Beschluss" in reply.text
    assert PAY in reply.text
    assert CHECK not in reply.text


async def test_where_no_demand_holds_the_words_that_is_said_first(facts: Talk) -> None:
    """The resolution is about housing, and what it demands of the Länder does not speak of meadows."""
    reply = await facts.say("/an Länder Wiesen")
    assert reply.text.index("seine Forderungen nennen es nicht") < reply.text.index(REPORT)
    assert "nennen es nicht" not in (await facts.say("/an Länder Wohnraum")).text
    assert "nennen es nicht" not in (await facts.say("/an Länder")).text


async def test_what_is_demanded_of_nobody_is_there_if_it_holds_the_words(facts: Talk) -> None:
    reply = await facts.say("/an Länder Zuschuss")
    assert f"{WISH} (ohne Adressat; Ziffer 2, Z.\u00a05–6)" in reply.text
    assert REPORT not in reply.text
    assert WISH not in (await facts.say("/an Länder")).text


async def test_pages_of_demands(facts: Talk) -> None:
    first = await facts.say("/an Bund", page=1)
    assert "/an Bund ab 2" in commands(first)
    assert (await facts.say("/an Bund ab 2", page=1)).hits[0].number == "3"
    assert "So viele sind es nicht" in (await facts.say("/an Bund ab 9")).text


async def test_of_whom_most_is_demanded(facts: Talk) -> None:
    reply = await facts.say("/an")
    assert commands(reply) == ["/an Bund", "/an BMI", "/an Länder"]
    assert reply.buttons[0][0].label == "Bund (2)"


async def test_somebody_of_whom_nothing_is_demanded(facts: Talk) -> None:
    assert "in keinem Beschluss" in (await facts.say("/an Bundestag")).text


async def test_somebody_unknown(facts: Talk) -> None:
    reply = await facts.say("/an Bunt")
    assert reply.error
    assert "ab Zeichen 1" in reply.text
    assert (await facts.say(commands(reply)[0])).total == 2


async def test_where_a_law_is_cited(facts: Talk) -> None:
    reply = await facts.say("/gesetz Aufenthaltsgesetz")
    assert [hit.number for hit in reply.hits] == ["1", "2"]
    assert f"{CHECK} (Ziffer 2, Z.\u00a03–4)" in reply.text
    assert "§ 60a Abs. 2 AufenthG (Z.\u00a09)" in reply.text, "not in the body: the citation itself"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("§ 25a AufenthG", ["1"]),
        ("AufenthG § 25A", ["1"]),
        ("§ 60a AufenthG", ["2"]),
        ("§ 60a Abs. 2 AufenthG", ["2"]),
        ("§ 60a Abs. 3 AufenthG", []),
        ("§ 25 AufenthG", []),
        ("StAG", []),
        ("AufenthG Wohnraum", ["2"]),
    ],
)
async def test_sections_of_a_law(facts: Talk, typed: str, numbers: list[str]) -> None:
    reply = await facts.say(f"/gesetz {typed}")
    assert [hit.number for hit in reply.hits] == numbers
    assert reply.error is None
    assert [one for one in commands(reply) if one.startswith("/abo gesetz:") or one.startswith("~") or "gesetz:" in one]


async def test_an_unknown_law_suggests_known_ones(facts: Talk) -> None:
    reply = await facts.say("/gesetz AufnthG")
    assert "gesetz:AufenthG" in reply.suggestions
    assert "/gesetz AufenthG" in commands(reply)
    assert "/gesetz GG" in commands(await facts.say("/gesetz"))


async def test_the_next_deadline_comes_first(facts: Talk) -> None:
    reply = await facts.say("/fristen")
    assert [hit.number for hit in reply.hits] == ["1", "2"]
    assert "Was fällig wird: 2 Fristen" in reply.text
    assert reply.text.index("30. Juni 2026 – 12. BspMK, TOP 1") < reply.text.index("2026 – 12. BspMK, TOP 2")
    assert PAY in reply.text
    assert "/fristen vorbei" in commands(reply)


async def test_what_was_due_is_behind_a_button(facts: Talk) -> None:
    reply = await facts.say("/fristen vorbei")
    assert [hit.number for hit in reply.hits] == ["3"]
    assert EARLIER in reply.text
    assert "/fristen" in commands(reply)


TWO_ASKED = (
    "Der Bund wird gebeten, mehr Mittel für Werkstätten bereitzustellen.",
    "Die Länder werden gebeten, bis zum 1. August 2026 die Werkstätten zu zählen.",
    "Das Bundesinnenministerium wird gebeten, bis zum 1. Oktober 2026 zu berichten.",
)


@pytest.fixture
async def asked(facts: Talk) -> Talk:
    """One more resolution that asks several, and sets a deadline for two of them."""
    both = resolution(
        "1",
        "Werkstätten",
        *TWO_ASKED,
        demands=tuple(
            Demand(at, name, "bitten", text)
            for at, (name, text) in enumerate(zip(("Bund", "Länder", "BMI"), TWO_ASKED, strict=True), 1)
        ),
        dates=(
            DateMention(dt.date(2026, 8, 1), "day", "1. August 2026", "deadline", 2),
            DateMention(dt.date(2026, 10, 1), "day", "1. Oktober 2026", "deadline", 3),
        ),
    )
    reading = publication("resolutions", (both,), body="BspMK", session=13, date_start=dt.date(2025, 5, 4))
    services = facts.services
    async with services.database.begin() as conn:
        await take_in(conn, Arrival(reading, None, "13.pdf", NOW, silent=True), services.analyser, services.topics)
    return facts


@pytest.mark.parametrize(
    ("typed", "shown", "why"),
    [
        ("an:Länder", ["1. August 2026"], "whose sentence sets it"),
        ("an:Bund", ["30. Juni 2026", "1. Oktober 2026"], "with the ministries, but no other sentence's"),
        ("an:BMI", ["1. Oktober 2026"], "a ministry"),
        ("an:Länder Werkstätten", ["1. August 2026"], "with a word"),
        ("an:Länder Beratung", [], "a word of another resolution"),
        ("Werkstätten", ["1. August 2026", "1. Oktober 2026"], "a word alone"),
        ("-an:Bund Werkstätten", ["1. August 2026"], "not those"),
        ("an:Länder an:Bund", [], "both at once"),
    ],
)
async def test_deadlines_of_whom_they_concern(asked: Talk, typed: str, shown: list[str], why: str) -> None:
    reply = await asked.say(f"/fristen {typed}")
    told = [block.text.split(" – ")[0] for block in reply.blocks[1:] if " – 1" in block.text]
    assert told == shown, why
    assert reply.total == len(shown)
    calendar = await asked.say(f"/kalender {typed}")
    if shown:
        assert calendar.total == len(shown), "the calendar has the same"


async def test_deadlines_are_relative_to_when_it_is_asked(facts: Talk) -> None:
    later = Talk(facts.services)
    reply = await later.say("/fristen", page=1)
    assert "/fristen ab 2" in commands(reply)
    assert "1 von 2" in reply.text


async def test_no_deadline(empty_talk: Talk) -> None:
    for line in ("/fristen", "/fristen vorbei", "/an", "/gesetz AufenthG", "/themen"):
        reply = await empty_talk.say(line)
        assert reply.blocks
        assert not reply.hits


@pytest.mark.parametrize("typed", ["§ 25a", "25a AufenthG", "AufenthG 25a"])
async def test_a_section_is_understood_without_sign_or_law(facts: Talk, typed: str) -> None:
    reply = await facts.say(f"/gesetz {typed}")
    assert [hit.number for hit in reply.hits] == ["1"]
    assert CHECK in reply.text


async def test_a_misspelt_law_behind_a_section_is_no_word(facts: Talk) -> None:
    reply = await facts.say("/gesetz § 25a AufentG")
    assert reply.error
    assert not reply.hits
