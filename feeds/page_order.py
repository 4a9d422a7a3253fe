"""The rows of a page in the order in which they are read: from the top, column by column.

Strategy: a page has two columns if many rows begin well right of its left edge, beside rows that end before them.
Rows that run over both columns divide the page; between them the left column is read before the right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feeds.printed_row import Row, fullest, same_line

_INDENTED = 0.35
"""The share of the page's text width from which on a row may begin the right column; quotations stand further left."""
_LEAST_ROWS = 5
_ALIGNED = 3.0
"""Points by which rows of one column may begin apart, bullets and indents aside."""


def in_reading_order(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """The columns of a page whose rows come from the top, in order, what stands on one line put together."""
    gutter = _gutter(rows)
    if gutter is None:
        return (_lines(rows),) if rows else ()
    return tuple(_lines(column) for column in _columns(rows, gutter))


def _gutter(rows: Sequence[Row]) -> float | None:
    """The left edge of the right column; None on a page with one column."""
    if len(rows) < 2 * _LEAST_ROWS:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    edge = _aligned_edge(sorted(row.left for row in rows if row.left > left + _INDENTED * (right - left)))
    if edge is None:
        return None
    heights = [row.base for row in rows if row.right < edge]
    if len(heights) < _LEAST_ROWS:
        return None
    beside = sum(min(heights) <= row.base <= max(heights) for row in rows if row.left >= edge)
    return edge if beside >= _LEAST_ROWS else None


def _aligned_edge(edges: list[float]) -> float | None:
    """Where most rows begin, if enough of them do."""
    same = fullest(edges, _ALIGNED)
    return edges[same.start] if len(same) >= _LEAST_ROWS else None


def _columns(rows: Sequence[Row], gutter: float) -> Iterator[list[Row]]:
    """Rows over the whole width, and between them the left and the right column; empty ones are left out."""
    whole: list[Row] = []
    halves: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        if row.left < gutter <= row.right:
            yield from filter(None, halves)
            halves = ([], [])
            whole.append(row)
            continue
        if whole:
            yield whole
            whole = []
        halves[row.left >= gutter].append(row)
    yield from filter(None, (whole, *halves))


def _lines(rows: Sequence[Row]) -> tuple[Row, ...]:
    """From the top; rows on one line become one."""
    lines: list[Row] = []
    group: list[Row] = []
    for row in rows:
        if group and not same_line(group[0], row):
            lines.append(_joined(group))
            group = []
        group.append(row)
    return (*lines, _joined(group)) if group else ()


def _joined(group: list[Row]) -> Row:
    if len(group) == 1:
        return group[0]
    parts = sorted(group, key=lambda row: row.left)
    return max(parts, key=lambda row: len(row.text))._replace(
        text=" ".join(row.text for row in parts),
        left=parts[0].left,
        right=max(row.right for row in parts),
        margin=next((row.margin for row in parts if row.margin is not None), None),
        hard_hyphen=parts[-1].hard_hyphen,
    )
