"""What is said out of politeness is answered in kind; whoever searches for such a word can."""

from __future__ import annotations

import pytest

from config.texts import Languages
from tests.handlers.samples import Talk, commands

LANGUAGES = Languages.load()


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("said", ["Danke!", "vielen Dank", "Thank you.", "thanks :-)"])
async def test_thanks(talk: Talk, code: str, said: str) -> None:
    await talk.say(f"/sprache {code}")
    reply = await talk.say(said)
    assert (reply.text, reply.error) == (LANGUAGES.of(code)("courtesy.welcome"), None)
    assert "/hilfe" in commands(reply)


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("said", ["Guten Tag", "Moin!", "hello", "Good morning"])
async def test_a_greeting(talk: Talk, code: str, said: str) -> None:
    await talk.say(f"/sprache {code}")
    assert LANGUAGES.of(code)("start.hello") in (await talk.say(said)).text


@pytest.mark.parametrize("line", ["/thema Danke", "Danke für Sprachkurse", "hi Sprachkurse"])
async def test_a_search_stays_a_search(talk: Talk, line: str) -> None:
    text = (await talk.say(line)).text
    assert text not in (talk.services.texts("courtesy.welcome"), talk.services.texts("start.hello"))


@pytest.mark.parametrize("line", ["/pause", "/ruhe", "/rhythmus", "/ende", "/notiz", "/merken #", "/datei"])
async def test_nothing_typed_is_not_quoted(talk: Talk, line: str) -> None:
    assert "„“" not in (await talk.say(line)).text
