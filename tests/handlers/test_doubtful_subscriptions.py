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
    ("language", "waits"), [("de", "wartet auf den ersten"), ("en", "waits for the first")], ids=["de", "en"]
)
async def test_what_has_not_been_decided_yet_can_be_waited_for(talk: Talk, language: str, waits: str) -> None:
    await talk.say(f"/sprache {language}")
    reply = await talk.say("/abo quatschxyz")
    assert waits in reply.text
    assert await held(talk) == ["quatschxyz"]
    (undo,) = (one for row in reply.buttons for one in row if one.command.startswith("/ende "))
    await talk.say(undo.command)
    assert await held(talk) == []


async def test_a_slip_of_the_pen_is_offered_as_it_was_meant(talk: Talk) -> None:
    reply = await talk.say("/abo Sprachkruse")
    assert "/abo topic Sprachkurse" in [one.command for row in reply.buttons for one in row]
