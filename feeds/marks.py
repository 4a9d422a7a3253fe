"""Which words of a text a query is met by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from feeds.query import Query
from feeds.words import Analyser, Term


def marks(text: str, query: Query, analyser: Analyser) -> tuple[tuple[int, int], ...]:
    """Where they begin and end, in order and apart from each other; of an expression all words and what is between."""
    wanted = frozenset(chain(chain.from_iterable(query.groups), chain.from_iterable(query.phrases)))
    terms = analyser.terms(text) if wanted else ()
    return tuple(_apart(sorted(_found(terms, wanted))))


def _found(terms: Sequence[Term], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    for at, term in enumerate(terms):
        if hits := term.forms & wanted:
            before = max(form.count("_") for form in hits)
            yield terms[at - before].start, term.end


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that overlap become one."""
    begun: tuple[int, int] | None = None
    for start, end in spans:
        if begun is not None and start > begun[1]:
            yield begun
            begun = None
        begun = (start, end) if begun is None else (begun[0], max(begun[1], end))
    if begun is not None:
        yield begun
