"""Which words of a text a query is met by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from feeds.query import Query
from feeds.words import Analyser, Wanted


def marks(text: str, query: Query, analyser: Analyser) -> tuple[tuple[int, int], ...]:
    """Where they begin and end, in order and apart from each other; of an expression all words and what is between."""
    return tuple(_apart(sorted((one.begin, one.end) for one in analyser.held(text, wanted_by(query)))))


@lru_cache(maxsize=16)
def wanted_by(query: Query) -> Wanted:
    """The forms of its words and phrases, put together once for all the texts that they are looked for in."""
    return Wanted.of(chain(chain.from_iterable(query.groups), chain.from_iterable(query.phrases)))


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
