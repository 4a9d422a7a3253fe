"""A resolution as the search index holds it: for each of its tokens how much it is about that, its traits, its keys.

A word gives all of its forms as tokens, and one for each topic that it stands for. How much a resolution is *about* a
token is a number from 1 to `LEVELS` and depends on nothing but the resolution itself, so the same documents have the
same order in every store, whatever else is in there: a word of the title counts most, then where something is
demanded, then numbered items and bullets, then the rest of the text, then protocol notes; each further time counts
less, and in a long text a mention counts less than in a short one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.states import States
from feeds.classify import TopicIndex
from feeds.content import BORDER, heading
from feeds.query import topic_token
from feeds.record import Passage, Publication, Resolution
from feeds.traits import traits
from feeds.words import Term

LEVELS = 26

_DEMANDED, _ITEM, _BODY, _NOTE = 2.0, 1.0, 0.7, 0.5
"""What a mention counts; a demand counts this much beside its item."""
_TITLE, _LONG_TITLE = 2.2, 10
"""In a title of more words than this it counts less."""
_MOST = 3.0
"""What mentions alone tend to."""
_HALF, _PER_WORD = 1.5, 1 / 150
"""So many mentions make half of it, and one more for every so many words."""
_STEP = (_TITLE + _MOST) / LEVELS


@dataclass(frozen=True, slots=True)
class Described:
    """`levels`: per token. `keys`: one for each word, in order, with borders between paragraphs."""

    levels: Mapping[str, int]
    keys: tuple[str, ...]
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Describer:
    """Build it once for many resolutions."""

    topics: TopicIndex
    states: States

    def describe(self, resolution: Resolution, publication: Publication) -> Described:
        titled: set[str] = set()
        mentions: dict[str, float] = {}
        keys: list[str] = []
        for part in _parts(resolution):
            terms = self.topics.analyser.terms(part.text)
            for term in terms:
                weight = part.weight + (_DEMANDED if part.demands(term) else 0.0)
                for token in self._tokens(term):
                    mentions[token] = mentions.get(token, 0.0) + weight
            if part.title:
                titled, words = set(mentions), len(terms)
            keys += [self.topics.analyser.key(term.text) for term in terms]
            keys.append(BORDER)
        rate = _Rate(titled, words, len(keys))
        levels = {token: rate.level(token, mentioned) for token, mentioned in mentions.items()}
        return Described(levels, tuple(filter(None, keys)), traits(resolution, publication, self.states))

    def _tokens(self, term: Term) -> list[str]:
        of = self.topics.topics_of
        named = {topic for form in term.forms if form in of for topic in of[form]}
        return [*term.forms, *map(topic_token, named)] if named else list(term.forms)


@dataclass(frozen=True, slots=True)
class _Rate:
    """`title`: words that it has. `length`: words of the whole."""

    titled: set[str]
    title: int
    length: int

    def level(self, token: str, mentioned: float) -> int:
        about = _MOST * mentioned / (mentioned + _HALF + self.length * _PER_WORD)
        if token in self.titled:
            about += _TITLE * min(1.0, math.sqrt(_LONG_TITLE / max(self.title, 1)))
        return max(1, min(LEVELS, math.ceil(about / _STEP)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text, what a word in it counts, and where in it something is demanded."""

    text: str
    weight: float
    demanded: tuple[tuple[int, int], ...] = ()
    title: bool = False

    def demands(self, term: Term) -> bool:
        return any(start <= term.start < end for start, end in self.demanded)


def _parts(resolution: Resolution) -> Iterator[_Part]:
    """The title first."""
    yield _Part(heading(resolution), _ITEM, title=True)
    wanted = [demand.text for demand in resolution.demands] + [one.text for one in resolution.commitments]
    for passage in resolution.passages:
        yield _Part(passage.text, _weight(passage), tuple(_spans(passage.text, wanted)))
    for note in resolution.protocol_notes:
        yield _Part(note.text, _NOTE)


def _weight(passage: Passage) -> float:
    return _ITEM if passage.item is not None or passage.role in ("item", "bullet") else _BODY


def _spans(text: str, sentences: Iterable[str]) -> Iterator[tuple[int, int]]:
    for sentence in sentences:
        if sentence and (at := text.find(sentence)) >= 0:
            yield at, at + len(sentence)
