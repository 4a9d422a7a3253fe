"""A row of print with its place on the page: what the stages that read by position work on.

(Tuples by name, not data classes: a document has thousands, and they are made three times faster.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class EdgeNumber(NamedTuple):
    """A number of at most four digits at one end of a row, and the row without it.

    `left` and `right` are the number's own; `rest_edge` is where the rest ends or begins, on the number's side.
    `hard_hyphen`: a blank was printed behind the rest's last hyphen.
    """

    value: int
    left: float
    right: float
    rest: str
    rest_edge: float
    hard_hyphen: bool = False


class Row(NamedTuple):
    """Text on one baseline; places in points from the page's lower left corner.

    `height` is that of the type, not of these letters. `lead` and `tail` are numbers at its ends that may belong to
    the margin; `margin` is the one that does.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    lead: EdgeNumber | None = None
    tail: EdgeNumber | None = None
    margin: int | None = None
    hard_hyphen: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a number of at most four digits stands here alone."""
        return len(self.text) <= 4 and self.text.isdecimal()


def same_line(one: Row, other: Row) -> bool:
    """Whether two rows stand on one printed line: baselines less than half the smaller type's height apart."""
    return abs(one.base - other.base) < 0.5 * min(one.height, other.height)


def fullest(places: Sequence[float], width: float) -> range:
    """The positions of the most places, which come in rising order, that lie within `width` of each other."""
    best, start = range(0), 0
    most = 0
    for end, place in enumerate(places):
        while place - places[start] > width:
            start += 1
        if end - start >= most:
            most = end - start + 1
            best = range(start, end + 1)
    return best
