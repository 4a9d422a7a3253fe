"""Which sentences a card quotes: those with the words somebody looks for, else the summary."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.abbreviations import Abbreviations
from feeds.compile_request import compile_stored
from feeds.query import Query
from feeds.record import Resolution, SummarySentence
from feeds.sentences import best_sentences
from handlers.services import Services

_NO_WORDS = Query((), None, "")


def query_of(labels: Sequence[str], services: Services, known: Abbreviations) -> Query | None:
    """What to choose by: the first topic among the subscriptions; None where all of them are Länder."""
    topics = (label for label in labels if not services.states.find(label))
    first = next(topics, None)
    return None if first is None else compile_stored(first, services.analyser, services.topics, known)


def chosen(resolution: Resolution, query: Query | None, services: Services, limit: int) -> tuple[SummarySentence, ...]:
    """At most `limit` sentences in document order. Without words to look for: of the summary, what is asked first."""
    if (query and query.asks) or not resolution.summary:
        return best_sentences(resolution, query or _NO_WORDS, services.analyser, limit)
    asked = _asked(resolution)
    ranked = sorted(resolution.summary, key=lambda sentence: sentence.text not in asked)[:limit]
    return tuple(sentence for sentence in resolution.summary if sentence in ranked)


def gist(resolution: Resolution) -> SummarySentence | None:
    """The one sentence of the summary to show in a list: the shortest that asks for something, else the first."""
    asked = _asked(resolution)
    asking = (sentence for sentence in resolution.summary if sentence.text in asked)
    return min(asking, key=lambda sentence: len(sentence.text), default=next(iter(resolution.summary), None))


def _asked(resolution: Resolution) -> frozenset[str]:
    """The sentences that ask for something; the bullets that one goes on in are not part of it."""
    return frozenset(demand.text.split("\n")[0] for demand in resolution.demands)
