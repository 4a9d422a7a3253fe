"""/state: applications and notes of one Land."""

from __future__ import annotations

import pytest

from feeds.record import ProtocolNote
from storage.intake import Arrival, take_in
from tests.handlers.samples import ALL_STATES, NOW, Talk, commands, publication, resolution

ON_EVERY_STORE = True


async def test_applications_first_then_notes(talk: Talk) -> None:
    reply = await talk.say("/state Bayern")
    assert [(hit.number, hit.role) for hit in reply.hits] == [
        ("2.1", "applicant"),
        ("2.2", "applicant"),
        ("2.1", "protocol_note"),
        ("2.2", "protocol_note"),
    ]
    assert reply.total == 4
    assert "2 Anträge, 2 Protokollnotizen" in reply.text
    assert "TOP 2.2 – Abschlüsse aus dem Ausland schneller anerkennen – ◐ mehrheitlich" in reply.text
    assert "Bayern weist auf die Haushaltslage des Bundes hin." in reply.text
    assert "Protokollnotiz von Sachsen und Thüringen" not in reply.text, "other Länder's notes are not Bayern's"


async def test_every_resolution_has_one_button(talk: Talk) -> None:
    typed = [command for command in commands(await talk.say("/state Bayern")) if command.startswith("/beschluss")]
    assert len(typed) == len(set(typed)) == 2


async def test_a_note_of_two_states_belongs_to_both(talk: Talk) -> None:
    for name in ("Sachsen", "Thüringen"):
        reply = await talk.say(f"/state {name}")
        assert "Protokollnotiz von Sachsen und Thüringen (Z.\u00a03)" in reply.text
        assert "stimmen nur dem ersten Absatz zu" in reply.text


@pytest.mark.parametrize("typed", ["by", "BAYERN", "Freistaat Bayern", "Land Bayern", "bavaria"])
async def test_usual_forms_of_the_name(talk: Talk, typed: str) -> None:
    assert (await talk.say(f"/state {typed}")).total == 4


async def test_pages(talk: Talk) -> None:
    first = await talk.say("/state Bayern", page=3)
    assert "/state Bayern ab 4" in commands(first)
    assert "1–3 von 4" in first.text
    second = await talk.say("/state Bayern ab 4", page=3)
    assert [hit.role for hit in second.hits] == ["protocol_note"]
    assert "So viele sind es nicht" in (await talk.say("/state Bayern ab 5")).text


async def test_hits_beyond_the_page(talk: Talk) -> None:
    assert len((await talk.say("/state Bayern", page=1, hits=10)).hits) == 4


async def test_a_slip_of_the_pen(talk: Talk) -> None:
    reply = await talk.say("/state Bayren")
    assert reply.suggestions == ("Bayern",)
    assert "Meinten Sie Bayern?" in reply.text
    assert reply.total == 4


async def test_an_unknown_name_gets_near_ones_or_all(talk: Talk) -> None:
    near = await talk.say("/state Sachsn-Anhlt")
    assert "Sachsen-Anhalt" in near.suggestions
    none = await talk.say("/state Atlantis")
    assert len(none.suggestions) == 16
    assert none.error
    assert "/topic Atlantis" in commands(none)


async def test_a_state_of_which_nothing_is_known(empty_talk: Talk) -> None:
    reply = await empty_talk.say("/state Saarland")
    assert "noch kein Antrag" in reply.text
    assert "/abo state Saarland" in commands(reply)


async def test_roles_are_told_apart_with_counts_and_buttons(empty_talk: Talk) -> None:
    """Applied, noted, voted against, abstained; where a Land is only named stands behind a button."""
    named = "Das Land Bayern berichtet. Alle anderen schweigen."
    roles = (
        resolution("1", "Antrag", applicants=("Bayern",)),
        resolution("2", "Notiz", protocol_notes=(ProtocolNote(("Bayern",), None, "Wir merken an.", (1, 1)),)),
        resolution("3", "Dagegen", against=("Bayern",), vote="mehrheitlich"),
        resolution("4", "Enthalten", abstained=("Bayern", "Hessen")),
        resolution("5", "Genannt", named),
        resolution("6", "Alle", applicants=ALL_STATES),
    )
    reading = publication("resolutions", roles, body="BspMK", session=12, date_start=NOW.date())
    services = empty_talk.services
    async with services.database.begin() as conn:
        await take_in(conn, Arrival(reading, None, "12.pdf", NOW, silent=True), services.analyser, services.topics)
    reply = await empty_talk.say("/state Bayern")
    assert [(hit.number, hit.role) for hit in reply.hits] == [
        ("1", "applicant"),
        ("6", "applicant"),
        ("2", "protocol_note"),
        ("3", "against"),
        ("4", "abstained"),
    ]
    assert "2 Anträge, 1 Protokollnotiz, 1-mal dagegen, 1-mal enthalten, in 1 Text genannt" in reply.text
    assert "dagegen: BY" in reply.text
    for role, number in (("antrag", "1"), ("notiz", "2"), ("dagegen", "3"), ("enthalten", "4"), ("genannt", "5")):
        assert f"/state Bayern {role}" in commands(reply)
        one = await empty_talk.say(f"/state Bayern {role}")
        assert one.hits[0].number == number
        assert one.total == (2 if role == "antrag" else 1)
    assert "Das Land Bayern berichtet." in (await empty_talk.say("/state Bayern genannt")).text
    assert "Eine Gegenstimme ist nicht darunter." in (await empty_talk.say("/state Hessen dagegen")).text
    everybody = await empty_talk.say("/state alle 16")
    assert [hit.number for hit in everybody.hits] == ["6"]
    assert "alle 16 Länder" in everybody.text


async def test_pages_go_on_from_one_role_to_the_next(talk: Talk) -> None:
    found = []
    for first in range(1, 5):
        reply = await talk.say(f"/state Bayern ab {first}", page=1)
        found += [(hit.number, hit.role) for hit in reply.hits]
    assert found == [(hit.number, hit.role) for hit in (await talk.say("/state Bayern")).hits]


async def test_a_note_of_all_is_called_so(empty_talk: Talk) -> None:
    reading = publication(
        "resolutions", (resolution("1", "Titel", protocol_notes=(ProtocolNote(ALL_STATES, 2, "Gemeinsam."),)),)
    )
    services = empty_talk.services
    async with services.database.begin() as conn:
        await take_in(conn, Arrival(reading, None, "1.pdf", NOW, silent=True), services.analyser, services.topics)
    reply = await empty_talk.say("/state Bremen")
    assert "Protokollnotiz von allen 16 Ländern zu Ziffer 2" in reply.text


@pytest.mark.parametrize("line", ["/state Atlantis", "/abo state Atlantis"])
async def test_all_names_stand_in_the_text_too(talk: Talk, line: str) -> None:
    assert "Das sind die Länder: Baden-Württemberg, Bayern, " in (await talk.say(line)).blocks[0].text


async def test_near_names_are_a_question_with_or(talk: Talk) -> None:
    reply = await talk.say("/state Baden")
    assert reply.suggestions[0] == "Baden-Württemberg"
    assert " oder „" in reply.text
    assert " und „" not in reply.text
