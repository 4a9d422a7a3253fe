"""A resolution as the search index holds it: for each of its tokens how much it is about that, its traits, its keys.

A word gives all of its forms as tokens, and one for each topic that it stands for. How much a resolution is *about* a
token is a number from 1 to `LEVELS` and depends on nothing but the resolution itself, so the same documents have the
same order in every store, whatever else is in there: a word of the title counts most, then headings and where
something is demanded, then numbered items and bullets, then the rest of the text, then protocol notes. What is counted
is sentences, however often one says the word; each further one counts less, and in a long text one counts less than in
a short one. The beginning of a compound says less than a word: who speaks of Sprachkursen need not speak of Sprache.
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
from feeds.sentences import sentences
from feeds.traits import traits
from feeds.words import Term

LEVELS = 26

_DEMANDED, _HEADING, _ITEM, _BODY, _NOTE = 1.0, 2.0, 1.0, 0.7, 0.5
"""What a sentence counts; one that demands something counts this much beside its place."""
_PARTIAL = 0.6
"""What the beginning or the middle of a compound counts of a word."""
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
        title, *said = (self._read(part) for part in _parts(resolution))
        keys = [key for part in (title, *said) for key in (*self._keys(part), BORDER)]
        mentions = _summed(sentence for part in (title, *said) for sentence in self._sentences(part))
        rate = _Rate.of(self._shares(title.terms), len(title.terms), len(keys))
        levels = {token: rate.level(token, mentioned) for token, mentioned in mentions.items()}
        return Described(levels, tuple(keys), traits(resolution, publication, self.states))

    def _read(self, part: _Part) -> _Read:
        return _Read(part, self.topics.analyser.terms(part.text))

    def _keys(self, read: _Read) -> Iterator[str]:
        return filter(None, (self.topics.analyser.key(term.text) for term in read.terms))

    def _sentences(self, read: _Read) -> Iterator[Mapping[str, float]]:
        """What each sentence counts for each of its tokens."""
        for start, end, weight in read.part.sentences():
            shares = self._shares(term for term in read.terms if start <= term.start < end)
            yield {token: weight * share for token, share in shares.items()}

    def _shares(self, terms: Iterable[Term]) -> dict[str, float]:
        """Every token with the share of a word that stands for it, at best."""
        shares: dict[str, float] = {}
        for term in terms:
            for form in term.forms:
                share = 1.0 if form in term.whole else _PARTIAL
                for token in (form, *map(topic_token, self.topics.topics_of.get(form, ()))):
                    if share > shares.get(token, 0.0):
                        shares[token] = share
        return shares


@dataclass(frozen=True, slots=True)
class _Rate:
    """`titled`: what stands in the title, by share of a word. `title`: what that counts. `half`: so many mentions make
    half of what mentions count at most."""

    titled: Mapping[str, float]
    title: float
    half: float

    @classmethod
    def of(cls, titled: Mapping[str, float], title: int, length: int) -> _Rate:
        """`title`: its words. `length`: words of the whole."""
        return cls(titled, _TITLE * min(1.0, math.sqrt(_LONG_TITLE / max(title, 1))), _HALF + length * _PER_WORD)

    def level(self, token: str, mentioned: float) -> int:
        about = _MOST * mentioned / (mentioned + self.half) + self.titled.get(token, 0.0) * self.title
        level = math.ceil(about / _STEP)
        return level if level < LEVELS else LEVELS


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text, what a sentence of it counts, and where its sentences and demands stand in it."""

    text: str
    weight: float
    spans: tuple[tuple[int, int], ...] = ()
    demanded: tuple[tuple[int, int], ...] = ()

    def sentences(self) -> Iterator[tuple[int, int, float]]:
        """Where each begins and ends, and what it counts."""
        for start, end in self.spans or ((0, len(self.text)),):
            asks = any(first < end and start < last for first, last in self.demanded)
            yield start, end, self.weight + (_DEMANDED if asks else 0.0)


@dataclass(frozen=True, slots=True)
class _Read:
    part: _Part
    terms: tuple[Term, ...]


def _parts(resolution: Resolution) -> Iterator[_Part]:
    """The title first."""
    yield _Part(heading(resolution), _HEADING)
    wanted = [demand.text for demand in resolution.demands] + [one.text for one in resolution.commitments]
    for passage in resolution.passages:
        spans = tuple((one.start, one.end) for one in sentences(passage))
        yield _Part(passage.text, _weight(passage), spans, tuple(_spans(passage.text, wanted)))
    for note in resolution.protocol_notes:
        yield _Part(note.text, _NOTE)


def _weight(passage: Passage) -> float:
    if passage.role == "heading":
        return _HEADING
    return _ITEM if passage.item is not None or passage.role in ("item", "bullet") else _BODY


def _summed(counted: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for sentence in counted:
        for token, weight in sentence.items():
            total[token] = total.get(token, 0.0) + weight
    return total


def _spans(text: str, sentences: Iterable[str]) -> Iterator[tuple[int, int]]:
    for sentence in sentences:
        if sentence and (at := text.find(sentence)) >= 0:
            yield at, at + len(sentence)
