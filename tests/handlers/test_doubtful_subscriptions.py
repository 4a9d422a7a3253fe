"""Rhythms as people write them, and subscriptions that would never bring anything."""

from __future__ import annotations

import pytest

from handlers.command import parse_command
from handlers.command_types import Subscribe
from storage import subscriptions
from tests.handlers.samples import CHAT, Talk

RHYTHMS = [
    ("Sprachkurse Frauen montags", "Sprachkurse Frauen", "weekly"),
    ("Sprachkurse, montags", "Sprachkurse", "weekly"),
    ("Sprachkurse jeden Montag", "Sprachkurse", "weekly"),
    ("Sprachkurse wöchentlich montags", "Sprachkurse", "weekly"),
    ("wöchentlich Sprachkurse", "Sprachkurse", "weekly"),
    ("Sofort: Sprachkurse", "Sprachkurse", "immediate"),
    ("täglich Sprachkurse Frauen", "Sprachkurse Frauen", "digest"),
    ("Sprachkurse every day", "Sprachkurse", "digest"),
    ("Sprachkurse on Mondays", "Sprachkurse", "weekly"),
    ("montags", "montags", None),
    ("Montagsdemonstration", "Montagsdemonstration", None),
    ('Sprachkurse "montags"', 'Sprachkurse "montags"', None),
]


@pytest.mark.parametrize(("typed", "query", "rhythm"), RHYTHMS, ids=[typed for typed, _, _ in RHYTHMS])
def test_a_rhythm_is_understood_where_people_put_it(typed: str, query: str, rhythm: str | None) -> None:
    command = parse_command(f"/abo {typed}")
    assert isinstance(command, Subscribe)
    assert (command.query, command.rhythm) == (query, rhythm)


async def held(talk: Talk) -> list[str]:
    async with talk.services.database.read() as conn:
        return [one.query for one in await subscriptions.of_chat(conn, CHAT)]


@pytest.mark.parametrize(
    ("language", "unstored", "save"),
    [("de", "Noch ist nichts gespeichert", "Abonnieren"), ("en", "Nothing is stored yet", "Subscribe")],
)
async def test_words_that_find_nothing_are_asked_about_first(
    talk: Talk, language: str, unstored: str, save: str
) -> None:
    await talk.say(f"/sprache {language}")
    asked = await talk.say("/abo quatschxyz")
    assert unstored in asked.text
    assert await held(talk) == []
    (yes,) = (one for row in asked.buttons for one in row if one.label == save)
    await talk.say(yes.command)
    assert await held(talk) == ["quatschxyz"]


async def test_a_slip_of_the_pen_is_offered_as_it_was_meant(talk: Talk) -> None:
    asked = await talk.say("/abo Sprachkruse")
    assert "/abo topic Sprachkurse" in [one.command for row in asked.buttons for one in row]
    assert await held(talk) == []
