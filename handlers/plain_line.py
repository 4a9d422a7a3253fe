"""A line without a slash, as people write: a citation, a Land, a conference or the word for deadlines in it wins; what
only asks ("Wie hat … abgestimmt?") is left out; all else is searched for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from config.near_words import is_clear, nearest_words
from config.texts import Texts
from feeds.query_language import Filter, QueryError, parse
from handlers.citation import cited_in, conference_in
from handlers.command import spoken
from handlers.command_arguments import MAX_QUERY
from handlers.compiling import unknown_conference
from handlers.deadlines import show_deadlines
from handlers.lookup_commands import FindTopic, PlainText, ShowDeadlines, ShowState
from handlers.reply import Incoming, Reply, plain
from handlers.services import Services
from handlers.show import show_by_number
from handlers.state import show_state
from handlers.topic import find_topic
from handlers.understand import understood
from storage import search

_MARKS = ".,;:!?()„“”\"'"
_SHORTEST_LAND = 4
"""Letters of a word that may be a mistyped Land."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What would have been typed, and who answers it."""

    command: str
    rest: str
    answer: Callable[[Incoming, Services], Awaitable[Reply]]


async def plain_line(command: PlainText, incoming: Incoming, services: Services) -> Reply:
    """The reply says how the line was understood."""
    meant = await _meant(command.text, services)
    reply = await meant.answer(incoming, services)
    typed = f"{spoken(meant.command, services.texts)} {meant.rest}".strip()
    return replace(reply, blocks=(plain(services.texts("topic.without_slash", command=typed)), *reply.blocks))


async def _meant(text: str, services: Services) -> Meant:
    if services.states.find(text):
        return _state(text)
    if (cited := cited_in(text)) is not None:
        return Meant("beschluss", _as_cited(text), lambda incoming, services: show_by_number(cited, incoming, services))
    telling = _telling(text, services)
    if any(word in _words(services, "deadlines") for word in map(_bare, telling)):
        rest = " ".join(word for word in telling if _bare(word) not in _words(services, "deadlines"))
        return _deadlines(rest)
    if (name := _land_in(telling, services)) is not None:
        return _of_land(name, telling, services)
    if (searched := await _of_conference(telling, services)) is not None:
        return _topic(searched)
    if await _is_mistyped_land(text, services):
        return _state(text)
    return _topic(" ".join(telling) if telling else text)


def _state(name: str) -> Meant:
    return Meant("state", name, lambda incoming, services: show_state(ShowState(name), incoming, services))


def _topic(query: str) -> Meant:
    return Meant("topic", query, lambda incoming, services: find_topic(FindTopic(query), incoming, services))


def _deadlines(query: str) -> Meant:
    asked = ShowDeadlines(query=query)
    return Meant("fristen", query, lambda incoming, services: show_deadlines(asked, incoming, services))


def _telling(text: str, services: Services) -> Sequence[str]:
    """The words of a question without those that only ask; any other line as it is."""
    words = text.split()
    asking = _words(services, "questions")
    if len(words) < 2 or not (text.rstrip().endswith("?") or _bare(words[0]) in _words(services, "question_begins")):
        return words
    return [word.rstrip("?!.") for word in words if _bare(word) not in asking]


def _land_in(words: Sequence[str], services: Services) -> str | None:
    """The one Land that is named beside other words."""
    found = {state.name for word in words if word[:1].isupper() and (state := services.states.find(_bare(word)))}
    return next(iter(found)) if len(found) == 1 else None


def _of_land(name: str, words: Sequence[str], services: Services) -> Meant:
    rest = [word for word in words if services.states.find(_bare(word)) is None]
    return _topic(f"{Filter('land', name)} {' '.join(rest)}") if rest else _state(name)


async def _of_conference(words: Sequence[str], services: Services) -> str | None:
    """A search for what that conference decided; None where none is named, or not one that is known."""
    name, rest = conference_in(words)
    if name is None:
        return None
    typed = f"{Filter('konferenz', name)} {' '.join(rest)}".strip()
    request = parse(typed[:MAX_QUERY], services.values)
    if isinstance(request, QueryError):
        return None
    async with services.database.read() as conn:
        return None if await unknown_conference(conn, typed, request, services) else typed


async def _is_mistyped_land(text: str, services: Services) -> bool:
    """One word that looks like a Land and like nothing that stands anywhere."""
    if len(text) < _SHORTEST_LAND or not text.isalpha() or not is_clear(nearest_words(text, services.states.names, 3)):
        return False
    async with services.database.read() as conn:
        query = await understood(conn, text, services)
        return not query.asks or not await search.count(conn, services.index, query)


def _as_cited(text: str) -> str:
    """The part of the line that cites, as it was typed."""
    match = re.search(r"(?:TOP\s*)?[0-9]{1,2}(?:\.[0-9a-z]{1,2})+", text, re.IGNORECASE)
    return match[0] if match else text


def _bare(word: str) -> str:
    return word.strip(_MARKS).casefold()


def _words(services: Services, key: str) -> frozenset[str]:
    """In every language: people mix them."""
    languages = services.languages
    return frozenset(word for code in languages.codes for word in _listed(languages.of(code), key))


def _listed(texts: Texts, key: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in texts(f"courtesy.{key}").split(","))
