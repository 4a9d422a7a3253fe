"""Answers on the three real documents: what an official asks first."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from config.topics import Topic
from feeds.read import read_document
from feeds.words import Analyser
from storage import resolutions
from tests.handlers.conftest import fill, services_on
from tests.handlers.samples import Talk, commands, quoted
from tests.seeds import Seeds


@pytest.fixture(scope="module")
def taken_in(
    seeds: Seeds, tmp_path_factory: pytest.TempPathFactory, analyser: Analyser, topics: Sequence[Topic]
) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "seeds.sqlite"
    files = (seeds.roadmap, seeds.alliance, seeds.intmk)
    documents = [(file.name, read_document(file.read_bytes(), file.name)) for file in files]
    asyncio.run(fill(path, documents, analyser, topics))
    return path


@pytest.fixture
async def seed_talk(taken_in: Path, tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]) -> AsyncIterator[Talk]:
    shutil.copy(taken_in, tmp_path / "store.sqlite")
    async with services_on(tmp_path / "store.sqlite", analyser, topics) as services:
        yield Talk(services)


async def test_language_courses(seed_talk: Talk, seeds: Seeds) -> None:
    reply = await seed_talk.say("/topic Sprachkurse")
    best = reply.hits[0]
    assert (best.number, best.body, best.session) == ("5.2", "IntMK", 20)
    assert "20. IntMK" in reply.text
    assert "23.–24. April 2025" in reply.text
    assert "✓ einstimmig · Antrag: alle 16 Länder" in reply.text
    (note,) = next(one["protocol_notes"] for one in seeds.gold["resolutions"] if one["number"] == "5.2")
    assert "Protokollnotiz von Bayern zu Ziffer 6" in reply.text
    assert note["first_words"] in reply.text
    assert note["last_words"] in reply.text


async def test_quoted_sentences_are_in_the_record_word_for_word(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/topic Sprachkurse")
    whole = await seed_talk.say(commands(reply)[0], whole=True)
    assert 2 <= len([text for text in quoted(reply) if text in whole.text]) <= 3


@pytest.mark.parametrize("name", ["Bayern", "by", "Freistaat Bayern"])
async def test_a_state_with_all_it_applied_for_and_noted(seed_talk: Talk, seeds: Seeds, name: str) -> None:
    reply = await seed_talk.say(f"/state {name}", whole=True)
    gold = seeds.gold["resolutions"]
    applied = [one["number"] for one in gold if "Bayern" in one["applicants"]]
    noted = [one["number"] for one in gold if any("Bayern" in note["states"] for note in one["protocol_notes"])]
    assert len(applied) == 6
    assert len(noted) == 3
    assert [hit.number for hit in reply.hits if hit.role == "applicant"] == applied
    assert [hit.number for hit in reply.hits if hit.role == "protocol_note"] == noted
    for note in (note for one in gold for note in one["protocol_notes"] if "Bayern" in note["states"]):
        assert note["first_words"] in reply.text
        assert note["last_words"] in reply.text


async def test_every_state_gives_what_the_gold_says(seed_talk: Talk, seeds: Seeds) -> None:
    for state in seed_talk.services.states.names:
        reply = await seed_talk.say(f"/state {state}")
        applied = [one["number"] for one in seeds.gold["resolutions"] if state in one["applicants"]]
        noted = [
            one["number"]
            for one in seeds.gold["resolutions"]
            if any(state in note["states"] for note in one["protocol_notes"])
        ]
        assert [hit.number for hit in reply.hits] == [*applied, *noted], state


@pytest.mark.parametrize(
    ("line", "first"),
    [("/topic Jesiden", "4.8"), ("/beschluss 2.1.b", "2.1.b"), ("/state NRW", "2.1.a"), ("/topic Sprachkruse", "5.2")],
)
async def test_these_help(seed_talk: Talk, line: str, first: str) -> None:
    reply = await seed_talk.say(line)
    assert reply.hits[0].number == first
    assert reply.error is None


async def test_a_slip_suggests_the_word(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/topic Sprachkruse")
    assert reply.suggestions[0] == "Sprachkurse"


async def test_the_long_note_of_two_states_is_whole_in_the_resolution(seed_talk: Talk, seeds: Seeds) -> None:
    reply = await seed_talk.say("/beschluss 20. IntMK TOP 2.1.b", whole=True)
    (gold,) = [one for one in seeds.gold["resolutions"] if one["number"] == "2.1.b"]
    assert gold["subtitle"] in reply.text
    assert gold["protocol_notes"][0]["last_words"] in reply.text


async def test_a_gap_in_the_numbers_leads_to_its_neighbours(seed_talk: Talk) -> None:
    assert {"4.3", "4.5"} <= set((await seed_talk.say("/beschluss 4.4")).suggestions)


async def test_demands_deadline_and_law_at_a_glance(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/beschluss 6.6", whole=True)
    texts = [block.text for block in reply.blocks]
    glance = texts[: texts.index("Wortlaut")]
    asked = glance[glance.index("Gefordert") + 1 : glance.index("Fristen und Daten")]
    assert asked[0] == "Bundesregierung:"
    assert "fordern die Bundesregierung auf, zu prüfen, welche alternativen Aufenthaltserlaubnisse" in asked[1]
    assert "(Ziffer 2, Z.\u00a07–13)" in asked[1]
    deadline = glance[glance.index("Fristen und Daten") + 1]
    assert deadline.startswith("Frist: 4. März 2026 – „… ")
    assert "bis zum Ablauf der Aufenthaltsdauer nach § 24 AufenthG am 4. März 2026" in deadline
    assert glance[glance.index("Recht") + 1].startswith("§ 24 AufenthG, ")


async def test_a_papers_undertakings_at_a_glance(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/beschluss Handlungsfeld 1", whole=True)
    texts = [block.text for block in reply.blocks]
    assert "Zusagen" in texts[: texts.index("Wortlaut")]


async def test_every_resolution_and_all_its_details_can_be_shown(seed_talk: Talk) -> None:
    async with seed_talk.services.database.read() as conn:
        page = await resolutions.latest(conn, 100)
    assert page.total == 44
    for one in page.items:
        for line in (f"/beschluss #{one.id}", f"/einzelheiten {one.id}"):
            reply = await seed_talk.say(line)
            assert reply.error is None
            assert all(block.text.strip() for block in reply.blocks)


async def test_sections_of_the_papers(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/beschluss Handlungsfeld 1", whole=True)
    assert reply.blocks[0].text.startswith("Handlungsfeld 1 – ")
    assert [command for command in commands(reply) if command.startswith("/beschluss #")], "both papers have one"


TOPICS = [
    ("Sprachkurse", {"5.2"}, "the resolution about them"),
    ("Deutschkurse", {"5.2"}, "an everyday word for the same"),
    ("Einbürgerung", {"2.1.b", "5.2"}, "where it is dealt with"),
    ("MBE", {"4.5"}, "an abbreviation"),
    ("Eziden", {"4.8"}, "another spelling"),
    ("Dolmetscher", {"4.9", "5.1"}, "an everyday word for Sprachmittlung"),
    ("künstliche Intelligenz", {"5"}, "a section of a paper"),
    ("Lehrkräftebildung", {"6"}, "a section of a paper"),
    ("Duale Ausbildung", {"2"}, "a section of a paper"),
]


@pytest.mark.parametrize(("typed", "numbers", "why"), TOPICS, ids=[typed for typed, *_ in TOPICS])
async def test_what_a_reader_would_name_comes_first(seed_talk: Talk, typed: str, numbers: set[str], why: str) -> None:
    for command in ("/topic", "/suche"):
        reply = await seed_talk.say(f"{command} {typed}")
        assert {hit.number for hit in reply.hits[: len(numbers)]} == numbers, why


async def test_a_compound_that_nobody_wrote_is_understood_by_its_parts(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/topic Frauenerwerbstätigkeit")
    assert [hit.number for hit in reply.hits] == ["7.2", "3.1", "2.1.a"]
    assert "steht so in keinem Beschluss" in reply.text
    assert (await seed_talk.say("/topic Autobahnbau")).hits == ()


async def test_a_part_of_a_topic_leads_to_the_whole(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/topic GEAS")
    assert [hit.number for hit in reply.hits] == ["6.1"]
    assert "/topic Asyl" in commands(reply)


async def test_a_part_that_nothing_holds_suggests_its_topic(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/topic Bezahlkarte")
    assert reply.hits == ()
    assert reply.suggestions[0] == "Asylbewerberleistungen"


@pytest.mark.parametrize(
    "query",
    ["abstimmung:mehrheitlich", "konferenz:20.IntMK", "mit:protokollnotiz", "antrag:alle", "seit:2025-04 bis:2025-04"],
)
async def test_filters_give_what_the_gold_says(seed_talk: Talk, seeds: Seeds, query: str) -> None:
    states = set(seed_talk.services.states.names)
    fit = {
        "abstimmung:mehrheitlich": [one["vote"] == "mehrheitlich" for one in seeds.gold["resolutions"]],
        "mit:protokollnotiz": [bool(one["protocol_notes"]) for one in seeds.gold["resolutions"]],
        "antrag:alle": [set(one["applicants"]) == states for one in seeds.gold["resolutions"]],
    }.get(query, [True for _ in seeds.gold["resolutions"]])
    reply = await seed_talk.say(f"/suche {query}", hits=100)
    assert [hit.number for hit in reply.hits] == [
        one["number"] for one, fits in zip(seeds.gold["resolutions"], fit, strict=True) if fits
    ]
    assert {hit.body for hit in reply.hits} == {"IntMK"}


async def test_notes_of_a_land_by_filter_are_those_of_its_page(seed_talk: Talk) -> None:
    for state in seed_talk.services.states.names:
        page = [hit.number for hit in (await seed_talk.say(f"/state {state}", hits=100)).hits]
        filtered = [
            hit.number
            for role in ("antrag", "notiz", "dagegen", "enthalten")
            for hit in (await seed_talk.say(f"/suche {role}:{state}", hits=100)).hits
        ]
        assert filtered == page, state


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("/an Bund Sprachkurse", "5.2"),
        ("/an Schulkommission", "1"),
        ("/gesetz § 25a AufenthG", "6.5"),
        ("/gesetz § 32 Abs. 2 BeschV", "6.1"),
        ("/suche gesetz:AufenthG Ukraine", "6.6"),
        ("/suche Einbürgerung an:Bund", "5.2"),
    ],
)
async def test_facts_of_the_conference(seed_talk: Talk, line: str, number: str) -> None:
    assert number in [hit.number for hit in (await seed_talk.say(line)).hits]


async def test_deadlines_before_and_after_a_day(seed_talk: Talk) -> None:
    """Asked on 6 March 2026."""
    assert {hit.number for hit in (await seed_talk.say("/fristen")).hits} == {"3.1"}
    past = await seed_talk.say("/fristen vorbei")
    assert past.hits[0].number == "6.6"
    assert {hit.number for hit in past.hits} == {"6.5", "6.6"}, "5.2 only notes until when there is money"


@pytest.mark.parametrize(
    ("typed", "numbers", "why"),
    [
        ("vorbei Ukraine", {"6.6"}, "a word"),
        ("Chancenaufenthalt vorbei", {"6.5"}, "the word for what is over behind it"),
        ("vorbei gesetz:AufenthG", {"6.5", "6.6"}, "a filter"),
        ("antrag:alle", {"3.1"}, "what is still to come"),
        ("konferenz:KMK", set(), "a filter that nothing fits"),
        ("vorbei Mecklenburg-Vorpommern antrag:Berlin -Ukraine", set(), "all of it must hold"),
    ],
)
async def test_deadlines_of_what_a_search_finds(seed_talk: Talk, typed: str, numbers: set[str], why: str) -> None:
    assert {hit.number for hit in (await seed_talk.say(f"/fristen {typed}")).hits} == numbers, why


async def test_deadlines_of_a_land_are_those_that_it_has_to_do_with(seed_talk: Talk) -> None:
    by_name, by_filter = [(await seed_talk.say(f"/fristen vorbei {typed}")) for typed in ("MV", "land:MV")]
    assert [hit.number for hit in by_name.hits] == [hit.number for hit in by_filter.hits]
    assert "6.6" in {hit.number for hit in by_name.hits}
    assert "/fristen vorbei" in commands(by_name)


async def test_a_wrong_filter_of_deadlines_says_what_would_be_right(seed_talk: Talk) -> None:
    reply = await seed_talk.say("/fristen land:Bayren")
    assert reply.error
    assert "/fristen land:Bayern" in commands(reply)


async def test_every_demand_of_the_bund_is_shown_word_for_word(seed_talk: Talk, seeds: Seeds) -> None:
    reply = await seed_talk.say("/an Bund", page=100)
    demands = read_document(seeds.intmk.read_bytes(), "x").resolutions
    asked = [one.text for each in demands for one in each.demands if one.addressee == "Bund"][:20]
    assert len(asked) == 20
    assert [text for text in asked if text not in reply.text] == []
