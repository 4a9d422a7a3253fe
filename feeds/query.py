"""What somebody searches for or has subscribed to, as sets of word forms; and whether a text holds it.

A query is an AND of groups, and a group an OR of forms (see `feeds.words`). A word that names a topic (its name, a
synonym, the English name or the id) stands for all of the topic's words; another word for itself. Groups may be met
anywhere in a resolution. Expressions of several words that name a topic (künstliche Intelligenz) must stand there one
after the other; other words that are typed together need not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from config.spelling import fold
from config.topics import Topic
from feeds.words import Analyser

# Between words that are typed; not the stroke of "Lehrer/-innen".
_BETWEEN = re.compile(r"[\s,;|+&]+|/(?!-?in)")
# The longest name of a topic has so many words, small ones counted.
_LONGEST_NAME = 5
# Inflection leaves a word's first letters alone; only topics with such a name are analysed.
_SAME_LETTERS = 3
# Below this similarity (0–1) a proposal is noise; one wrong letter in a word of four gives 0.75.
_NEAR = 0.7


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Why a text is no query: nothing was given, it has no letters or digits, or only words that stand everywhere."""

    kind: Literal["empty", "no words", "stop words only"]
    text: str


@dataclass(frozen=True, slots=True)
class TextQuery:
    """An AND of groups, each an OR of forms. `topic`: the id, where the whole text names one. `label`: to be shown.

    Without groups it matches nothing, and `problem` says why.
    """

    groups: tuple[frozenset[str], ...]
    topic: str | None
    label: str
    problem: QueryProblem | None = None


def compile_query(text: str, analyser: Analyser, topics: Sequence[Topic]) -> TextQuery:
    """The query that a typed text means. Never raises; see `TextQuery.problem`."""
    label = " ".join(text.split())
    if topic := topic_named(label, analyser, topics):
        return TextQuery((topic_forms(topic, analyser),), topic.id, topic.name)
    groups = tuple(dict.fromkeys(_groups(_words(label), analyser, topics)))
    return TextQuery(groups, None, label, None if groups else _problem(label))


def matches(query: TextQuery, forms: AbstractSet[str]) -> bool:
    """Whether a text with these forms (the union over its terms) holds a word of every group."""
    return bool(query.groups) and all(not group.isdisjoint(forms) for group in query.groups)


def topic_named(text: str, analyser: Analyser, topics: Iterable[Topic]) -> Topic | None:
    """The topic that a whole text names, also inflected: "sprachkurse", "Sprachkursen", "language courses"."""
    folded = fold(text)
    if not folded:
        return None
    forms = analyser.keys(text)
    exact = (topic for topic in topics if folded in topic.keys)
    alike = (topic for topic in topics if any(key.startswith(folded[:_SAME_LETTERS]) for key in topic.keys))
    inflected = (topic for topic in alike if forms & topic_forms(topic, analyser))
    return next(exact, None) or next(inflected, None)


def topic_forms(topic: Topic, analyser: Analyser) -> frozenset[str]:
    """Every form that stands for the topic in a German text."""
    return frozenset().union(*map(analyser.keys, topic.terms))


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


def _groups(words: Sequence[str], analyser: Analyser, topics: Sequence[Topic]) -> Iterator[frozenset[str]]:
    """From left to right the longest run of words that names a topic, or else a word by itself."""
    at = 0
    while at < len(words):
        length, topic = _longest_name(words[at : at + _LONGEST_NAME], analyser, topics)
        forms = topic_forms(topic, analyser) if topic else analyser.keys(words[at])
        if forms:
            yield forms
        at += length


def _longest_name(words: Sequence[str], analyser: Analyser, topics: Sequence[Topic]) -> tuple[int, Topic | None]:
    for length in range(len(words), 0, -1):
        if topic := topic_named(" ".join(words[:length]), analyser, topics):
            return length, topic
    return 1, None
