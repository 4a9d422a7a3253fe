"""Lines that cannot be carried out: what was wrong, what would be right, and a button to it."""

from __future__ import annotations

from config.near_words import nearest_words
from config.texts import Texts
from handlers.command import COMMANDS, spoken
from handlers.command_arguments import MAX_QUERY, as_argument
from handlers.command_types import Problem
from handlers.examples import Example, example
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import either, shortened
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.state import state_buttons

_NEAREST = 3
_SHOWN = 60
_QUOTES = frozenset(["time", "reference", "id", "days", "span", "table_form", "document_form"])
"""What the text about it repeats."""


async def explain(problem: Problem, _incoming: Incoming, services: Services) -> Reply:
    if problem.kind == "unknown":
        return _unknown(problem, services)
    return _wrong(problem, await example(services), services)


def old_button(services: Services) -> Reply:
    """A tap on a button whose command is no longer kept."""
    text = services.texts("problem.old_button")
    return Reply((plain(text),), (_help(services),), error=text)


def _wrong(problem: Problem, right: Example, services: Services) -> Reply:
    texts = services.texts
    usage = texts(f"command.{problem.command}.usage", cited=right.cited) if problem.command else ""
    # Of a command without anything behind it there is nothing to be quoted.
    kind = "missing" if problem.kind in _QUOTES and not problem.given else problem.kind
    text = texts(f"problem.{kind}", usage=usage, given=shortened(problem.given, _SHOWN), limit=MAX_QUERY)
    return Reply((plain(text),), _examples(problem, services), error=text)


def _examples(problem: Problem, services: Services) -> tuple[ButtonRow, ...]:
    """What may be tapped instead."""
    if problem.command == "state":
        return state_buttons(services.states.names, "/state")
    if problem.command in ("topic", "abo"):
        start = "/topic" if problem.command == "topic" else "/abo topic"
        return in_rows([Button(topic.name, f"{start} {topic.name}") for topic in services.topics[:6]], width=2)
    if problem.command == "gesetz":
        return in_rows([Button(law, f"/gesetz {law}") for law in services.values.laws.names[:6]], width=3)
    if problem.command in ("digest", "pause", "ruhe"):
        return (_settings(problem.command, services.texts),)
    return (_help(services),)


def _settings(command: str, texts: Texts) -> ButtonRow:
    """What is chosen most."""
    match command:
        case "pause":
            week = Button(texts("button.pause_week"), "/pause 1 Woche")
            return week, Button(texts("count.day.many", number=14), "/pause 14 Tage")
        case "ruhe":
            return (Button("22:00–06:00", "/ruhe 22:00-06:00"),)
        case _:
            return (Button(texts("button.digest_at", time="07:30"), "/digest 07:30"),)


def _unknown(problem: Problem, services: Services) -> Reply:
    """The nearest commands, with what was typed behind the name."""
    texts, typed = services.texts, shortened(f"/{problem.command}", _SHOWN)
    names = _nearest_names(problem.command)
    if not names:
        text = texts("problem.unknown", command=typed)
        return Reply((plain(text),), (_help(services),), suggestions=_all_names(), error=text)
    said = [spoken(name.removeprefix("/"), texts) for name in names]
    text = texts("problem.unknown_nearest", command=typed, commands=either(said, texts))
    rest = f" {as_argument(problem.given)}" if problem.given else ""
    buttons = [Button(shortened(f"{one}{rest}", 40), f"{name}{rest}") for name, one in zip(names, said, strict=True)]
    return Reply((plain(text),), (*in_rows(buttons, width=1), _help(services)), suggestions=names, error=text)


def _nearest_names(typed: str) -> tuple[str, ...]:
    """With slash; aliases lead to the name they stand for."""
    known = {word: spec.name for spec in COMMANDS if spec.shown for word in (spec.name, *spec.aliases)}
    begun = [word for word in known if len(typed) > 1 and word.startswith(typed.casefold())]
    near = [one.word for one in nearest_words(typed, known, _NEAREST)]
    return tuple(dict.fromkeys(f"/{known[word]}" for word in (*near, *begun)))[:_NEAREST]


def _all_names() -> tuple[str, ...]:
    return tuple(f"/{spec.name}" for spec in COMMANDS if spec.shown)


def _help(services: Services) -> ButtonRow:
    return (Button(services.texts("button.help"), "/hilfe"),)
