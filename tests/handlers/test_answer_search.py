"""/suche, and filters wherever a topic is asked for: results, buttons, and help with what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from config.topics import Topic
from feeds.query_language import FILTERS
from feeds.words import Analyser
from storage.index_files import IndexFolder
from storage.search_index import SearchIndex
from tests.handlers.conftest import services_at
from tests.handlers.samples import Talk, commands

ON_EVERY_STORE = True


@pytest.mark.parametrize("command", ["/suche", "/topic", "/thema", "/search"])
async def test_every_way_to_ask_takes_filters(talk: Talk, command: str) -> None:
    reply = await talk.say(f"{command} Sprachkurse notiz:Bayern")
    assert [hit.number for hit in reply.hits] == ["2.1"]
    assert reply.error is None


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("land:Hessen", ["2.1", "2.2"]),
        ("antrag:alle", ["2.1"]),
        ("konferenz:12.BspMK abstimmung:mehrheitlich", ["2.2"]),
        ("konferenz:BspMK bis:2025", ["2.1"]),
        ("mit:protokollnotiz -notiz:Sachsen", ["2.1"]),
        ('Sprachkurse -"Sprachkurse verlässlich finanzieren" -Fahrtkosten -Lehrkräfte', ["3.1"]),
        ("thema:Wohnen", ["2.1"]),
    ],
)
async def test_filters_alone_and_together(talk: Talk, typed: str, numbers: list[str]) -> None:
    reply = await talk.say(f"/suche {typed}")
    assert [hit.number for hit in reply.hits] == numbers
    assert reply.total == len(numbers)


async def test_hits_say_what_a_land_has_to_do_with_them(talk: Talk) -> None:
    assert [hit.role for hit in (await talk.say("/suche notiz:Sachsen")).hits] == ["protocol_note"]
    assert {hit.role for hit in (await talk.say("/suche antrag:Bayern")).hits} == {"applicant"}
    assert {hit.role for hit in (await talk.say("/suche abstimmung:mehrheitlich")).hits} == {"text"}
    assert all(hit.score > 0 for hit in (await talk.say("/suche land:Bayern")).hits)


async def test_pages_and_subscriptions_keep_the_filters(talk: Talk) -> None:
    reply = await talk.say("/suche Sprachkurse konferenz:BspMK", page=1)
    assert "/topic Sprachkurse konferenz:BspMK ab 2" in commands(reply)
    assert "/abo topic Sprachkurse konferenz:BspMK" in commands(reply)
    second = await talk.say("/topic Sprachkurse konferenz:BspMK ab 2", page=1)
    assert second.hits[0].number != reply.hits[0].number
    assert second.total == reply.total == 4


async def test_a_slip_in_a_filter_is_explained_and_one_tap_from_right(talk: Talk) -> None:
    for typed in ("Sprachkurse lnad:Bayern", "Sprachkurse land:Bayren"):
        reply = await talk.say(f"/suche {typed}")
        assert reply.error
        assert "ab Zeichen 13" in reply.text
        assert reply.suggestions[0] == "land:Bayern"
        assert (await talk.say(commands(reply)[0])).hits[0].number == "2.1"


@pytest.mark.parametrize(
    "typed", ["land:", "foo:bar", "seit:gestern", "-Kinder", "Kita -seit:2024", "seit:2025 bis:2024"]
)
async def test_what_is_wrong_leads_to_the_filters(talk: Talk, typed: str) -> None:
    for command in ("/suche", "/abo"):
        reply = await talk.say(f"{command} {typed}")
        assert reply.error
        assert "/suche" in commands(reply)


async def test_conditions_that_leave_nothing_are_dropped_one_by_one(talk: Talk) -> None:
    reply = await talk.say("/suche Sprachkurse notiz:Bayern abstimmung:mehrheitlich")
    assert "Mit weniger Bedingungen" in reply.text
    typed = commands(reply)
    assert "/topic Sprachkurse notiz:Bayern" in typed
    assert "/topic Sprachkurse" in typed
    for command in typed:
        assert (await talk.say(command)).hits


async def test_a_slip_in_a_word_keeps_the_filters(talk: Talk) -> None:
    reply = await talk.say("/suche Sprachkruse notiz:Bayern")
    assert "Meinten Sie „Sprachkurse“?" in reply.text
    assert [hit.number for hit in reply.hits] == ["2.1"]


async def test_nothing_at_all_is_said(talk: Talk) -> None:
    assert "gibt es nichts" in (await talk.say("/suche konferenz:IMK")).text
    assert (await talk.say("/suche Quastenflosser konferenz:IMK")).suggestions


async def test_search_alone_explains_every_filter_with_examples_that_work(talk: Talk) -> None:
    reply = await talk.say("/suche")
    texts = talk.services.texts
    assert [name for name in FILTERS if texts(f"filter.{name}.example") not in reply.text] == []
    for name in FILTERS:
        assert (await talk.say(f"/suche {texts(f'filter.{name}.example')}")).error is None, name
    for command in commands(reply):
        assert (await talk.say(command)).error is None


async def test_a_search_is_subscribed_to_as_it_is_understood(talk: Talk) -> None:
    reply = await talk.say("/abo Sprachkurse  notiz:by seit:2024 täglich")
    assert "Suche „Sprachkurse notiz:Bayern seit:2024“" in reply.text
    assert "täglich" in reply.text
    assert "TOP 2.1" in reply.text, "the last matches"
    assert "Suche „Sprachkurse notiz:Bayern seit:2024“" in (await talk.say("/abos")).text
    again = await talk.say("/abo notiz:Bayern Sprachkurse ab:2024")
    assert "schon abonniert" in again.text


async def test_a_land_with_more_is_a_search(talk: Talk) -> None:
    reply = await talk.say("/abo state Bayern konferenz:BspMK")
    assert "Suche „land:Bayern konferenz:BspMK“" in reply.text
    assert "Land Bayern" in (await talk.say("/abo state Bayern")).text


async def test_too_many_words_once_spelt_out_are_too_long(talk: Talk) -> None:
    reply = await talk.say("/suche " + " ".join(f"-dagegen:{name}" for name in ("MV", "NRW", "ST", "RP")) * 3 + " x")
    assert reply.blocks


async def test_while_the_index_is_being_made_nothing_is_denied(
    filled_url: str, tmp_path: Path, analyser: Analyser, topics: Sequence[Topic]
) -> None:
    """Another process makes it, and is slow: neither is the word said to stand nowhere nor is anything proposed."""
    folder = tmp_path / "lost.index"
    async with services_at(filled_url, folder, analyser, topics) as services:
        index = SearchIndex(filled_url, folder, analyser, topics, services.states, patience=0.1)
        with IndexFolder(folder).locked() as held:
            assert held
            reply = await Talk(replace(services, index=index)).say("/topic Wohnraum")
        await index.close()
    assert reply.text.startswith("Die Suche wird gerade aufgebaut: Ob es zu „Wohnraum“ etwas gibt")
    assert not reply.suggestions


async def test_a_word_beside_a_topic_that_stands_nowhere_shows_the_topic(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachniveau")
    assert reply.text.startswith("„Sprachniveau“ steht so in keinem Beschluss. Zum Thema „Sprachkurse“ gibt es:")
    assert [hit.number for hit in reply.hits] == [hit.number for hit in (await talk.say("/topic Sprachkurse")).hits]
    assert (reply.hits[0].id, reply.hits[0].revision) > (0, 0)
