"""What somebody searches for or has subscribed to, as sets of word forms; and whether a resolution holds it.

A query is an AND of groups, and a group an OR of forms (see `feeds.words`). A word that names a topic (its name, a
synonym, the English name or the id) stands for all of the topic's words, the typed one being the better hit; one for a
part of a topic for all words for that part; another word for itself. Groups may be met anywhere in a resolution.
Expressions of several words that name a topic (künstliche Intelligenz) must stand there one after the other; others
need not. What the documents explain as an abbreviation stands for its long form, and the other
way round.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from config.spelling import fold
from config.topics import Part, Topic
from feeds.abbreviations import Abbreviations
from feeds.content import Content
from feeds.days import Days
from feeds.nationalities import of_the_same_country
from feeds.topic_names import TopicNames, forms_of, topic_names
from feeds.words import Analyser

# Between words that are typed; not the stroke of "Lehrer/-innen".
_BETWEEN = re.compile(r"[\s,;|+&]+|/(?!-?in)")
# The longest name of a topic has so many words, small ones counted.
_LONGEST_NAME = 5
# Below this similarity (0–1) a proposal is noise; one wrong letter in a word of four gives 0.75.
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class _Group:
    """The forms, the tokens that the index is asked for, and what of them is better than the rest."""

    forms: frozenset[str]
    tokens: frozenset[str]
    better: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Why a text is no query: nothing was given, it has no letters or digits, or only words that stand everywhere."""

    kind: Literal["empty", "no words", "stop words only"]
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """All of this must hold: every group (any one of its forms will do), every phrase (its keys one after the other),
    every filter (any one of its traits, see `feeds.traits`), none of the excluded forms or traits, and the dates.

    `topic`: the id, where the whole text names one. `label`: to be shown. `tokens`: the groups as the index is asked
    for them, a topic's words being one token there; () means as they are. `excluded_tokens`: `excluded` in that way.
    `loose`: one of the groups is enough.
    `better`: forms that are no condition, but make a better hit each: what was typed where a whole topic will do, and
    several words one after the other.
    Without anything to ask for it matches nothing, and `problem` says why.
    """

    groups: tuple[frozenset[str], ...]
    topic: str | None
    label: str
    problem: QueryProblem | None = None
    tokens: tuple[frozenset[str], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    filters: tuple[frozenset[str], ...] = ()
    excluded: tuple[frozenset[str], ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    loose: bool = False
    excluded_tokens: tuple[frozenset[str], ...] = ()
    better: tuple[frozenset[str], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is anything that a resolution could match by."""
        return any(self.groups) or bool(self.phrases or self.filters or self.since or self.until)

    def any_word(self) -> Query:
        """The same, where one of the groups is enough."""
        return replace(self, loose=True)


def compile_query(
    text: str, analyser: Analyser, topics: Sequence[Topic], abbreviations: Abbreviations | None = None
) -> Query:
    """The query that a typed text means. Never raises; see `Query.problem`."""
    label = " ".join(text.split())
    known = abbreviations or Abbreviations()
    names = topic_names(tuple(topics), analyser)
    if topic := names.topic(label, analyser):
        group = _of_topic(topic, label, analyser, names, known)
        return Query((group.forms,), topic.id, topic.name, tokens=(group.tokens,), better=group.better)
    words = _words(label)
    groups = tuple(dict.fromkeys(_groups(words, analyser, names, known)))
    together = tuple(filter(None, (analyser.keys(label),))) if len(groups) > 1 else ()
    return Query(
        tuple(group.forms for group in groups),
        None,
        label,
        None if groups else _problem(label),
        tuple(group.tokens for group in groups),
        better=(*together, *(better for group in groups for better in group.better)),
    )


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Forms of which none may be there, and the tokens that the index is asked for."""

    forms: frozenset[str]
    tokens: frozenset[str]


def unwanted(
    text: str,
    wanted: Query,
    analyser: Analyser,
    topics: Sequence[Topic],
    abbreviations: Abbreviations | None = None,
) -> Unwanted:
    """As wide as the same text finds, a whole topic where it names one; beside that topic itself only what was typed:
    "Sprachkurse -Deutschkurse" is about a word, since nothing would be left of the topic.
    """
    known, words = abbreviations or Abbreviations(), _words(text)
    length, group = _longest_name(words[:_LONGEST_NAME], analyser, topic_names(tuple(topics), analyser), known)
    if length < len(words) or any(group.forms >= one for one in wanted.groups):
        typed = analyser.keys(text)
        return Unwanted(typed, typed)
    return Unwanted(group.forms, group.tokens)


def matches(query: Query, content: Content) -> bool:
    """Whether a resolution holds all that the query asks for."""
    return (
        query.asks
        and _in_words(query, content.forms)
        and all(not wanted.isdisjoint(content.traits) for wanted in query.filters)
        and all(unwanted.isdisjoint(content.forms | content.traits) for unwanted in query.excluded)
        and _in_time(query, content.days)
        and all(map(content.says, query.phrases))
    )


def _in_words(query: Query, forms: AbstractSet[str]) -> bool:
    met = [not group.isdisjoint(forms) for group in query.groups]
    return any(met) if query.loose else all(met)


def topic_token(topic: str) -> str:
    """What stands in the index for any word of the topic; no form begins like it."""
    return f"#{topic}"


def topic_named(text: str, analyser: Analyser, topics: Iterable[Topic]) -> Topic | None:
    """The topic that a whole text names, also inflected: "sprachkurse", "Sprachkursen", "language courses"."""
    return topic_names(tuple(topics), analyser).topic(text, analyser)


def part_named(text: str, analyser: Analyser, topics: Iterable[Topic]) -> tuple[Topic, Part] | None:
    """The part of a topic that a whole text names, also inflected: BSK, Berufssprachkursen."""
    return topic_names(tuple(topics), analyser).part(text, analyser)


def topic_forms(topic: Topic, analyser: Analyser) -> frozenset[str]:
    """Every form that stands for the topic in a German text."""
    return forms_of(topic.terms, analyser)


def nearest_terms(text: str, vocabulary: Iterable[str], topics: Iterable[Topic], limit: int = 5) -> tuple[str, ...]:
    """Words as people write them that look most like `text`, best first; of equally near ones topics come first."""
    words = {fold(word): word for word in vocabulary}
    words |= {fold(term): term for topic in topics for term in reversed(topic.terms)}
    near = process.extract(fold(text), list(words), scorer=OSA.normalized_similarity, limit=limit, score_cutoff=_NEAR)
    return tuple(words[found] for found, _, _ in near)


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _problem(text: str) -> QueryProblem:
    if not text:
        return QueryProblem("empty", text)
    return QueryProblem("stop words only" if any(map(str.isalnum, text)) else "no words", text)


def _groups(words: Sequence[str], analyser: Analyser, names: TopicNames, known: Abbreviations) -> Iterator[_Group]:
    """From left to right the longest run of words that names a topic or has an abbreviation, or else a word."""
    at = 0
    while at < len(words):
        length, group = _longest_name(words[at : at + _LONGEST_NAME], analyser, names, known)
        if group.forms:
            yield group
        at += length


def _longest_name(
    words: Sequence[str], analyser: Analyser, names: TopicNames, known: Abbreviations
) -> tuple[int, _Group]:
    for length in range(len(words), 0, -1):
        run = " ".join(words[:length])
        if topic := names.topic(run, analyser):
            return length, _of_topic(topic, run, analyser, names, known)
        if part := names.part(run, analyser):
            return length, _alike(forms_of(part[1].words, analyser), known)
        if length > 1 and known.same_as(analyser.keys(run)):
            return length, _alike(analyser.keys(run), known)
    return 1, _of_word(words[0], analyser, known)


def _alike(forms: frozenset[str], known: Abbreviations) -> _Group:
    """And what abbreviations add."""
    both = forms | known.same_as(forms)
    return _Group(both, both)


def _of_word(typed: str, analyser: Analyser, known: Abbreviations) -> _Group:
    """What is akin to it is found as well, the word itself being the better hit."""
    alike = _alike(analyser.keys(typed), known)
    akin = analyser.akin(typed) | of_the_same_country(typed, analyser)
    both = alike.forms | akin if alike.forms else alike.forms
    return _Group(both, both, (alike.forms,) if both - alike.forms else ())


def _of_topic(topic: Topic, typed: str, analyser: Analyser, names: TopicNames, known: Abbreviations) -> _Group:
    """All of its words; for the index one token, and what only abbreviations add."""
    forms, own = names.forms[topic.id], _own_forms(topic, typed, analyser)
    more = known.same_as(forms) - forms
    better = (own | known.same_as(own),) if own else ()
    # What it was called by counts, whether or not it is one of its words: an id or an English name need not be.
    return _Group(forms | more | own, more | (own - forms) | {topic_token(topic.id)}, better)


def _own_forms(topic: Topic, typed: str, analyser: Analyser) -> frozenset[str]:
    """Of what was typed; a topic's name and its abbreviations are the same."""
    called = (topic.name, *filter(str.isupper, topic.synonyms))
    return forms_of(called if fold(typed) in map(fold, called) else (typed,), analyser)


def _in_time(query: Query, days: Days | None) -> bool:
    if query.since is None and query.until is None:
        return True
    return days is not None and days.within(query.since, query.until)
