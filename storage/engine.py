"""The search engine (tantivy): what is kept of a resolution, and our queries in its terms.

The engine splits at blanks, unites and intersects lists and finds the best sums. What a resolution is about was decided
before (`feeds.describe`): a token stands in the index together with its level, and a query asks for a token at every
level, each with a fixed score. The newer of two equal ones comes first, by up to three hundredths of a score, which is
less than a level makes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import tantivy

from feeds.days import Days
from feeds.describe import LEVELS, Described
from feeds.query import Query

FORMAT = 5
"""To be raised whenever an index must be built anew to answer as this version does."""

_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1).toordinal(), dt.date(2040, 1, 1).toordinal()
_NEWEST = 0.042
"""The engine multiplies a score by log2(2 + this) for the newest: 1.03."""

_STAMP = "stamp"

Clause = tuple[tantivy.Occur, tantivy.Query]


def schema() -> tantivy.Schema:
    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("id", fast=True)
    # The engine deletes by text: a number given to it as a term is taken for a signed one, which no document has.
    build.add_text_field("key", tokenizer_name="raw", index_option="basic")
    build.add_text_field("levels", tokenizer_name="whitespace", index_option="basic")
    build.add_text_field("keys", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("traits", tokenizer_name="raw", index_option="basic")
    build.add_integer_field("first", indexed=True, fast=True)
    build.add_integer_field("last", indexed=True, fast=True)
    build.add_integer_field("newest", indexed=True, fast=True)
    build.add_float_field("youth", fast=True)
    build.add_unsigned_field("place", fast=True)
    build.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    build.add_text_field(_STAMP, stored=True, tokenizer_name="raw", index_option="basic")
    return build.build()


def document(id: int, described: Described, days: Days | None, newest_on: dt.date, place: int) -> tantivy.Document:
    """`days`: of the conference. `newest_on`, `place`: what lists are ordered by, and the order inside a day."""
    made = tantivy.Document()
    made.add_unsigned("id", id)
    made.add_text("key", str(id))
    made.add_text("kind", "resolution")
    made.add_text("levels", " ".join(_at_level(token, level) for token, level in described.levels.items()))
    made.add_text("keys", " ".join(described.keys))
    for one in described.traits:
        made.add_text("traits", one)
    if days is not None:
        made.add_integer("first", days.first.toordinal())
        made.add_integer("last", days.last.toordinal())
    made.add_integer("newest", newest_on.toordinal())
    made.add_float("youth", _youth(newest_on))
    made.add_unsigned("place", place)
    return made


def stamp_document(stamp: Sequence[object]) -> tantivy.Document:
    """Says of what the index is made; it is written in the same commit as what it speaks of."""
    made = tantivy.Document()
    made.add_text("kind", _STAMP)
    made.add_text(_STAMP, json.dumps(stamp))
    return made


def stamp_of(searcher: tantivy.Searcher, known: tantivy.Schema) -> list[object] | None:
    """What `stamp_document` was given; None for an index without one."""
    hits = searcher.search(tantivy.Query.term_query(known, "kind", _STAMP, "basic"), 2).hits
    if len(hits) != 1:
        return None
    (text,) = searcher.doc(hits[0][1])[_STAMP]
    stamp = json.loads(text)
    return stamp if isinstance(stamp, list) else None


def replace(writer: tantivy.IndexWriter, id: int, made: tantivy.Document, known: bool) -> None:
    """`known`: the resolution may stand there already."""
    if known:
        writer.delete_documents_by_term("key", str(id))
    writer.add_document(made)


def replace_stamp(writer: tantivy.IndexWriter, stamp: Sequence[object]) -> None:
    writer.delete_documents_by_term("kind", _STAMP)
    writer.add_document(stamp_document(stamp))


@dataclass(frozen=True, slots=True)
class Hits:
    """`keys`: the scores, or the values of the field that was ordered by. `total` counts all matches."""

    keys: tuple[float, ...]
    addresses: list[tantivy.DocAddress]
    total: int


def best(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Hits:
    """By score; of equal scores the newer ones first."""
    return _hits(searcher.search(query, limit, weight_by_field="youth"))


def newest(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Hits:
    """By the day of the conference."""
    return _hits(searcher.search(query, limit, order_by_field="newest"))


def values(searcher: tantivy.Searcher, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
    """What stands in a field of those documents."""
    return [int(value or 0) for value in searcher.fast_field_values(field, addresses)]


class _Counted(Protocol):
    """What the engine's result has but its own stub leaves out."""

    count: int


