"""/hilfe by situation: short pages, and examples that do what they promise, in every language."""

from __future__ import annotations

import pytest

from config.texts import Languages
from handlers.command import COMMANDS, Problem, parse_command
from handlers.help_pages import PAGES, examples
from handlers.reply import Reply
from handlers.speaking import speaking
from tests.handlers.samples import Talk, commands

LANGUAGES = Languages.load()


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("page", PAGES)
async def test_every_example_of_the_help_works(talk: Talk, code: str, page: str) -> None:
    await talk.say(f"/sprache {code}")
    shown = await examples(page, speaking(code, talk.services))
    assert len(shown) >= 2
    for example, does in shown:
        reply = await talk.say(example)
        assert reply.error is None, (example, reply.error)
        assert does


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_every_command_is_explained_by_an_example_that_is_understood(code: str) -> None:
    texts = LANGUAGES.of(code)
    for spec in COMMANDS:
        assert not isinstance(parse_command(texts(f"command.{spec.name}.usage", cited="20. IntMK TOP 5.2")), Problem), (
            spec.name
        )


@pytest.mark.parametrize("code", LANGUAGES.codes)
async def test_the_first_page_leads_to_every_situation(talk: Talk, code: str) -> None:
    await talk.say(f"/sprache {code}")
    front = await talk.say("/hilfe")
    texts = LANGUAGES.of(code)
    assert labels(front) == [*(texts(f"help.{page}.title") for page in PAGES), texts("help.commands")]
    assert len(front.text) < 500
    for command in commands(front):
        page = await talk.say(command)
        assert page.error is None
        assert commands(page)[-1] == "/hilfe übersicht"


@pytest.mark.parametrize("code", LANGUAGES.codes)
async def test_pages_fit_a_telephone(talk: Talk, code: str) -> None:
    await talk.say(f"/sprache {code}")
    for command in commands(await talk.say("/hilfe"))[: len(PAGES)]:
        assert len((await talk.say(command)).text) < 1000


async def test_pages_take_the_place_of_each_other_but_of_nothing_else(talk: Talk) -> None:
    """/hilfe stands below results, which must not vanish when it is tapped."""
    assert not (await talk.say("/hilfe", pressed="7")).replaces
    assert (await talk.say("/hilfe suchen", pressed="7")).replaces
    assert (await talk.say("/hilfe übersicht", pressed="7")).replaces


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("/hilfe digest", "/digest 07:30", "a command by its name"),
        ("/hilfe /abo", "/abo Sprachkurse", "with its slash"),
        ("/hilfe search", "Ich suche …", "an English name in German"),
        ("/help Datenschutz", "Datenschutz", "in any case"),
        ("/hilfe Quastenflosser", "Wobei kann ich helfen?", "nothing known: the first page"),
    ],
)
async def test_help_on_something(talk: Talk, line: str, expected: str, why: str) -> None:
    assert expected in (await talk.say(line)).text, why


async def test_help_on_a_command_names_its_other_names(talk: Talk) -> None:
    assert "/state" in (await talk.say("/hilfe land")).text
