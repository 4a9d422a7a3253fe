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
from typing import Protocol

from feeds.printed_row import EdgeNumber, Row

CUT = "\u0002\ufffe"
"""How pdfium marks a hyphen at a line's end; the next line follows without a break."""

_ROW = re.compile(rf"[^\r\n{CUT}]+[{CUT}]?|[{CUT}]")
_NUMBER_BEHIND = re.compile(r"(?P<rest>.*\S)\s+(?P<digits>\d{1,4})", re.DOTALL)
_NUMBER_BEFORE = re.compile(r"(?P<digits>\d{1,4})\s+(?P<rest>\S.*)", re.DOTALL)
_BLANKS = re.compile(r"(?<=\S)\s+(?=\S)")
_SAME_LINE = 0.5
"""Baselines that differ by less than this share of the type's height are one."""
_ASLANT = 0.05
"""Radians; text turned by less stands straight, only badly scanned."""

_APART = 0.5
"""A number belongs to the margin only behind a gap of this many times the type's height; a blank has a quarter."""
_LONG_ROW = 0.6
_SAMPLED = 3
_LEAST_ROWS = 5
_GUTTER = 1.2
"""A gap this many times the height of the type may be a gutter; blanks in justified text stay below."""
_COLUMN = 0.25
"""The share of the page's width that each column fills at least; cells of a table rarely do."""
_AGREEING = 0.7


class PlacedText(Protocol):
    """A page's text whose letters know their places; `at` is an index into `text`, measures are points."""

    text: str

    def origin(self, at: int) -> tuple[float, float]:
        """Where the letter begins, on its baseline."""

    def right(self, at: int) -> tuple[float, float]:
        """The letter's right edge and the height of its type."""

    def angle(self, at: int) -> float:
        """How far the letter is turned, in radians, 0 to 2π."""

    def is_printed(self, at: int) -> bool:
        """Whether the document prints this blank, or it only stands for a distance."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A row with the indexes of its first and last letter."""

    row: Row
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Gap:
    """Empty space inside a row, with the indexes of the letters on both sides."""

    left: float
    right: float
    behind: int
    before: int


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page's rows in the order of its text.

    `aslant` are the letters that were left out because they do not stand upright, `angle` is how most of them stand.
    """

    rows: tuple[Row, ...]
    aslant: int
    angle: float


def rows_of_page(page: PlacedText) -> PageRows:
    """Cut the page's text into rows."""
    spans: list[_Span] = []
    aslant: Counter[float] = Counter()
    for match in _ROW.finditer(page.text):
        raw = match[0]
        content = raw.strip()
        if not content:
            continue
        first = match.start() + len(raw) - len(raw.lstrip())
        last = first + len(content) - 1
        left, base = page.origin(first)
        right, height = page.right(last)
        if last > first and right > left and abs(page.origin(last)[1] - base) <= _SAME_LINE * height:
            spans.append(_Span(_row(page, first, last, left, right, base, height), first, last))
        elif _ASLANT < (angle := page.angle(first)) < math.tau - _ASLANT:
            aslant[round(angle, 1)] += len(content)
        else:
            spans += _lines_glued(page, first, last)
    rows = tuple(span.row for span in _without_gutter(page, spans))
    return PageRows(rows, aslant.total(), max(aslant, key=lambda angle: aslant[angle], default=0.0))


def _lines_glued(page: PlacedText, first: int, last: int) -> Iterator[_Span]:
    """One span for each baseline between two letters."""
    start = first
    for at in range(first + 1, last + 2):
        if at <= last and abs(page.origin(at)[1] - page.origin(start)[1]) <= _SAME_LINE * page.right(start)[1]:
            continue
        left, base = page.origin(start)
        right, height = page.right(at - 1)
        if page.text[start:at].strip():
            yield _Span(_row(page, start, at - 1, left, right, base, height), start, at - 1)
        start = at


def _row(page: PlacedText, first: int, last: int, left: float, right: float, base: float, height: float) -> Row:
    content = page.text[first : last + 1]
    if content[-1] in CUT:
        content = content[:-1] + "-"
    lead = _number_before(page, first, content, left) if content[0].isdecimal() else None
    tail = _number_behind(page, first, content, right) if content[-1].isdecimal() else None
    least = _APART * height
    if lead and lead.rest_edge - lead.right < least:
        lead = None
    if tail and tail.left - tail.rest_edge < least:
        tail = None
    return Row(content, left, right, base, height, lead, tail)


def _number_behind(page: PlacedText, first: int, content: str, right: float) -> EdgeNumber | None:
    match = _NUMBER_BEHIND.fullmatch(content)
    if match is None:
        return None
    rest, blank = match["rest"], first + match.end("rest")
    return EdgeNumber(
        value=int(match["digits"]),
        left=page.origin(first + match.start("digits"))[0],
        right=right,
        rest=rest,
        rest_edge=page.right(blank - 1)[0],
        hard_hyphen=rest[-1] == "-" and page.is_printed(blank),
    )


def _number_before(page: PlacedText, first: int, content: str, left: float) -> EdgeNumber | None:
    match = _NUMBER_BEFORE.fullmatch(content)
    if match is None:
        return None
    return EdgeNumber(
        value=int(match["digits"]),
        left=left,
        right=page.right(first + match.end("digits") - 1)[0],
        rest=match["rest"],
        rest_edge=page.origin(first + match.start("rest"))[0],
    )


def _without_gutter(page: PlacedText, spans: list[_Span]) -> Iterator[_Span]:
    """The rows, cut in two where they run over a gutter that most long rows share."""
    gutter = _gutter(page, spans)
    for span in spans:
        gap = None if gutter is None else _gap_at(page, span, gutter)
        if gap is None:
            yield span
        else:
            yield from _lines_glued(page, span.first, gap.behind)
            yield from _lines_glued(page, gap.before, span.last)


def _gap_at(page: PlacedText, span: _Span, place: float) -> _Gap | None:
    if not span.row.left < place < span.row.right:
        return None
    return next((gap for gap in _gaps(page, span) if gap.left <= place <= gap.right), None)


def _gutter(page: PlacedText, spans: list[_Span]) -> float | None:
    """Where two columns are set apart, if text of both stands in the same rows."""
    if len(spans) < _LEAST_ROWS:
        return None
    width = max(span.row.right for span in spans) - min(span.row.left for span in spans)
    long = [span for span in spans if span.row.right - span.row.left > _LONG_ROW * width]
    if len(long) < _LEAST_ROWS or not all(_column_gaps(page, span, width) for span in long[:: len(long) // _SAMPLED]):
        return None
    gaps = [_column_gaps(page, span, width) for span in long]
    counted = {
        middle: sum(any(gap.left <= middle <= gap.right for gap in row) for row in gaps)
        for middle in {(gap.left + gap.right) / 2 for row in gaps for gap in row}
    }
    best = max(counted, key=lambda middle: counted[middle])
    return best if counted[best] >= _AGREEING * len(long) else None


def _column_gaps(page: PlacedText, span: _Span, width: float) -> list[_Gap]:
    """The row's gaps with enough text on both sides for two columns."""
    least = _COLUMN * width
    return [
        gap for gap in _gaps(page, span) if gap.left - span.row.left >= least and span.row.right - gap.right >= least
    ]


def _gaps(page: PlacedText, span: _Span) -> Iterator[_Gap]:
    for blank in _BLANKS.finditer(page.text, span.first, span.last + 1):
        left, right = page.right(blank.start() - 1)[0], page.origin(blank.end())[0]
        if right - left > _GUTTER * span.row.height:
            yield _Gap(left, right, blank.start() - 1, blank.end())