def _hits(result: tantivy.SearchResult) -> Hits:
    keys, addresses = zip(*result.hits, strict=True) if result.hits else ((), ())
    return Hits(tuple(keys), list(addresses), cast(_Counted, result).count)


class Asking:
    """Our queries in the engine's terms."""

    def __init__(self, known: tantivy.Schema) -> None:
        self._schema = known

    def query(self, query: Query) -> tantivy.Query:
        """Nothing is asked for by a query that asks nothing."""
        if not query.asks:
            return tantivy.Query.empty_query()
        return tantivy.Query.boolean_query([*self._wanted(query), *self._better(query), *self._unwanted(query)])

    def stored_since(self, first: dt.date, narrowed: tantivy.Query | None = None) -> tantivy.Query:
        """All resolutions of conferences from that day on, or those of them that another query finds."""
        days = tantivy.Query.range_query(self._schema, "newest", tantivy.FieldType.Integer, first.toordinal(), None)
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, _unscored(one)) for one in (days, narrowed) if one is not None]
        )

    def oldest(self, searcher: tantivy.Searcher) -> dt.date | None:
        """The day of the oldest conference; None for an empty index."""
        every = self._term("kind", "resolution")
        hits = searcher.search(every, 1, order_by_field="newest", order=tantivy.Order.Asc).hits
        return dt.date.fromordinal(hits[0][0]) if hits else None

    def plain(self, key: str) -> tantivy.Query:
        """What holds a word of that key, ranked by the engine's own measure (BM25): a yardstick."""
        return tantivy.Query.term_query(self._schema, "keys", key)

    def _wanted(self, query: Query) -> Iterator[Clause]:
        must = tantivy.Occur.Must
        groups = [self._words(group) for group in query.tokens or query.groups]
        if query.loose:
            # Two words come before one, however much a resolution is about it, and said in whatever way.
            yield must, _any((*groups, *(tantivy.Query.const_score_query(words, 2.0 * LEVELS) for words in groups)))
        else:
            yield from ((must, words) for words in groups)
        for phrase in query.phrases:
            yield must, self._phrase(phrase)
        for wanted in query.filters:
            yield must, _unscored(self._any_trait(wanted))
        # A conference of several days has begun by the one, and has not ended before the other.
        if query.since:
            yield must, _unscored(self._days("last", query.since, None))
        if query.until:
            yield must, _unscored(self._days("first", None, query.until))

    def _better(self, query: Query) -> Iterator[Clause]:
        yield from ((tantivy.Occur.Should, self._words(one)) for one in query.better)

    def _unwanted(self, query: Query) -> Iterator[Clause]:
        for group in query.excluded_tokens or query.excluded:
            yield tantivy.Occur.MustNot, _any((self._words(group), self._any_trait(group)))

    def _words(self, group: Iterable[str]) -> tantivy.Query:
        """Any of the tokens, scored by the best level that one of them has."""
        levels = [(token, level) for token in sorted(group) for level in range(1, LEVELS + 1)]
        scored = [
            tantivy.Query.const_score_query(self._term("levels", _at_level(token, level)), float(level))
            for token, level in levels
        ]
        return tantivy.Query.disjunction_max_query(scored)

    def _phrase(self, keys: tuple[str, ...]) -> tantivy.Query:
        if len(keys) == 1:
            return self._words(keys)
        found = tantivy.Query.phrase_query(self._schema, "keys", list(keys))
        # How rare its words are is no reason for a score; how much of the text they are about is.
        about = [self._words([key]) for key in keys]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (_unscored(found), *about)])

    def _any_trait(self, wanted: Iterable[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, "traits", sorted(wanted))

    def _days(self, field: str, since: dt.date | None, until: dt.date | None) -> tantivy.Query:
        first, last = (day.toordinal() if day else None for day in (since, until))
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")


def _at_level(token: str, level: int) -> str:
    return f"{token}={level}"


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _youth(newest_on: dt.date) -> float:
    share = (newest_on.toordinal() - _FIRST_DAY) / (_LAST_DAY - _FIRST_DAY)
    return _NEWEST * min(1.0, max(0.0, share))
