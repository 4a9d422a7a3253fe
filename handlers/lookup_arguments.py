"""What stands behind the names of commands that look something up. None of these parsers raises."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.citation import parse_citation
from handlers.command_arguments import checked, numbers_in, on_sheet, paged, unquoted
from handlers.command_types import Command, Problem
from handlers.lookup_commands import (
    ExplainFilters,
    FindTopic,
    ShowById,
    ShowByNumber,
    ShowDeadlines,
    ShowDemands,
    ShowDetails,
    ShowLatest,
    ShowLaw,
    ShowNote,
    ShowNotes,
    ShowState,
    ShowTopics,
    StateRole,
)

ROLE_WORDS: dict[str, StateRole] = {
    "antrag": "antrag",
    "anträge": "antrag",
    "beantragt": "antrag",
    "notiz": "notiz",
    "notizen": "notiz",
    "protokoll": "notiz",
    "dagegen": "dagegen",
    "enthalten": "enthalten",
    "enthaltung": "enthalten",
    "enthaltungen": "enthalten",
    "genannt": "genannt",
    "application": "antrag",
    "applications": "antrag",
    "applied": "antrag",
    "note": "notiz",
    "notes": "notiz",
    "against": "dagegen",
    "abstained": "enthalten",
    "abstentions": "enthalten",
    "named": "genannt",
}
_PAST_WORDS = frozenset(["vorbei", "vergangen", "vergangene", "früher", "abgelaufen", "past"])
_ROLE = re.compile(rf"(?P<name>.*\S)\s+(?P<role>{'|'.join(ROLE_WORDS)})", re.IGNORECASE)


def topic(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    return checked(query, name) or FindTopic(query, first)


def search(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    return (checked(query, name) or FindTopic(query, first)) if query else ExplainFilters()


def state(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    role: StateRole | None = None
    if match := _ROLE.fullmatch(query):
        query, role = match["name"], ROLE_WORDS[match["role"].lower()]
    query = unquoted(query)
    return checked(query, name) or ShowState(query, first, role)


def demands(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    return (checked(query, name) or ShowDemands(query, first)) if query else ShowDemands("")


def law(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    return checked(query, name) or ShowLaw(query, first)


def deadlines(rest: str, name: str) -> Command | Problem:
    query, first = paged(rest)
    past, query = _without_past(query)
    too_long = checked(query, name) if query else None
    return too_long or ShowDeadlines(first, past, query)


def _without_past(query: str) -> tuple[bool, str]:
    """Whether the first or the last word asks for what is over, and the rest."""
    first, _, behind = query.partition(" ")
    before, _, last = query.rpartition(" ")
    if first.casefold() in _PAST_WORDS:
        return True, behind.strip()
    return (True, before.strip()) if last.casefold() in _PAST_WORDS else (False, query)


def topics(rest: str, name: str) -> Command | Problem:
    query = unquoted(rest)
    return (checked(query, name) or ShowTopics(query)) if query else ShowTopics()


def latest(rest: str, _name: str) -> Command | Problem:
    return ShowLatest(paged(rest)[1])


def resolution(rest: str, name: str) -> Command | Problem:
    return _cited(rest, name)


def notes(rest: str, name: str) -> Command | Problem:
    cited = _cited(rest, name)
    return cited if isinstance(cited, Problem) else ShowNotes(cited)


def note(rest: str, name: str) -> Command | Problem:
    numbers = numbers_in(rest)
    return ShowNote(*numbers) if len(numbers) == 2 else Problem("id", name, rest)


def details(rest: str, name: str) -> Command | Problem:
    cited, sheet = on_sheet(rest)
    numbers = numbers_in(cited)
    return ShowDetails(*numbers, sheet) if len(numbers) == 1 else Problem("id", name, rest)


def _cited(rest: str, name: str) -> ShowById | ShowByNumber | Problem:
    text, sheet = on_sheet(rest)
    problem = checked(text, name)
    cited = None if problem else parse_citation(text)
    return problem or (replace(cited, sheet=sheet) if cited else Problem("reference", name, text))
