"""A page's text, in one piece, to rows with their places.

Strategy: only the first and the last letter of a row are asked where they stand. If their baselines differ, the row
is looked at letter by letter: several lines glued together, or text that stands upright or aslant. Rows that run
over a gutter are cut there; a few of the page's long rows tell whether there is one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from feeds.printed_row import EdgeNumber, Row

CUT = "\u0002\ufffe"
"""How pdfium marks a hyphen at a line's end; the next line follows without a break."""

_ROW = re.compile(rf"[^\s{CUT}][^\r\n{CUT}]*[{CUT}]?|[{CUT}]")
_DIGITS = 4
"""Margin numbers have at most so many."""
_BLANKS = re.compile(r"(?<=\S)\s+(?=\S)")
_SAME_LINE = 0.5
"""Baselines that differ by less than this share of the type's height are one."""
_LEAST_HEIGHT = 1.0
"""Points; some fonts do not say how high they are."""
_ASLANT = 0.05
"""Radians; text turned by less stands straight, only badly scanned."""

_LARGE = 2.5
_CAPITAL = 0.6
"""How high capitals stand, as a share of their type's height."""
_APART = 0.5
"""A number belongs to the margin only behind a gap of this many times the type's height; a blank has a quarter."""
_LONG_ROW = 0.6
_SAMPLED = 3
_LEAST_ROWS = 5
_GUTTER = 1.2
"""A gap this many times the height of the type may be a gutter; blanks in justified text stay below."""
_COLUMN = 0.25
"""The share of the page's width that each column fills at least; cells of a table rarely do."""
_BESIDE = 0.15
"""The share of a row's letters at either end among which no gutter can be."""
_AGREEING = 0.7


class PlacedText(Protocol):
    """A page's text whose letters know their places; `at` is an index into `text`, measures are points."""

    text: str

    def origin(self, at: int) -> tuple[float, float]:
        """Where the letter begins, on its baseline."""

    def box(self, at: int) -> tuple[float, float, float]:
        """The letter's right edge, and the lower and upper edge of its type."""

    def angle(self, at: int) -> float:
        """How far the letter is turned, in radians, 0 to 2π."""

    def is_printed(self, at: int) -> bool:
        """Whether the document prints this blank, or it only stands for a distance."""


_Span = tuple[Row, int, int]
"""A row with the indexes of its first and last letter."""


class _Gap(NamedTuple):
    """Empty space inside a row, with the indexes of the letters on both sides."""

    left: float
    right: float
    behind: int
    before: int


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page's rows in the order of its text.

    `aslant` are the letters that were left out because they do not stand upright, `angle` is how most of them stand;
    `behind` those that stand behind the text, as a watermark does.
    """

    rows: tuple[Row, ...]
    aslant: int
    angle: float
    behind: int


def rows_of_page(page: PlacedText) -> PageRows:
    """Cut the page's text into rows."""
    spans: list[_Span] = []
    aslant: Counter[float] = Counter()
    for match in _ROW.finditer(page.text):
        content = match[0].rstrip()
        first, last = match.start(), match.start() + len(content) - 1
        if row := _straight(page, first, last, content):
            spans.append((row, first, last))
        elif _ASLANT < (angle := page.angle(first)) < math.tau - _ASLANT:
            aslant[round(angle, 1)] += len(content)
        else:
            spans += _lines_glued(page, first, last)
    if (gutter := _gutter(page, spans)) is not None:
        spans = [*_cut(page, spans, gutter)]
    rows = tuple([row for row, _, _ in spans])
    marks = _watermarks(rows)
    return PageRows(
        rows=tuple(row for row in rows if row not in marks) if marks else rows,
        aslant=aslant.total(),
        angle=max(aslant, key=lambda angle: aslant[angle], default=0.0),
        behind=sum(len(row.text) for row in marks),
    )


