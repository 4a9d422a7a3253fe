"""/abo alone: step by step to a subscription. What? When? What would that bring? Only then it is stored."""

from __future__ import annotations

from config.texts import Texts
from handlers.command_arguments import as_argument, subscribe
from handlers.command_types import Problem, Subscribe
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import shortened
from handlers.problem import explain
from handlers.questions import ask, cancel_row
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.state import state_buttons
from handlers.subscribe import outlook_of, preview
from handlers.subscription_commands import Guide
from handlers.subscription_phrases import rhythm_buttons
from handlers.wish import Wish, wish_of

TOPICS = 12
"""So many on a page: what a telephone shows without scrolling."""
_KINDS = (("topic", "thema"), ("state", "land"), ("words", "worte"), ("filter", "filter"))


async def guide(command: Guide, incoming: Incoming, services: Services) -> Reply:
    if command.query:
        return await _understood(command, incoming, services)
    if command.step in ("words", "filters"):
        return await _typed(command, incoming, services)
    if command.step == "topics":
        return _topics(command.first, services)
    return _states(services) if command.step == "states" else _kinds(services.texts)


def _kinds(texts: Texts) -> Reply:
    buttons = [Button(texts(f"button.by_{key}"), f"/aboneu {word}") for key, word in _KINDS]
    conference = Button(texts("button.by_conference"), "/folgen")
    return Reply((plain(texts("guide.kinds")),), (*in_rows(buttons, 2), (conference,), cancel_row(texts)))


def _topics(first: int, services: Services) -> Reply:
    texts, stretch = services.texts, Stretch(first, TOPICS, len(services.topics))
    if stretch.beyond:
        return Reply((plain(stretch.beyond_text(texts)),), stretch.turning("/aboneu thema", texts))
    shown = services.topics[stretch.first - 1 : stretch.last]
    buttons = [Button(topic.name, f"/aboneu wann topic {as_argument(topic.name)}") for topic in shown]
    rows = (*in_rows(buttons, 2), *stretch.turning("/aboneu thema", texts), _back(texts))
    return Reply((plain(texts("guide.topics")),), rows, total=stretch.total)


def _states(services: Services) -> Reply:
    texts = services.texts
    rows = state_buttons(services.states.names, "/aboneu wann state")
    return Reply((plain(texts("guide.states")),), (*rows, _back(texts)))


async def _typed(command: Guide, incoming: Incoming, services: Services) -> Reply:
    """The next line is what is searched for."""
    async with services.database.begin() as conn:
        await ask(conn, "/aboneu wann topic", incoming)
    texts = services.texts
    if command.step == "words":
        return Reply((plain(texts("guide.words")),), (cancel_row(texts),))
    examples = texts("filter.examples").strip().splitlines()
    buttons = [Button(shortened(one, 40), f"/aboneu wann topic {as_argument(one)}") for one in examples]
    explained = (Button(texts("button.filters"), "/suche"),)
    return Reply((plain(texts("guide.filters")),), (*in_rows(buttons, 1), explained, cancel_row(texts)))


async def _understood(command: Guide, incoming: Incoming, services: Services) -> Reply:
    """What is wanted is known: ask when, or show what it would bring."""
    read = subscribe(command.query, "abo")
    if not isinstance(read, Subscribe):
        return await explain(read if isinstance(read, Problem) else Problem("missing", "abo"), incoming, services)
    async with services.database.read() as conn:
        wish = await wish_of(conn, read, services)
        if isinstance(wish, Reply):
            return wish
        rhythm = command.rhythm or read.rhythm
        if rhythm is None:
            return _when(wish, services.texts)
        seen = await outlook_of(conn, wish, incoming, services)
        return await preview(conn, wish, seen, rhythm, incoming, services)


def _when(wish: Wish, texts: Texts) -> Reply:
    buttons = rhythm_buttons("/aboneu sehen", wish.typed, None, texts)
    text = texts("guide.rhythm", label=shortened(wish.label, 60))
    return Reply((plain(text),), (*((button,) for button in buttons), cancel_row(texts)))


def _back(texts: Texts) -> ButtonRow:
    return (Button(texts("button.back"), "/abo"), *cancel_row(texts))
