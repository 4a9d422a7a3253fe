"""Spans that are already spoken for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.spans import TakenSpans

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12))
def test_a_span_is_free_where_no_taken_one_overlaps_it(spans: list[tuple[int, int]]) -> None:
    taken, kept = TakenSpans(), list[tuple[int, int]]()
    for start, end in spans:
        free = all(other_end <= start or end <= other_start for other_start, other_end in kept)
        assert taken.free(start, end) == free
        taken.take(start, end)
        kept += [(start, end)] if free else []


def test_spans_that_only_touch_do_not_overlap() -> None:
    taken = TakenSpans()
    taken.take(3, 5)
    assert taken.free(5, 6)
    assert taken.free(1, 3)
    assert not taken.free(4, 5)
