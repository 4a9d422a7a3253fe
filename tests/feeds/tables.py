"""The packaged tables, read once for all tests of the facts."""

from __future__ import annotations

from functools import cache

from config.addressees import Addressees
from config.laws import Laws
from config.states import States
from feeds.find_references import ReferenceFinder
from feeds.noun_phrase import PhraseReader
from feeds.record import Passage, PassageRole


@cache
def phrases() -> PhraseReader:
    return PhraseReader(Addressees.load(), States.load())


@cache
def laws() -> Laws:
    return Laws.load()


@cache
def references() -> ReferenceFinder:
    return ReferenceFinder.load(Addressees.load())


def body(*texts: str, role: PassageRole = "paragraph", item: int | None = None) -> tuple[Passage, ...]:
    return tuple(Passage(text, role=role, item=item) for text in texts)
