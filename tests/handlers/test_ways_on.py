"""A search that finds nothing never ends there: what to drop, what to change, what was meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.catalogue import Source
from config.texts import Languages
from feeds.record import SectionHeading
from handlers.document_name import conference, document_name
from handlers.outlook import outlook_blocks
from handlers.render_resolution import short_name
from storage.search import Outlook
from tests.handlers.samples import Talk, commands, resolution, stored

TEXTS = Languages.load().of("de")
ON_EVERY_STORE = True


@pytest.mark.parametrize(
    ("typed", "way", "why"),
    [
        ("dagegen:Sachsen", "notiz:Sachsen", "the Land in another role"),
        ("konferenz:30.BspMK", "konferenz:BspMK", "the conference of a session"),
        ("konferenz:IMK", "konferenz:BspMK", "a conference that there is something of"),
        ("abstimmung:abgelehnt", "abstimmung:einstimmig", "another result"),
        ("mit:frist", "mit:protokollnotiz", "what else can be with it"),
        ("Sprachkurse dagegen:Sachsen", "Sprachkurse", "without the condition"),
        ("Wohnraum antrag:Bayern", "Wohnraum", "without the condition"),
        ('"Sprachkurse Kinderbetreuung"', "Sprachkurse Kinderbetreuung", "the words anywhere"),
    ],
)
async def test_a_condition_is_dropped_or_changed(talk: Talk, typed: str, way: str, why: str) -> None:
    reply = await talk.say(f"/suche {typed}")
    assert not reply.hits
    assert way in reply.suggestions, why
    for command in commands(reply):
        assert (await talk.say(command)).total, f"{command} was offered"


@pytest.mark.parametrize("typed", ["seit:2030", "bis:1990"])
async def test_where_nothing_can_be_changed_there_is_a_way_all_the_same(talk: Talk, typed: str) -> None:
    reply = await talk.say(f"/suche {typed}")
    assert {"/neu", "/suche"} <= set(commands(reply))


@pytest.mark.parametrize("line", ["/suche", "/abo", "/fristen", "/an Bund", "/gesetz AufenthG", "/karte", "/trend"])
async def test_a_conference_that_nobody_knows_is_an_error_everywhere(talk: Talk, line: str) -> None:
    reply = await talk.say(f"{line} konferenz:XYZMK")
    assert reply.error
    assert "XYZMK" in reply.error
    assert "konferenz:BspMK" in reply.suggestions, "one that there is something of"


async def test_what_is_backwards_is_told_in_the_language_of_the_chat(talk: Talk) -> None:
    await talk.say("/language en")
    assert "since:2024 until:2020" in (await talk.say("/search seit:2024 bis:2020")).text


async def test_a_number_that_is_searched_for_leads_to_its_resolution(talk: Talk) -> None:
    assert "/beschluss 9.99" in commands(await talk.say("/topic 9.99"))


async def test_where_nothing_is_alike_the_largest_topics_are_offered(talk: Talk) -> None:
    assert (await talk.say("/topic Quastenflosser")).suggestions[0] == "Sprachkurse"


async def test_following_a_conference_that_nobody_knows(talk: Talk) -> None:
    assert (await talk.say("/folgen XYZMK")).error


@pytest.mark.parametrize("typed", ["BspMK", "12.BspMK", "IMK", "BMK"])
async def test_a_conference_that_is_stored_or_listed_is_none(talk: Talk, typed: str) -> None:
    assert (await talk.say(f"/suche konferenz:{typed}")).error is None


async def test_a_conference_that_is_watched_is_known(talk: Talk) -> None:
    watched = replace(talk.services, sources=(Source("neu", "Neue Konferenz", "feed", body="NeuMK"),))
    assert (await replace(talk, services=watched).say("/abo konferenz:NeuMK")).error is None
    assert (await talk.say("/abo konferenz:NeuMK")).error


async def test_a_topic_is_called_by_its_name(talk: Talk) -> None:
    reply = await talk.say("/suche thema:sprachmittlung,")
    assert "thema:Sprachmittlung" in reply.text
    assert "thema:Sprachmittlung" in (await talk.say("/abo thema:sprachmittlung")).text


@pytest.mark.parametrize(("typed", "known"), [("Sprachkruse", "Sprachkurse"), ("Quastenflosser", "Sprachkurse")])
async def test_a_deadline_of_an_unknown_word(talk: Talk, typed: str, known: str) -> None:
    reply = await talk.say(f"/fristen {typed}")
    assert known in reply.suggestions
    assert "/fristen" in commands(reply)


async def test_something_without_a_deadline(talk: Talk) -> None:
    reply = await talk.say("/fristen Wohnraum")
    assert "1 Beschluss" in reply.text
    assert "/topic Wohnraum" in commands(reply)


@pytest.mark.parametrize("language", ["/language en", "/sprache de"])
async def test_an_english_word_names_a_topic(talk: Talk, language: str) -> None:
    await talk.say(language)
    reply = await talk.say("/topic housing")
    assert [hit.title for hit in reply.hits] == ["Wohnraum schaffen"]


async def test_a_topic_that_nothing_speaks_of_is_still_known(talk: Talk) -> None:
    reply = await talk.say("/topic Cybersicherheit")
    assert "Thema „Cybersicherheit“" in reply.text
    assert "/abo topic Cybersicherheit" in commands(reply)
    assert reply.suggestions


@pytest.mark.parametrize("typed", ["Quatsch", "X", "x y z"])
async def test_a_word_is_near_to_no_number(talk: Talk, typed: str) -> None:
    reply = await talk.say(f"/beschluss {typed}")
    assert "In der Nähe" not in reply.text
    assert reply.error
    assert "5.2" in reply.text, "how one is cited"


def test_parts_of_papers_are_told_apart() -> None:
    part = resolution("1", "Steuerung", section="Handlungsfeld")
    named = stored(part, kind="paper", title="Fahrplan Bildung", body=None)
    assert short_name(named, TEXTS) == "Handlungsfeld 1, Fahrplan Bildung"
    untitled = stored(part, kind="paper", title=None, body=None, sections=(SectionHeading(None, "Ein guter Anfang"),))
    assert document_name(untitled.publication, TEXTS) == "Papier „Ein guter Anfang …“"
    bare = stored(part, kind="paper", title=None, body=None, address="https://a.example/Fahrplan%202025.pdf")
    assert short_name(bare, TEXTS) == "Handlungsfeld 1, Dokument Fahrplan 2025.pdf"
    assert conference(bare.publication, TEXTS).startswith("Dokument Fahrplan 2025.pdf, ")


@pytest.mark.parametrize(
    ("steady", "told", "why"),
    [(True, "etwa 3 im Jahr", "a rate"), (False, "Bisher 7 Beschlüsse; zuletzt", "one day tells none")],
)
def test_how_often_is_told_only_where_it_is_known(talk: Talk, steady: bool, told: str, why: str) -> None:
    seen = Outlook(7, 3.1, 40.0, (), steady=steady)
    (block,) = outlook_blocks(seen, "Kita", talk.services)
    assert told in block.text, why
    assert ("im Jahr" in block.text) == steady


async def test_one_number_in_several_documents_is_told_apart(talk: Talk) -> None:
    reply = await talk.say("/beschluss 2.1", whole=True)
    assert "11. BspMK, TOP 2.1 – Wohnraum schaffen" in [block.text for block in reply.blocks]
