"""/topic: what is shown of a resolution, paging, and the help for words that find nothing."""

from __future__ import annotations

import pytest

from tests.handlers.samples import COURSES, LONG_NOTE, Talk, commands


async def test_the_best_comes_first_with_all_that_matters(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachkurse")
    assert reply.hits[0].number == "2.1"
    assert reply.total == 4
    assert reply.error is None
    for expected in (
        "TOP 2.1 – Leitantrag: Sprachkurse verlässlich finanzieren",
        "1. TOP 2.1",
        "12. BspMK, 4.–5. März 2026",
        "✓ einstimmig · Antrag: alle 16 Länder",
        f"{COURSES.items[1].text} (Ziffer 2, Z.\u00a03–4)",
        "Protokollnotiz von Bayern zu Ziffer 2 (Z.\u00a05–6)",
        COURSES.protocol_notes[0].text,
    ):
        assert expected in reply.text


async def test_buttons_lead_to_the_whole_the_next_page_and_a_subscription(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachkurse")
    typed = commands(reply)
    assert len([command for command in typed if command.startswith("/beschluss #")]) == 3
    assert "/topic Sprachkurse ab 4" in typed
    assert "/abo topic Sprachkurse" in typed
    for row in reply.buttons:
        for button in row:
            assert button.url or (await talk.say(button.command)).error is None


async def test_pages_together_show_every_result_once(talk: Talk) -> None:
    first, second = await talk.say("/topic Sprachkurse"), await talk.say("/topic Sprachkurse ab 4")
    numbers = [hit.number for hit in (*first.hits, *second.hits)]
    assert len(numbers) == len(set(numbers)) == first.total == second.total
    assert "1–3 von 4" in first.text
    assert "4 von 4" in second.text
    assert "/topic Sprachkurse ab 1" in commands(second)


async def test_a_page_beyond_the_end_says_so_and_leads_back(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachkurse ab 400")
    assert "So viele sind es nicht" in reply.text
    assert "/topic Sprachkurse ab 2" in commands(reply)


async def test_more_hits_can_be_named_than_shown(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachkurse", hits=20)
    assert len(reply.hits) == 4
    assert "/topic Sprachkurse ab 4" in commands(reply)
    wide = await talk.say("/topic Sprachkurse", page=10)
    assert len(wide.hits) == 4
    assert not [command for command in commands(wide) if " ab " in command]


async def test_long_notes_are_named_and_a_button_away(talk: Talk) -> None:
    reply = await talk.say("/topic Anerkennung ausländischer Abschlüsse")
    assert LONG_NOTE not in reply.text
    assert "Protokollnotizen: Sachsen und Thüringen; Bayern" in reply.text
    (button,) = [command for command in commands(reply) if command.startswith("/notizen")]
    assert LONG_NOTE in (await talk.say(button, whole=True)).text


async def test_doubts_of_the_reader_are_shown(talk: Talk) -> None:
    reply = await talk.say("/topic Fahrtkosten")
    assert "Nicht sicher erkannt: Der Ort fehlt.\nAntragsteller nicht sicher erkannt: „X“" in reply.text


async def test_a_slip_of_the_pen_shows_what_was_meant(talk: Talk) -> None:
    reply = await talk.say("/topic Sprachkruse")
    assert reply.suggestions[0] == "Sprachkurse"
    assert "Meinten Sie „Sprachkurse“?" in reply.blocks[0].text
    assert reply.hits[0].number == "2.1"


async def test_a_slip_in_one_of_two_words_is_mended(talk: Talk) -> None:
    reply = await talk.say("/topic Kinderbetreuung Sprachkruse")
    assert reply.hits[0].number == "3.1"
    assert "Kinderbetreuung" in reply.suggestions[0]


async def test_words_that_never_meet_give_what_holds_some_of_them(talk: Talk) -> None:
    reply = await talk.say("/topic Fahrtkosten Wohnraum")
    assert "Alle Wörter" in reply.blocks[0].text
    assert {hit.title for hit in reply.hits} == {"Fahrtkosten", "Wohnraum schaffen"}
    assert {"Fahrtkosten", "Wohnraum"} <= set(reply.suggestions)


async def test_a_question_in_a_whole_sentence_is_answered(talk: Talk) -> None:
    reply = await talk.say("Was hat die Konferenz zur Kinderbetreuung während eines Sprachkurses beschlossen?")
    assert reply.hits[0].number == "3.1"


async def test_pages_of_what_holds_some_words_go_on(talk: Talk) -> None:
    first = await talk.say("/topic Sprachkurse Quastenflosser")
    assert first.total == 4
    second = await talk.say("/topic Sprachkurse Quastenflosser ab 4")
    assert len(second.hits) == 1
    assert second.hits[0].number not in {hit.number for hit in first.hits}


@pytest.mark.parametrize("line", ["/topic Quastenflosser", "/topic xyzzy qwrtz", "Quastenflosser"])
async def test_an_unknown_word_never_meets_silence(talk: Talk, line: str) -> None:
    reply = await talk.say(line)
    assert reply.suggestions
    assert reply.text
    for command in commands(reply):
        assert (await talk.say(command)).hits


async def test_a_word_nobody_can_search_for(talk: Talk) -> None:
    reply = await talk.say("/topic …?!")
    assert reply.error
    assert "/thema Sprachkurse" in reply.text


async def test_a_line_without_a_slash_is_a_topic(talk: Talk) -> None:
    reply = await talk.say("Sprachkurse")
    assert reply.blocks[0].text.startswith("Ich habe das als /thema Sprachkurse verstanden.")
    assert reply.hits == (await talk.say("/topic Sprachkurse")).hits


async def test_a_state_without_a_slash_is_a_state(talk: Talk) -> None:
    reply = await talk.say("Freistaat Bayern")
    assert "/land Freistaat Bayern" in reply.blocks[0].text
    assert {hit.role for hit in reply.hits} == {"applicant", "protocol_note"}


async def test_long_words_in_buttons_come_back_through_a_token(talk: Talk) -> None:
    line = "/topic Sprachkurse für alle Zugewanderten dauerhaft finanzieren durch den Bund"
    reply = await talk.say(line)
    typed = commands(reply)
    assert all(len(command.encode()) <= 64 for command in typed)
    token = next(command for command in typed if command.startswith("~"))
    assert "Abonniert" in (await talk.say(token)).text


async def test_a_forgotten_token_says_so(talk: Talk) -> None:
    assert "gilt nicht mehr" in ((await talk.say("~unbekannt")).error or "")


async def test_nothing_stored_yet(empty_talk: Talk) -> None:
    reply = await empty_talk.say("/topic Sprachkurse")
    assert "Noch ist kein Beschluss gespeichert" in reply.text
    assert reply.suggestions
