"""Which topics a resolution is about, with the words that prove it.

The rule: a topic counts when one of its words stands in the heading (title, subtitle, label), or when its words stand
at least twice in the body. A conference's own name proves nothing: every resolution of the Integrationsminister-
konferenz names integration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from config.topics import Topic
from feeds.query import topic_forms
from feeds.record import Resolution, TopicMatch
from feeds.words import Analyser, Term

_TIMES_IN_BODY = 2
_CONFERENCE = "ministerkonferenz"
_MOST_EVIDENCE = 8
_REACH = 5


@dataclass(frozen=True, slots=True)
class TopicIndex:
    """Which form stands for which topics. Build with `of`, once for many resolutions."""

    analyser: Analyser
    topics_of: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]

    @classmethod
    def of(cls, topics: Sequence[Topic], analyser: Analyser) -> TopicIndex:
        topics_of: dict[str, tuple[str, ...]] = {}
        for topic in topics:
            for form in topic_forms(topic, analyser):
                topics_of[form] = (*topics_of.get(form, ()), topic.id)
        return cls(analyser, topics_of, tuple(topic.id for topic in topics))


def classify(resolution: Resolution, index: TopicIndex) -> tuple[TopicMatch, ...]:
    """The topics by the rule above, those of the heading first, then the most frequent; words as they stand there."""
    heading = _evidence("\n".join(filter(None, (resolution.title, resolution.subtitle, resolution.label))), index)
    body = _evidence(resolution.text, index)
    counted = [topic for topic in index.order if topic in heading or len(body.get(topic, ())) >= _TIMES_IN_BODY]
    counted.sort(key=lambda topic: (topic not in heading, -len(body.get(topic, ()))))
    return tuple(TopicMatch(topic, _distinct(heading.get(topic, []) + body.get(topic, []))) for topic in counted)


def with_topics(resolution: Resolution, index: TopicIndex) -> Resolution:
    """The same with its topics, which the reader of a document does not know."""
    return resolution if resolution.topics else replace(resolution, topics=classify(resolution, index))


def _evidence(text: str, index: TopicIndex) -> dict[str, list[str]]:
    """Per topic the words of the text that stand for it, in text order, repeated as often as they stand there."""
    found: dict[str, list[str]] = {}
    terms = index.analyser.terms(text)
    for at, term in enumerate(terms):
        if _CONFERENCE not in term.forms:
            for topic, words in _proofs(text, terms, at, index):
                found.setdefault(topic, []).append(words)
    return found


def _proofs(text: str, terms: Sequence[Term], at: int, index: TopicIndex) -> Iterator[tuple[str, str]]:
    """The topics that a term stands for, each with the term or the expression that ends with it."""
    longest: dict[str, int] = {}
    for form in terms[at].forms & index.topics_of.keys():
        for topic in index.topics_of[form]:
            longest[topic] = max(longest.get(topic, 0), form.count("_"))
    for topic, before in longest.items():
        yield topic, " ".join(text[terms[at - before].start : _end(text, terms, at)].split())


def _end(text: str, terms: Sequence[Term], at: int) -> int:
    """Where a term ends; a suspended one ("Anerkennungs- und Qualifizierungsberatung") with the word that ends it."""
    last = next((term for term in terms[at : at + _REACH] if text[term.end : term.end + 1] != "-"), terms[at])
    return last.end


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:_MOST_EVIDENCE]
