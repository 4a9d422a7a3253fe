"""What a resolution can be found by: its words as forms, their order, its traits and its days.

The same for the index and for subscriptions, so that who searches and who subscribes gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from config.states import States
from feeds.days import Days, days_of
from feeds.record import Publication, Resolution
from feeds.traits import traits
from feeds.words import Analyser

BORDER = "|"
"""Stands among the keys where a phrase cannot go on: between paragraphs."""


@dataclass(frozen=True, slots=True)
class Content:
    """`forms`: every form of every word. `keys`: one for each word in order (see `Analyser.key`), with borders."""

    forms: frozenset[str]
    keys: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    days: Days | None = None

    def says(self, phrase: tuple[str, ...]) -> bool:
        """Whether these keys stand one after the other."""
        starts = (at for at, key in enumerate(self.keys) if key == phrase[0]) if phrase else ()
        return any(self.keys[at : at + len(phrase)] == phrase for at in starts)


def content_of(resolution: Resolution, publication: Publication, analyser: Analyser, states: States) -> Content:
    """What the resolution, as it stood in that publication, can be found by."""
    terms = [analyser.terms(text) for text in texts_of(resolution)]
    return Content(
        frozenset().union(*(term.forms for term in chain.from_iterable(terms))),
        tuple(chain.from_iterable((*(analyser.key(term.text) for term in part), BORDER) for part in terms)),
        traits(resolution, publication, states),
        days_of(publication),
    )


def texts_of(resolution: Resolution) -> Iterable[str]:
    """Heading, paragraphs and protocol notes, each by itself."""
    yield heading(resolution)
    yield from (passage.text for passage in resolution.passages)
    yield from (note.text for note in resolution.protocol_notes)


def heading(resolution: Resolution) -> str:
    """What stands above the text."""
    return "\n".join(filter(None, (resolution.title, resolution.subtitle, resolution.label)))
