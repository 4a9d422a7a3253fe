"""A parsed resolution with its facts: who is asked what, laws, money, dates, references, outcome, summary."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from config.addressees import Addressees
from config.laws import Laws
from config.states import States
from feeds.find_commitments import find_commitments
from feeds.find_dates import find_dates
from feeds.find_demands import find_demands
from feeds.find_laws import find_laws
from feeds.find_money import find_money
from feeds.find_outcome import find_outcome
from feeds.find_references import ReferenceFinder, find_references
from feeds.found import texts_of
from feeds.noun_phrase import PhraseReader
from feeds.record import Reading, Reference, Resolution
from feeds.summarise import summarise


def enriched(reading: Reading) -> Reading:
    """The reading with the facts of all its resolutions."""
    publication = reading.publication
    facts = (
        with_facts(one, publication.kind, publication.body, publication.session, publication.date_end)
        for one in reading.resolutions
    )
    return replace(reading, resolutions=tuple(facts))


def with_facts(
    resolution: Resolution,
    kind: Literal["resolutions", "paper"],
    body: str | None = None,
    session: int | None = None,
    decided: dt.date | None = None,
) -> Resolution:
    """The resolution with all fields that its text tells; head, passages, items and notes stay as they are.

    `kind` is that of the publication: only the parties of a paper undertake something. `body`, `session` and last day
    (`decided`) are the conference's own ("IntMK", 20): it does not ask itself, and refers neither to itself nor to what
    comes later. Doing it twice is doing it once.
    """
    tables = _tables()
    texts = texts_of(resolution)
    dates = find_dates(texts, decided)
    demands = find_demands(resolution.passages, tables.phrases, body)
    commitments = find_commitments(resolution.passages, tables.phrases) if kind == "paper" else ()
    return replace(
        resolution,
        outcome=find_outcome(resolution),
        demands=demands,
        commitments=commitments,
        laws=find_laws(texts, tables.laws),
        money=find_money(texts),
        dates=dates,
        references=_each_once(*resolution.references, *find_references(texts, tables.references, body, session)),
        summary=summarise(resolution.passages, demands, commitments, dates),
    )


def _each_once(*references: Reference) -> tuple[Reference, ...]:
    """Those of the head ("Vorgang: …") come first; the text may name the same again."""
    told = {(one.body, one.session, one.number, one.date): one for one in reversed(references)}
    return tuple(one for one in references if told[one.body, one.session, one.number, one.date] is one)


@dataclass(frozen=True, slots=True)
class _Tables:
    phrases: PhraseReader
    laws: Laws
    references: ReferenceFinder


@cache
def _tables() -> _Tables:
    """The packaged tables, read once."""
    addressees = Addressees.load()
    return _Tables(PhraseReader(addressees, States.load()), Laws.load(), ReferenceFinder.load(addressees))
