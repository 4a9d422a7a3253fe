"""/beschluss, /notiz, /neu."""

from __future__ import annotations

import pytest

from tests.handlers.samples import ADDRESS, COURSES, LONG_NOTE, Talk, commands

ON_EVERY_STORE = True


async def test_the_newest_of_a_number_in_full(talk: Talk) -> None:
    reply = await talk.say("/beschluss 2.1")
    assert [(hit.session, hit.number) for hit in reply.hits] == [(12, "2.1"), (11, "2.1")]
    for item in COURSES.items:
        assert item.text in reply.text
    assert "Ziffer 2, Z.\u00a03–4\n" in reply.text
    assert "Protokollnotiz von Bayern zu Ziffer 2" in reply.text
    assert [span.url for block in reply.blocks for span in block.spans if span.style == "link"] == [ADDRESS]


async def test_the_same_number_elsewhere_is_a_button(talk: Talk) -> None:
    reply = await talk.say("/beschluss 2.1")
    (button,) = [one for row in reply.buttons for one in row if one.label == "11. BspMK, TOP 2.1"]
    assert "Wohnraum schaffen" in (await talk.say(button.command)).text


@pytest.mark.parametrize(
    "cited", ["11. BspMK TOP 2.1", "BspMK 11 2.1", "bspmk 11 top 2.1", "TOP 2.1 der 11. BspMK", "11. BspMK, TOP 2.1"]
)
async def test_a_session_can_be_named(talk: Talk, cited: str) -> None:
    assert [hit.session for hit in (await talk.say(f"/beschluss {cited}")).hits] == [11]


@pytest.mark.parametrize("cited", ["3.3.a", "3.3.A", "TOP 3.3.a"])
async def test_letters_in_any_case(talk: Talk, cited: str) -> None:
    reply = await talk.say(f"/beschluss {cited}")
    assert "Lehrkräfte" in reply.text
    assert "Abstimmung: nicht angegeben" in reply.text
    assert "Antragsteller: nicht angegeben" in reply.text


async def test_a_long_note_is_whole_here(talk: Talk) -> None:
    assert LONG_NOTE in (await talk.say("/beschluss 2.2", whole=True)).text


async def test_a_papers_section(talk: Talk) -> None:
    reply = await talk.say("/beschluss Handlungsfeld 4")
    assert reply.blocks[0].text == "Handlungsfeld 4 – Frühe Sprachbildung"
    assert "Gemeinsamer Fahrplan, Roadmap, 2. Mai 2024" in reply.text
    assert "Abstimmung" not in reply.text, "a paper has no vote"
    assert "fahrplan.txt" not in reply.text, "a file's name is nobody's business"


async def test_an_unknown_number_gets_its_neighbours(talk: Talk) -> None:
    reply = await talk.say("/beschluss 3.4")
    assert {"3.1", "3.2", "3.3.a"} <= set(reply.suggestions)
    assert reply.error
    assert "/beschluss 3.2" in commands(reply)


async def test_a_number_that_exists_in_another_session(talk: Talk) -> None:
    reply = await talk.say("/beschluss 12. BspMK TOP 9.9")
    assert reply.error
    elsewhere = await talk.say("/beschluss 10. BspMK TOP 2.1")
    assert elsewhere.suggestions == ("12. BspMK, TOP 2.1", "11. BspMK, TOP 2.1")
    assert "10. BspMK, TOP 2.1 gibt es nicht" in elsewhere.text


async def test_words_instead_of_a_number_can_be_searched(talk: Talk) -> None:
    assert "/topic Wohnraum schaffen" in commands(await talk.say("/beschluss Wohnraum schaffen"))


@pytest.mark.parametrize("line", ["/beschluss #9999", "/notiz 9999 1", "/notiz 1 99", "/notiz 1 0"])
async def test_what_is_gone(talk: Talk, line: str) -> None:
    reply = await talk.say(line)
    assert reply.error
    assert "/neu" in commands(reply)


async def test_nothing_stored_yet(empty_talk: Talk) -> None:
    assert (await empty_talk.say("/beschluss 5.2")).error
    assert "Noch ist kein Beschluss gespeichert" in (await empty_talk.say("/neu")).text


async def test_the_latest_by_conference(talk: Talk) -> None:
    reply = await talk.say("/neu")
    headings = [block.text for block in reply.blocks if block.kind == "heading"]
    assert headings == [
        "12. BspMK, Hauptkonferenz, 4.–5. März 2026, Musterstadt",
        "11. BspMK, 1. Oktober 2025",
        "Gemeinsamer Fahrplan, Roadmap, 2. Mai 2024",
    ]
    assert reply.total == len(reply.hits) == 9
    assert "Ausblick" in reply.text


async def test_the_latest_in_pages(talk: Talk) -> None:
    first, second = await talk.say("/neu", page=5), await talk.say("/neu ab 6", page=5)
    assert "/neu ab 6" in commands(first)
    assert "/neu ab 1" in commands(second)
    numbers = [(hit.session, hit.number) for hit in (*first.hits, *second.hits)]
    assert len(set(numbers)) == 9
    assert "So viele sind es nicht" in (await talk.say("/neu ab 400")).text
