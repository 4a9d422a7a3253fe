"""Rows with places to lines: what stands in the margin, outside the text, and apart from the row above.

Strategy, empty space: the usual pitch of a page is the distance of rows inside a paragraph, where a word is cut or
the row above had no room for the next word. What stands further apart has empty space above it. In widely spaced
print, rows that simply end may stand at the same distance; they are set apart unless something near them is more so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from feeds.extract_text import squeeze
from feeds.line import Line
from feeds.margin_column import find_column, with_margins
from feeds.page_order import in_reading_order
from feeds.printed_row import Row
from feeds.running_rows import running_rows

_APART = 1.15
"""A distance this many times the usual one is empty space."""
_SINGLE = 1.35
"""Rows at most this many times their type's height apart are set without space between (single spacing is 1.0–1.2)."""
_LEAST_STEPS = 3
_FULL = 0.95
"""The right edge of the text is that of the rows at this share from the left: few reach beyond by mistake."""
_GOES_ON = (",", "-", "–", "/")

Page = Sequence[Row]


@dataclass(frozen=True, slots=True)
class _Column:
    """The rows of a column, and for each but the first its distance from the one above and whether it goes on there."""

    rows: Page
    steps: list[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual in the document, in points: distance of rows, height of type.

    `every`: so many lines have one margin number; 0 where there are none.
    """

    pitch: float
    height: float
    every: int


def lines_of_pages(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of all pages in reading order."""
    pages = [_from_top(page) for page in pages]
    if margin := find_column(pages):
        pages = [_from_top(with_margins(page, margin)) for page in pages]
    furniture = running_rows(pages)
    heads: list[list[Row]] = []
    bodies: list[tuple[Page, ...]] = []
    for page, rows in enumerate(pages):
        heads.append([row for at, row in enumerate(rows) if (page, at) in furniture])
        bodies.append(in_reading_order([row for at, row in enumerate(rows) if (page, at) not in furniture]))
    columns = _columns(bodies)
    usual = _usual([column for body in columns for column in body], margin.step if margin else 0)
    return tuple(
        line._replace(page=number)
        for number, (head, body) in enumerate(zip(heads, columns, strict=True), start=1)
        for line in _lines_of_page(head, body, usual)
    )


def _from_top(page: Page) -> Page:
    return sorted(page, key=lambda row: -row.base)


def _columns(bodies: list[tuple[Page, ...]]) -> list[list[_Column]]:
    """Page by page; the right edge of the text is the document's, but on a page with several columns each one's own."""
    rights = sorted(row.right for body in bodies for rows in body for row in rows)
    edge = rights[int(_FULL * len(rights))] if rights else 0.0
    return [
        [_Column(rows, [*_steps(rows, edge if len(body) == 1 else max(row.right for row in rows))]) for rows in body]
        for body in bodies
    ]


def _steps(rows: Page, right: float) -> Iterator[tuple[float, bool]]:
    for above, row in pairwise(rows):
        yield above.base - row.base, _goes_on(above, row, right)


def _goes_on(above: Row, row: Row, right: float) -> bool:
    """Whether the row above is cut at its end, or broken because the next word had no room."""
    if above.text.endswith(_GOES_ON) or row.text[0].islower():
        return True
    first_word = len(row.text.split(maxsplit=1)[0])
    return right - above.right < (first_word + 1) * (row.right - row.left) / len(row.text)


def _usual(columns: Sequence[_Column], every: int) -> _Usual:
    heights = [row.height for column in columns for row in column.rows]
    height = median_low(heights) if heights else 0.0
    steps = [step for column in columns for step, goes_on in column.steps if goes_on]
    return _Usual(median_low(steps) if steps else _SINGLE * height, height, every)


def _lines_of_page(furniture: list[Row], columns: list[_Column], usual: _Usual) -> Iterator[Line]:
    """Furniture first: what stands at the foot of the page is out of the way there, too."""
    for row in furniture:
        yield Line(squeeze(row.text), gap=True, page_start=True, furniture=True)
    for column in columns:
        page_start = True
        for row, gap in zip(column.rows, _gaps(column, usual), strict=True):
            yield Line(squeeze(row.text), gap, page_start, row.margin, row.hard_hyphen)
            page_start = False


def _gaps(column: _Column, usual: _Usual) -> Iterator[bool]:
    """Whether each row has empty space above it; the first of a column counts as set apart."""
    yield True
    inner = [step for step, goes_on in column.steps if goes_on]
    pitch = median_low(inner) if len(inner) >= _LEAST_STEPS else usual.pitch
    for at, (step, goes_on) in enumerate(column.steps, start=1):
        if step <= _APART * pitch and goes_on:
            yield False
            continue
        height = column.rows[at].height
        scale = max(1.0, min(column.rows[at - 1].height, height) / usual.height)
        if step > _APART * pitch * scale:
            yield True
        elif goes_on or step <= _SINGLE * height or _is_numbered(column.rows, at, usual.every):
            yield False
        else:
            near = column.steps[max(0, at - 2) : at - 1] + column.steps[at : at + 1]
            yield all(other <= _APART * step for other, _ in near)


def _is_numbered(rows: Page, at: int, every: int) -> bool:
    """Whether a row stands in a body of which every line, or every fifth, is numbered."""
    return any(row.margin is not None for row in rows[max(0, at - every) : at + every])
