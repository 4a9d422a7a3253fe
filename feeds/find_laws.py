"""The laws of a resolution: those it cites by section, and those it only names."""

from __future__ import annotations

from config.laws import Laws
from feeds.found import place_in
from feeds.law_citations import LawMention, citations
from feeds.law_names import kinds_of_names
from feeds.record import LawReference, Passage
from feeds.spans import TakenSpans


def find_laws(passages: tuple[Passage, ...], laws: Laws) -> tuple[LawReference, ...]:
    """Every law and section once, in the order and the words of its first mention."""
    found: dict[tuple[str, str | None], LawReference] = {}
    for passage in passages:
        for one in mentions(passage.text, laws):
            place = place_in(passage, one.start, one.end)
            first = LawReference(one.law, one.section, passage.text[one.start : one.end], place.item, place.lines)
            found.setdefault((one.law, one.section), first)
    return tuple(found.values())


def mentions(text: str, laws: Laws) -> tuple[LawMention, ...]:
    """All mentions in order; where two kinds of finding meet, the surer one counts."""
    kept: list[LawMention] = []
    taken = TakenSpans()
    for kind in (citations(text, laws), *kinds_of_names(text, laws)):
        fresh = [one for one in kind if taken.free(one.start, one.end)]
        kept += fresh
        for one in fresh:
            taken.take(one.start, one.end)
    return tuple(sorted(kept, key=lambda one: one.start))
