"""A manuscript as a PDF that looks like the real ones: running head, cut words, line numbers in the right margin.

First everything is broken into numbered lines, then lines into pages, both as plain data; drawing comes last. The
numbers run through an agenda item with its protocol notes, heads and titles carry none. The same manuscript always
gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from bot.demo.manuscript import Block, Manuscript, Part, parse_manuscript

# All measures in points, as on the originals: A4, text on the left, the numbers alone at the right edge.
_LEFT = 71.0
_TEXT_WIDTH = 430.0
_NUMBER_RIGHT = 545.0
_TOP = 760.0
_BOTTOM = 80.0
_LEADING = 20.0
_SIZE = 11.0
_FONT = "Helvetica"
_BOLD = "Helvetica-Bold"
_INDENTS: dict[Part, float] = {"bullet": 28.0, "numbered": 14.0}
_APPLICANTS_INDENT = 78.0


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line on paper; `number` is the one in the margin, `gap` the space above in points."""

    text: str
    number: int | None = None
    indent: float = 0.0
    bold: bool = False
    gap: float = 0.0


def typeset(text: str) -> bytes:
    """The PDF of a manuscript; raises `ValueError` as `parse_manuscript` does."""
    manuscript = parse_manuscript(text)
    pages = [page for item in manuscript.items for page in break_pages(list(break_lines(item)))]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)  # invariant: no time of making, so the bytes never change
    canvas.setTitle(manuscript.running[0])
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, manuscript, page, number, len(pages))
    canvas.save()
    return buffer.getvalue()


def break_lines(item: tuple[Block, ...]) -> Iterator[PrintedLine]:
    """The lines of one agenda item, numbered from 1 where they belong to the body."""
    number = 0
    for block in item:
        for line in _lines_of(block):
            if block.part in ("text", "bullet", "numbered"):
                number += 1
                yield replace(line, number=number)
            else:
                yield line


def break_pages(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Lines filled into pages; every item has at least one page."""
    page: list[PrintedLine] = []
    room = _TOP - _BOTTOM
    for line in lines:
        need = _LEADING + (line.gap if page else 0.0)
        if page and need > room:
            yield page
            page, room, need = [], _TOP - _BOTTOM, _LEADING
        page.append(line)
        room -= need
    yield page


def wrap(text: str, width: float) -> Iterator[str]:
    """Greedy lines of at most `width` points; a word with `|` may be cut there, with a hyphen. Nothing is lost."""
    line = ""
    for word in text.split():
        syllables = word.split("|")
        while syllables:
            fits = _fitting(line, syllables, width)
            if fits == len(syllables) or (not fits and not line):
                line, syllables = _joined(line, "".join(syllables)), []
            else:
                yield _joined(line, "".join(syllables[:fits]) + "-") if fits else line
                line, syllables = "", syllables[fits:]
    if line:
        yield line


def _fitting(line: str, syllables: list[str], width: float) -> int:
    """How many leading syllables still fit behind `line`."""
    for count in range(len(syllables), 0, -1):
        piece = "".join(syllables[:count]) + ("" if count == len(syllables) else "-")
        if stringWidth(_joined(line, piece), _FONT, _SIZE) <= width:
            return count
    return 0


def _joined(line: str, word: str) -> str:
    return f"{line} {word}" if line else word


def _lines_of(block: Block) -> Iterator[PrintedLine]:
    gap = 0.0 if block.part == "top" else 8.0
    if block.part in ("top", "title", "head", "note"):
        for position, text in enumerate(block.lines):
            hanging = _APPLICANTS_INDENT if block.part == "head" and position else 0.0
            yield PrintedLine(text, None, hanging, block.part in ("top", "title"), 0.0 if position else gap)
        return
    indent = _INDENTS.get(block.part, 0.0)
    for position, text in enumerate(wrap(block.lines[0], _TEXT_WIDTH - indent)):
        hanging = indent if position or block.part == "bullet" else 0.0
        yield PrintedLine(text, None, hanging, False, 0.0 if position else gap)


def _draw_page(canvas: Canvas, manuscript: Manuscript, page: list[PrintedLine], number: int, total: int) -> None:
    canvas.setFont(_FONT, 9)
    for position, head in enumerate(manuscript.running):
        canvas.drawRightString(_NUMBER_RIGHT, 810 - 12 * position, head)
    if number > 1:
        canvas.drawString(_LEFT, 45, f"Seite {number} von {total}")
    at = _TOP
    for position, line in enumerate(page):
        at -= line.gap if position else 0.0
        canvas.setFont(_BOLD if line.bold else _FONT, _SIZE)
        canvas.drawString(_LEFT + line.indent, at, line.text)
        if line.number is not None:
            canvas.setFont(_FONT, 8)
            canvas.drawRightString(_NUMBER_RIGHT, at, str(line.number))
        at -= _LEADING
    canvas.showPage()
