"""What people try that is nearly right, and questions in groups."""

from __future__ import annotations

import pytest

from storage import subscriptions
from tests.handlers.samples import CHAT, Talk, commands


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/export Sprachkurse xlsx", "CSV"),
        ("/datei 3.1 xml", "PDF und Text"),
        ("/kalender vorbei", "Bisher ist kein Termin vorbei."),
        ("/pause bis 20.3.2026", "20. März 2026"),
        ("/pause bis 20.3.2020", "ist keine Dauer"),
        ("/pause bis 20.3.2029", "ist keine Dauer"),
    ],
)
async def test_what_is_nearly_right_is_understood_or_set_right(talk: Talk, line: str, said: str) -> None:
    assert said in (await talk.say(line)).text


@pytest.mark.parametrize(
    ("language", "said"), [("de", "CSV (für Tabellenprogramme)"), ("en", "CSV (for spreadsheets)")]
)
async def test_forms_are_named_in_both_languages(talk: Talk, language: str, said: str) -> None:
    await talk.say(f"/sprache {language}")
    assert said in (await talk.say("/export Sprachkurse xlsx")).text


async def test_a_list_that_was_shown_waits_while_something_else_is_asked(talk: Talk) -> None:
    shown = await talk.say("/abo import /abo thema Sprachkurse sofort /abo land Bayern sofort")
    await talk.say("Sprachkurse")
    await talk.say("/neu")
    (add,) = (command for command in commands(shown) if command.endswith("import ja"))
    await talk.say(add)
    async with talk.services.database.read() as conn:
        assert len(await subscriptions.of_chat(conn, CHAT)) == 2


async def test_a_list_that_was_cancelled_is_not_added(talk: Talk) -> None:
    await talk.say("/abo import /abo thema Sprachkurse sofort")
    await talk.say("/abbrechen")
    assert (await talk.say("/abo import ja")).error


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Antworten Sie dafür auf diese Nachricht"), ("en", "Please reply to this message")]
)
async def test_a_question_in_a_group_says_how_it_is_answered(talk: Talk, language: str, said: str) -> None:
    group = {"kind": "group", "user": CHAT}
    await talk.say(f"/sprache {language}", **group)
    await talk.say("/abo thema Sprachkurse", **group)
    assert said in (await talk.say("/meinabo 1 name", **group)).text
    assert said not in (await talk.say("Mein Name", **group)).text
    assert said not in (await talk.say("/abos", **group)).text
    await talk.say("/meinabo 1 name")
    assert said not in (await talk.say("/neu")).text, "a private chat has no need of it"