def _watermarks(rows: tuple[Row, ...]) -> list[Row]:
    """Rows in very large type that other rows run through."""
    if len(rows) < _LEAST_ROWS:
        return []
    large = _LARGE * sorted([row.height for row in rows])[len(rows) // 2]
    return [row for row in rows if row.height > large and sum(_runs_through(other, row) for other in rows) > 1]


def _runs_through(row: Row, large: Row) -> bool:
    across = row.left < large.right and row.right > large.left
    return row is not large and across and large.base < row.base < large.base + _CAPITAL * large.height


def _straight(page: PlacedText, first: int, last: int, content: str) -> Row | None:
    """The letters as one row; None if the last does not stand on the first one's line."""
    left, base = page.origin(first)
    right, low, high = page.box(last)
    if right <= left or last == first:
        return None
    if low <= base <= high or abs(page.origin(last)[1] - base) <= _SAME_LINE * (high - low):
        return _row(page, first, content, left, right, base, max(high - low, _LEAST_HEIGHT))
    return None


def _lines_glued(page: PlacedText, first: int, last: int) -> Iterator[_Span]:
    """The rows between two letters: one begins where a letter does not stand on the line of the one before."""
    start = first
    left, base = page.origin(first)
    before, right, height = base, left, _LEAST_HEIGHT
    for at in range(first, last + 1):
        if not page.text[at].isspace():
            right, low, high = page.box(at)
            height = max(high - low, _LEAST_HEIGHT)
        after = page.origin(at + 1)[1] if at < last else math.inf
        if abs(after - before) > _SAME_LINE * height:
            if content := page.text[start : at + 1].rstrip():
                yield _row(page, start, content, left, right, base, height), start, at
            if at < last:
                start = at + 1
                left, base = page.origin(start)
        before = after


def _row(page: PlacedText, first: int, content: str, left: float, right: float, base: float, height: float) -> Row:
    lead = tail = None
    if content[-1] in CUT:
        content = content[:-1] + "-"
    elif content[-1].isdecimal():
        tail = _number_behind(page, first, content, right, _APART * height)
    if content[0].isdecimal():
        lead = _number_before(page, first, content, left, _APART * height)
    return Row(content, left, right, base, height, lead, tail)


def _number_behind(page: PlacedText, first: int, content: str, right: float, least: float) -> EdgeNumber | None:
    """The number at the row's end, if there is at least so much space before it."""
    rest, _, digits = content.rpartition(" ")
    if len(digits) > _DIGITS or not digits.isdecimal() or not (rest := rest.rstrip()):
        return None
    left = page.origin(first + len(content) - len(digits))[0]
    rest_edge = page.box(first + len(rest) - 1)[0]
    if left - rest_edge < least:
        return None
    hard = rest[-1] == "-" and page.is_printed(first + len(rest))
    return EdgeNumber(int(digits), left, right, rest, rest_edge, hard)


def _number_before(page: PlacedText, first: int, content: str, left: float, least: float) -> EdgeNumber | None:
    """The number at the row's beginning, if there is at least so much space behind it."""
    digits, _, rest = content.partition(" ")
    if len(digits) > _DIGITS or not digits.isdecimal() or not (rest := rest.lstrip()):
        return None
    right = page.box(first + len(digits) - 1)[0]
    rest_edge = page.origin(first + len(content) - len(rest))[0]
    return EdgeNumber(int(digits), left, right, rest, rest_edge) if rest_edge - right >= least else None


def _cut(page: PlacedText, spans: list[_Span], gutter: float) -> Iterator[_Span]:
    """The rows, in two where they run over the gutter."""
    for span in spans:
        gap = _gap_at(page, span, gutter)
        if gap is None:
            yield span
        else:
            yield from _lines_glued(page, span[1], gap.behind)
            yield from _lines_glued(page, gap.before, span[2])


def _gap_at(page: PlacedText, span: _Span, place: float) -> _Gap | None:
    row, first, last = span
    if not row.left < place < row.right:
        return None
    return next((gap for gap in _gaps(page, row, first, last) if gap.left <= place <= gap.right), None)


def _gutter(page: PlacedText, spans: list[_Span]) -> float | None:
    """Where two columns are set apart, if text of both stands in the same rows."""
    if len(spans) < _LEAST_ROWS:
        return None
    width = max([row.right for row, _, _ in spans]) - min([row.left for row, _, _ in spans])
    long = [span for span in spans if span[0].right - span[0].left > _LONG_ROW * width]
    if len(long) < _LEAST_ROWS:
        return None
    places: set[float] = set()
    for span in long[:: len(long) // _SAMPLED]:
        if not (gaps := _column_gaps(page, span, width)):
            return None
        places |= {(gap.left + gap.right) / 2 for gap in gaps}
    rows = [_column_gaps(page, span, width) for span in long]
    counted = {at: sum(any(gap.left <= at <= gap.right for gap in gaps) for gaps in rows) for at in places}
    best = max(counted, key=lambda at: counted[at])
    return best if counted[best] >= _AGREEING * len(long) else None


def _column_gaps(page: PlacedText, span: _Span, width: float) -> list[_Gap]:
    """The row's gaps with enough text on both sides for two columns."""
    row, first, last = span
    aside = round(_BESIDE * (last - first))
    behind, before = row.left + _COLUMN * width, row.right - _COLUMN * width
    return [gap for gap in _gaps(page, row, first + aside, last - aside) if behind <= gap.left and gap.right <= before]


def _gaps(page: PlacedText, row: Row, first: int, last: int) -> Iterator[_Gap]:
    for blank in _BLANKS.finditer(page.text, first, last + 1):
        left, right = page.box(blank.start() - 1)[0], page.origin(blank.end())[0]
        if right - left > _GUTTER * row.height:
            yield _Gap(left, right, blank.start() - 1, blank.end())
