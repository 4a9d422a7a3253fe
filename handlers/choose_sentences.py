"""Which sentences a card quotes: those with the words somebody looks for, else the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.abbreviations import Abbreviations
from feeds.compile_request import compile_stored
from feeds.query import Query
from feeds.record import Resolution, SummarySentence
from feeds.sentences import ENTRY, Choice, Quotation, best_sentences, quotation
from handlers.services import Services

_NO_WORDS = Query((), None, "")


def query_of(labels: Sequence[str], services: Services, known: Abbreviations) -> Query | None:
    """What to choose by: the first topic among the subscriptions; None where all of them are Länder."""
    topics = (label for label in labels if not services.states.find(label))
    first = next(topics, None)
    return None if first is None else compile_stored(first, services.analyser, services.topics, known)


def chosen(resolution: Resolution, query: Query | None, services: Services, limit: int) -> Choice:
    """At most `limit` sentences. Without words to look for: of the summary, what is asked first."""
    if (query and query.asks) or not resolution.summary:
        return best_sentences(resolution, query or _NO_WORDS, services.analyser, limit)
    told = _told(resolution)
    ranked = sorted(told, key=lambda one: (not one.asked, one.quotation.cut))[:limit]
    best = ranked[0].quotation.sentence if ranked else None
    return Choice(tuple(one.quotation.sentence for one in told if one in ranked), best)


def gist(resolution: Resolution) -> SummarySentence | None:
    """The one sentence of the summary to show in a list: the shortest that asks for something, else the first."""
    told = _told(resolution)
    asking = (one.quotation for one in told if one.asked)
    first = next((one.quotation for one in told), None)
    best = min(asking, key=lambda one: (one.cut, len(one.sentence.text)), default=first)
    return best.sentence if best else None


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of the summary as it is shown, and whether it asks for something."""

    quotation: Quotation
    asked: bool


def _told(resolution: Resolution) -> tuple[_Told, ...]:
    """The summary, its sentences with their bullets; a bullet that one of them takes along is not told again."""
    # The bullets that a demand goes on in stand behind its own sentence.
    asked = {demand.text.split("\n")[0] for demand in resolution.demands}
    told = [_Told(quotation(one, resolution.passages), one.text in asked) for one in resolution.summary]
    texts = [one.quotation.sentence.text for one in told]
    return tuple(
        one for one, text in zip(told, texts, strict=True) if not any(f"{ENTRY}{text}" in other for other in texts)
    )
