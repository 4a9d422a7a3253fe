"""Margin numbers told by their place: digits beside the text, in one column through the document, counting on.

Strategy: numbers at the rows' outer ends are collected; those that line up are a column. It is the margin's if it
lies beside the text of the rows it numbers, and if its numbers count on (by one, or by five where every fifth line
is numbered) or begin anew. Years and amounts at the end of a full line line up too, but stand inside the text's
width; a table's numbers do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from feeds.printed_row import EdgeNumber, Row, fullest, same_line

Side = Literal["left", "right"]

_LEAST = 3
_ALIGNED = 2.5
"""Points by which numbers of one column may differ at the side where they line up."""
_BESIDE = 0.9
_MOSTLY = 0.6
"""Running heads and headings may reach into the margin; on short documents they are many."""
_COUNTING = 0.8
STEPS = (1, 2, 5, 10)
_FIRST = 200
"""The first number counts at most so many lines more than the document has above it (it may be an excerpt)."""
_SPREAD = 1.5
"""The rows from one number to the next are at most this many times what the count says (headings carry none)."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the margin numbers stand, in points from the page's left edge, and by how much they count."""

    side: Side
    left: float
    right: float
    step: int

    def number_of(self, row: Row) -> EdgeNumber | None:
        """The row's number in this column, if it has text besides."""
        number = row.tail if self.side == "right" else row.lead
        return number if number and self.holds(number.left, number.right) else None

    def is_clear_of(self, edge: float) -> bool:
        """Whether text that ends (or, for a column on the left, begins) at `edge` stands beside the column."""
        return edge <= self.left if self.side == "right" else edge >= self.right

    def holds(self, left: float, right: float) -> bool:
        return self.left - _ALIGNED <= left and right <= self.right + _ALIGNED


class _Found(NamedTuple):
    """A number at an outer end of a row; `position` counts the document's rows."""

    value: int
    left: float
    right: float
    rest_edge: float | None
    position: int


Pages = Sequence[Sequence[Row]]


def find_column(pages: Pages) -> Column | None:
    """The column of margin numbers, from rows in reading order; None where the document has none."""
    rows = [row for page in pages for row in page]
    return _column_of(rows, "right") or _column_of(rows, "left")


def _column_of(rows: list[Row], side: Side) -> Column | None:
    found = list(_numbers(rows, side))
    members = _lined_up(found, by_left=False)
    if len(members) < _BESIDE * len(found):
        members = max(members, _lined_up(found, by_left=True), key=len)
    if len(members) < _LEAST:
        return None
    column = Column(side, min(one.left for one in members), max(one.right for one in members), _step(members))
    return column if _counts(members, column.step) and _is_beside(members, rows, column) else None


def _numbers(rows: list[Row], side: Side) -> Iterator[_Found]:
    position = 0
    for row in rows:
        number = row.tail if side == "right" else row.lead
        if number:
            position += 1
            value, left, right, _, rest_edge, _ = number
            yield _Found(value, left, right, rest_edge, position)
        elif row.is_number:
            yield _Found(int(row.text), row.left, row.right, None, position)
        else:
            position += 1


def _lined_up(found: list[_Found], *, by_left: bool) -> list[_Found]:
    """The most numbers whose left or right edges stand on one line, in reading order."""
    edges = sorted((one.left if by_left else one.right, at) for at, one in enumerate(found))
    same = fullest([edge for edge, _ in edges], _ALIGNED)
    return [found[at] for at in sorted(edges[position][1] for position in same)]


def _step(members: list[_Found]) -> int:
    """By how much the numbers mostly rise."""
    rises = Counter(_rises([one.value for one in members]))
    return max(STEPS, key=lambda step: (rises[step], -step))


def _rises(numbers: list[int]) -> list[int]:
    return [after - before for before, after in pairwise(numbers)]


def _counts(members: list[_Found], step: int) -> bool:
    """Whether nearly all numbers count on or begin anew, with no more rows between them than the count says.

    Where every fifth line is numbered, the first may be, too.

    Years count, too, but no count begins so high.
    """
    values = [one.value for one in members]
    rises, apart = _rises(values), _rises([one.position for one in members])
    rows = [distance for distance, rise in zip(apart, rises, strict=True) if rise == step]
    anew = sum(value in (1, step) for value in values[1:])
    if values[0] > members[0].position + _FIRST:
        return False
    if not rows or len(rows) + anew < _COUNTING * len(rises):
        return False
    return median(rows) <= _SPREAD * step


def _is_beside(members: list[_Found], rows: list[Row], column: Column) -> bool:
    """Whether the numbered rows' own text ends before the column, and so does most other text.

    Where not every line is numbered, the text in question is what stands between two numbers.
    """
    own = [column.is_clear_of(one.rest_edge) for one in members if one.rest_edge is not None]
    text = [row for row in rows if not row.is_number]
    if column.step > 1:
        text = [row for before, after in pairwise(members) for row in text[before.position : after.position - 1]]
    else:
        numbered = {one.position - 1 for one in members if one.rest_edge is not None}
        text = [row for at, row in enumerate(text) if at not in numbered]
    others = [column.is_clear_of(row.right if column.side == "right" else row.left) for row in text]
    return sum(own) >= _BESIDE * len(own) and sum(others) >= _MOSTLY * len(others)


def with_margins(page: Sequence[Row], column: Column) -> list[Row]:
    """The page's rows with the numbers of the column moved from `text` to `margin`."""
    rows: list[Row] = []
    alone: list[Row] = []
    for row in page:
        if row.is_number and column.holds(row.left, row.right):
            alone.append(row)
        else:
            rows.append(_without_number(row, column))
    return _with_lone_numbers(rows, alone, column.step) if alone else rows


def _without_number(row: Row, column: Column) -> Row:
    number = column.number_of(row)
    if number is None:
        return row
    left, right = (row.left, number.rest_edge) if column.side == "right" else (number.rest_edge, row.right)
    return Row(number.rest, left, right, row.base, row.height, None, None, number.value, number.hard_hyphen)


def _with_lone_numbers(rows: list[Row], alone: list[Row], step: int) -> list[Row]:
    """Numbers that were printed apart from their row; one on an empty row is dropped if it belongs to the count."""
    result = list(rows)
    counted = {row.margin for row in rows} | {int(row.text) for row in alone}
    for number in alone:
        value = int(number.text)
        at = next((at for at, row in enumerate(result) if same_line(row, number)), None)
        if at is not None and result[at].margin is None:
            result[at] = result[at]._replace(margin=value, lead=None, tail=None)
        elif at is None and not {value - step, value + step} & counted:
            result.append(number)
    return result
