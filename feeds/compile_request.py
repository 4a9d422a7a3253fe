"""From what was typed to what is asked of the store: words as forms, phrases as keys, filters as traits and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from config.addressees import Addressees
from config.topics import Topic
from feeds.abbreviations import Abbreviations
from feeds.filed import filed_traits
from feeds.filter_values import AsWritten, conference_parts, first_day, last_day, law_of
from feeds.query import Query, compile_query, unwanted
from feeds.query_language import Filter, FilterName, QueryError, Request, parse
from feeds.traits import STATE_ROLES, trait
from feeds.words import Analyser

_ROLES: dict[FilterName, tuple[str, ...]] = {
    "land": STATE_ROLES,
    "antrag": ("applied",),
    "notiz": ("noted",),
    "dagegen": ("against",),
    "enthalten": ("abstained",),
    "genannt": ("named",),
}
_ALTERNATIVES = ("konferenz", "abstimmung")
"""A resolution has one of these only, so several of them can only mean: any of them."""
_VOTES = ("einstimmig", "mehrheitlich")


def compile_request(
    request: Request,
    analyser: Analyser,
    topics: Sequence[Topic],
    abbreviations: Abbreviations | None = None,
) -> Query:
    """The query that a request means; where it asks for nothing, `Query.problem` says why."""
    query = compile_query(request.text, analyser, topics, abbreviations)
    if request.plain:
        return query
    wanted = [one for one in request.filters if not one.excluded]
    days = {name: [one.value for one in wanted if one.name == name] for name in ("seit", "bis")}
    words = [unwanted(text, query, analyser, topics, abbreviations) for text in request.excluded]
    words, traits = [one for one in words if one.forms], _unwanted_traits(request, topics)
    compiled = replace(
        query,
        label=str(request),
        phrases=tuple(filter(None, (_keys(phrase, analyser) for phrase in request.phrases))),
        filters=_filters(wanted, topics),
        excluded=(*(one.forms for one in words), *traits),
        excluded_tokens=(*(one.tokens for one in words), *traits),
        since=max(map(first_day, days["seit"]), default=None),
        until=min(map(last_day, days["bis"]), default=None),
    )
    return replace(compiled, problem=None) if compiled.asks else compiled


def compile_stored(
    text: str,
    analyser: Analyser,
    topics: Sequence[Topic],
    abbreviations: Abbreviations | None = None,
) -> Query:
    """The query of a subscription, which was read when it was made."""
    request = parse(text, AsWritten())
    plain = Request(tuple(text.split())) if isinstance(request, QueryError) else request
    return compile_request(plain, analyser, topics, abbreviations)


def traits_of(one: Filter, topics: Sequence[Topic] = ()) -> frozenset[str]:
    """The traits of which a resolution must have one; () for a date. `topics`: with those below count as filed."""
    if one.name in _ROLES:
        return frozenset(trait(role, one.value) for role in _ROLES[one.name])
    if one.name == "konferenz":
        return frozenset({_conference(one.value)})
    if one.name == "an":
        return frozenset(trait("to", name) for name in (one.value, *_addressees().parts_of(one.value)))
    if one.name == "abstimmung":
        return frozenset({trait("vote" if one.value in _VOTES else "outcome", one.value)})
    if one.name == "gesetz":
        return frozenset({_law(one.value)})
    if one.name == "thema":
        return filed_traits(one.value, topics)
    return frozenset({trait("with", one.value)}) if one.name == "mit" else frozenset()


def _filters(wanted: Sequence[Filter], topics: Sequence[Topic]) -> tuple[frozenset[str], ...]:
    each = [traits_of(one, topics) for one in wanted if one.name not in _ALTERNATIVES]
    any_of = [[traits_of(one) for one in wanted if one.name == name] for name in _ALTERNATIVES]
    return tuple(dict.fromkeys(traits for traits in (*each, *(frozenset().union(*one) for one in any_of)) if traits))


def _unwanted_traits(request: Request, topics: Sequence[Topic]) -> tuple[frozenset[str], ...]:
    return tuple(traits_of(one, topics) for one in request.filters if one.excluded)


def _keys(phrase: str, analyser: Analyser) -> tuple[str, ...]:
    return tuple(analyser.key(term.text) for term in analyser.terms(phrase))


@cache
def _addressees() -> Addressees:
    """The packaged table, read once."""
    return Addressees.load()


def _conference(value: str) -> str:
    body, session = conference_parts(value)
    return trait("session", body, session) if session else trait("conference", body)


def _law(value: str) -> str:
    law, section = law_of(value)
    if not law:
        return trait("section", section)
    return trait("law", law, section) if section else trait("law", law)
