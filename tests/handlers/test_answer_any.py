"""Help, unknown commands, and what holds for every reply whatever was typed."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.texts import Texts
from handlers.command import COMMANDS, Command, Problem, parse_command
from handlers.reply import Reply
from handlers.router import HANDLERS
from tests.handlers.samples import Talk, commands

LINES = [
    "",
    "/",
    "~",
    "/start",
    "/hilfe",
    "/topic",
    "/topic Sprachkurse",
    "/topic " + "Wort " * 300,
    "/topic " + "Ü" * 190,
    "/topic ' OR 1=1 --",
    '/topic "NEAR(" * AND NOT',
    "/topic Sprachkurse ab 999999",
    "/state",
    "/state Bayern ab 999999",
    "/state " + "Ü" * 190,
    "/beschluss",
    "/beschluss IntMK",
    "/beschluss #999999999999999",
    "/beschluss " + "9" * 190,
    "/beschluss " + "Ü" * 190,
    "/suche",
    "/suche land:",
    "/suche " + "-dagegen:MV " * 12 + "x",
    "/suche „" + "Ü" * 190,
    '/suche gesetz:"§ 25a AufenthG" an:"kommunale Spitzenverbände" land:Mecklenburg-Vorpommern',
    "/an",
    "/an Bund",
    "/an " + "Ü" * 190,
    "/gesetz § 25a AufenthG ab 99",
    "/gesetz " + "9" * 190,
    "/fristen",
    "/fristen vorbei ab 99",
    "/themen",
    "/themen Integration",
    "/themen " + "Ü" * 190,
    "/state Bayern genannt",
    "/state alle 16 Länder",
    "/neu ab 999999",
    "/abo",
    "/abo topic " + "Ü" * 190,
    "/abo state Atlantis",
    "/abos ab 999999",
    "/ende 999999999999999",
    "/rhythmus 999999999999999 täglich",
    "/digest nie und nimmer",
    "/stopp",
    "/notiz 999999999999999 999999999999999",
    "/einzelheiten 999999999999999",
    "/topci Sprachkurse",
    "/" + "ü" * 500,
    "/unsinn " + "ü" * 500,
    "🤖",
    "\ud800",
    "0",
    "null",
    "%s {query} {0}",
]


def fit(reply: Reply) -> None:
    """Never empty, and every button can be sent and pressed."""
    assert reply.blocks
    assert all(block.text.strip() for block in reply.blocks)
    typed = commands(reply)
    assert len(typed) <= 100
    for command in typed:
        assert 1 <= len(command.encode()) <= 64
        assert command.startswith("~") or understood(command)
    assert all(0 < len(button.label) <= 64 for row in reply.buttons for button in row)


def understood(command: str) -> bool:
    """A name alone ("/state" for "/ST") is fine: its reply offers what may stand behind it."""
    parsed = parse_command(command)
    return not isinstance(parsed, Problem) or parsed.kind == "missing"


@pytest.mark.parametrize("line", LINES, ids=[repr(line[:24]) for line in LINES])
async def test_any_line_gets_a_reply_that_can_be_sent(talk: Talk, empty_talk: Talk, line: str) -> None:
    for chat in (talk, empty_talk):
        fit(await chat.say(line))


async def test_help_names_every_command(talk: Talk) -> None:
    assert "/hilfe befehle" in commands(await talk.say("/hilfe"))
    text = (await talk.say("/hilfe befehle")).text
    texts = Texts.load()
    usages = {
        spec.name: texts(f"command.{spec.name}.usage", cited="12. BspMK TOP 1.1") for spec in COMMANDS if spec.shown
    }
    assert [name for name, usage in usages.items() if usage not in text] == []


async def test_start_shows_the_way(talk: Talk) -> None:
    reply = await talk.say("/start")
    assert "/hilfe" in reply.text
    for command in commands(reply):
        assert (await talk.say(command)).error is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/topci Sprachkurse", "/topic Sprachkurse"),
        ("/staet Bayern", "/state Bayern"),
        ("/hlife", "/hilfe"),
        ("/besch 5.2", "/beschluss 5.2"),
        ("/subscibe topic X", "/abo topic X"),
    ],
)
async def test_an_unknown_command_leads_to_the_nearest(talk: Talk, typed: str, meant: str) -> None:
    reply = await talk.say(typed)
    assert commands(reply)[0] == meant
    assert reply.error
    assert reply.suggestions[0] == meant.split()[0]


async def test_a_command_nothing_resembles(talk: Talk) -> None:
    reply = await talk.say("/quastenflosser")
    assert "/topic" in reply.suggestions
    assert commands(reply) == ["/hilfe"]


async def test_every_state_is_one_tap_away(talk: Talk) -> None:
    assert len(commands(await talk.say("/state"))) == 16


def test_every_command_has_a_handler() -> None:
    assert set(HANDLERS) == {*get_args(Command), Problem}


_NAMES = st.sampled_from([name for spec in COMMANDS for name in (spec.name, *spec.aliases)])
_PLAIN = ["Sprachkurse", "Bayern", "TOP", "2.1", "#2", "topic", "state", "täglich", "ab", "4", "„", '"', "ja", "1"]
_EXACT = ["land:", "-an:", "gesetz:", "§", "seit:2024", "alle", "genannt", "notiz:BY", "-Kinder"]
_WORDS = st.sampled_from([*_PLAIN, *_EXACT])
_LINES = st.text() | st.builds(
    "/{} {}".format, _NAMES, st.lists(_WORDS | st.text(max_size=8), max_size=5).map(" ".join)
)


# One store for all examples is right here: what one line changes, the next may meet.
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=_LINES)
async def test_whatever_is_typed_there_is_a_reply_that_can_be_sent(talk: Talk, line: str) -> None:
    fit(await talk.say(line))
