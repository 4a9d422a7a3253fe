"""/hilfe by situation: a short page for each, with examples that work; all commands on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.command import COMMANDS, CommandSpec, spec_of, spoken
from handlers.command_types import Help
from handlers.examples import example
from handlers.language import offer
from handlers.paging import ButtonRow, in_rows
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services

PAGES = ("search", "notify", "group", "settings", "privacy")
"""The situations, in their order; `help.<page>` among the texts."""

_COMMANDS = "commands"
_BACK = "übersicht"
"""Leads from a page back to the first one, in its place; /hilfe alone never takes the place of anything."""
_WORDS: Mapping[str, str] = {
    "suchen": "search",
    "search": "search",
    "abo": "notify",
    "notify": "notify",
    "gruppe": "group",
    "group": "group",
    "einstellungen": "settings",
    "settings": "settings",
    "datenschutz": "privacy",
    "privacy": "privacy",
    "befehle": _COMMANDS,
    "commands": _COMMANDS,
}
"""What may stand behind /hilfe. Buttons type the first word of each page."""

_TAPPABLE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "search": (("button.topics", "/themen"), ("button.filters", "/suche")),
    "notify": (("button.my_state", "/start land"), ("button.subscriptions", "/abos")),
    "settings": (("button.language", "/sprache"), ("button.subscriptions", "/abos")),
    "privacy": (("button.my_data", "/meine_daten"), ("button.erase", "/stopp")),
}
"""(label, command): what one would tap next on that page."""

_BELOW: Mapping[str, str] = {"search": "sign.legend"}
"""What stands below the examples."""


async def help_(command: Help, incoming: Incoming, services: Services) -> Reply:
    word = command.page.casefold().removeprefix("/")
    page = _WORDS.get(word)
    if page == _COMMANDS:
        return await _all_commands(services)
    if page:
        return await _page(page, services)
    spec = spec_of(word) if word else None
    if spec:
        return await _one_command(spec, services)
    return replace(await _front(incoming, services), replaces=word == _BACK)


async def _front(incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    to_pages = [Button(texts(f"help.{page}.title"), f"/hilfe {_word(page)}") for page in PAGES]
    every = Button(texts("help.commands"), f"/hilfe {_word(_COMMANDS)}")
    return Reply(
        (plain(texts("help.heading"), "heading"), plain(texts("help.front"))),
        (*await offer(incoming, services), *in_rows([*to_pages, every], 2)),
    )


async def examples(page: str, services: Services) -> tuple[tuple[str, str], ...]:
    """(what to type, what it does) of a page."""
    cited = (await example(services)).cited
    lines = services.texts(f"help.{page}.examples", cited=cited).strip().splitlines()
    return tuple((typed, does) for typed, _, does in (line.partition(" – ") for line in lines))


async def _page(page: str, services: Services) -> Reply:
    texts = services.texts
    told = tuple(_line(typed, does) for typed, does in await examples(page, services))
    ways = tuple(Button(texts(label), command) for label, command in _TAPPABLE.get(page, ()))
    below = (plain(texts(_BELOW[page])),) if page in _BELOW else ()
    return Reply(
        (plain(texts(f"help.{page}.title"), "heading"), plain(texts(f"help.{page}.text")), *told, *below),
        (*((ways,) if ways else ()), *_back(services)),
        replaces=True,
    )


async def _all_commands(services: Services) -> Reply:
    """Every command of the table with its use."""
    texts, cited = services.texts, (await example(services)).cited
    lines = tuple(
        _line(texts(f"command.{spec.name}.usage", cited=cited), texts(f"command.{spec.name}.does"))
        for spec in COMMANDS
        if spec.shown
    )
    blocks = (plain(texts("help.commands"), "heading"), *lines, plain(texts("help.notes")))
    return Reply(blocks, _back(services), replaces=True)


async def _one_command(spec: CommandSpec, services: Services) -> Reply:
    texts, cited = services.texts, (await example(services)).cited
    line = _line(texts(f"command.{spec.name}.usage", cited=cited), texts(f"command.{spec.name}.does"))
    also = [f"/{name}" for name in (spec.name, *spec.aliases) if f"/{name}" != spoken(spec.name, texts)]
    others = (plain(texts("help.also", names=", ".join(also))),) if also else ()
    return Reply((line, *others), _back(services), replaces=True)


def _line(typed: str, does: str) -> Block:
    return Block((Span(typed, "bold"), Span(f" – {does}")), "bullet")


def _back(services: Services) -> tuple[ButtonRow, ...]:
    return ((Button(services.texts("button.back"), f"/hilfe {_BACK}"),),)


def _word(page: str) -> str:
    return next(word for word, meant in _WORDS.items() if meant == page)
