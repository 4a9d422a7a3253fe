"""Many queries against one resolution at once: an inverted index over the words and traits that queries ask for.

Equal groups of different queries are one group. A resolution's forms and traits lead to the groups that it meets, these
to the queries that hang on them; each query hangs on one of its groups only (its *hook*), the one with the fewest forms
being the likeliest to be rare. What else the query asks for is checked then. So the work grows with what the resolution
says, not with how many queries there are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from feeds.content import Content
from feeds.query import Query, matches

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Entry(Generic[K]):
    """`rest`: the other groups, by number. `query`: where more than groups is asked for."""

    key: K
    rest: tuple[int, ...]
    query: Query | None


class StandingQueries(Generic[K]):
    """Queries by a key of the caller's; `add` each once, then ask for as many resolutions as you like."""

    def __init__(self, queries: Iterable[tuple[K, Query]] = ()) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._groups_of: dict[str, list[int]] = {}
        self._hooked: dict[int, list[_Entry[K]]] = {}
        self._without: list[_Entry[K]] = []
        for key, query in queries:
            self.add(key, query)

    def add(self, key: K, query: Query) -> None:
        """A query that asks nothing matches nothing."""
        if not query.asks:
            return
        groups = sorted({self._number(group): len(group) for group in _groups(query)}.items(), key=lambda one: one[1])
        rest = tuple(number for number, _ in groups[1:])
        entry = _Entry(key, rest, query if _asks_more(query) else None)
        if groups:
            self._hooked.setdefault(groups[0][0], []).append(entry)
        else:
            self._without.append(entry)

    def matching(self, content: Content) -> Iterator[K]:
        """The keys of all queries that match, in no particular order; the same as `matches` for each of them."""
        words = chain(content.forms, content.traits)
        met = frozenset(chain.from_iterable(self._groups_of.get(word, ()) for word in words))
        hooked = chain.from_iterable(self._hooked.get(number, ()) for number in met)
        for entry in chain(hooked, self._without):
            if met.issuperset(entry.rest) and (entry.query is None or matches(entry.query, content)):
                yield entry.key

    def _number(self, group: frozenset[str]) -> int:
        number = self._numbers.get(group)
        if number is None:
            number = self._numbers[group] = len(self._numbers)
            for word in group:
                self._groups_of.setdefault(word, []).append(number)
        return number


def _groups(query: Query) -> Iterator[frozenset[str]]:
    """What must be met; the words of a phrase too, since a word's key is among its forms."""
    if query.loose:
        yield frozenset().union(*query.groups)
    else:
        yield from query.groups
    yield from query.filters
    yield from (frozenset({key}) for phrase in query.phrases for key in phrase)


def _asks_more(query: Query) -> bool:
    return bool(query.excluded or query.phrases or query.since or query.until)
