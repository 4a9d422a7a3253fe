"""Which topic, or which part of one, a typed text names: looked up, so that many queries are compiled quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from config.spelling import fold
from config.topics import Part, Topic
from feeds.words import Analyser

T = TypeVar("T")

_Numbered = tuple[int, T]
"""With its place in the file: of several the first one is meant."""


@dataclass(frozen=True, slots=True)
class TopicNames:
    """Names as they are spelt (folded), and by their forms; `forms`: all words of each topic, by its id."""

    forms: Mapping[str, frozenset[str]]
    _wholes: tuple[Mapping[str, Topic], Mapping[str, _Numbered[Topic]]]
    _parts: tuple[Mapping[str, tuple[Topic, Part]], Mapping[str, _Numbered[tuple[Topic, Part]]]]

    def topic(self, text: str, analyser: Analyser) -> Topic | None:
        """The topic that a whole text names, also inflected."""
        return _look_up(text, analyser, *self._wholes)

    def part(self, text: str, analyser: Analyser) -> tuple[Topic, Part] | None:
        """The part of a topic that a whole text names, also inflected."""
        return _look_up(text, analyser, *self._parts)


@lru_cache(maxsize=8)
def topic_names(topics: tuple[Topic, ...], analyser: Analyser) -> TopicNames:
    """Made once for the same topics and words."""
    wholes = [(topic, topic.keys, topic.names) for topic in topics]
    parts = [((topic, part), part.keys, part.words) for topic in topics for part in topic.parts]
    return TopicNames(
        {topic.id: forms_of(topic.terms, analyser) for topic in topics},
        (_by_key(wholes), _by_form(wholes, analyser)),
        (_by_key(parts), _by_form(parts, analyser)),
    )


def forms_of(words: Iterable[str], analyser: Analyser) -> frozenset[str]:
    """Every form that stands for any of the words."""
    return frozenset().union(*(analyser.keys(word) | analyser.akin(word) for word in words))


def _look_up(text: str, analyser: Analyser, by_key: Mapping[str, T], by_form: Mapping[str, _Numbered[T]]) -> T | None:
    folded = fold(text)
    if not folded:
        return None
    if folded in by_key:
        return by_key[folded]
    inflected = [by_form[form] for form in analyser.keys(text) if form in by_form]
    return min(inflected, key=lambda one: one[0])[1] if inflected else None


_Named = tuple[T, frozenset[str], tuple[str, ...]]


def _by_key(named: Iterable[_Named[T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for one, keys, _ in named:
        for key in keys:
            found.setdefault(key, one)
    return found


def _by_form(named: Iterable[_Named[T]], analyser: Analyser) -> dict[str, _Numbered[T]]:
    found: dict[str, _Numbered[T]] = {}
    for at, (one, _, words) in enumerate(named):
        for form in _plain_forms(words, analyser):
            found.setdefault(form, (at, one))
    return found


def _plain_forms(words: Iterable[str], analyser: Analyser) -> Iterator[str]:
    for word in words:
        yield from analyser.keys(word)
