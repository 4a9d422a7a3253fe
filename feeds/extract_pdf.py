"""PDF to lines, with pdfium.

Strategy: pdfium gives a page's text in reading order; where a line stands is asked per line, not per character.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import multimode

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from feeds.extract_text import squeeze
from feeds.line import Line
from feeds.unreadable import UnreadableDocument

_ROW = re.compile(r"[^\r\n\u0002\ufffe]+[\u0002\ufffe]?")
"""A printed line; pdfium marks a hyphen at a line's end as U+0002 (U+FFFE in some versions) and ends no line there."""
_CUT = "\u0002\ufffe"
_LEAST = 6.0
"""Points; lines closer than this are one line with raised or lowered parts."""
_WIDE = 1.2
"""Lines further apart than this many times the page's usual pitch have empty space between them."""


def lines_of_pdf(data: bytes) -> tuple[Line, ...]:
    """The document's printed lines, page by page. Raises `UnreadableDocument`."""
    try:
        with pdfium.PdfDocument(data) as document:
            return tuple(line for page in document for line in _lines_of_page(page))
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(f"Die PDF-Datei lässt sich nicht öffnen: {error}") from error


def _lines_of_page(page: pdfium.PdfPage) -> Iterator[Line]:
    rows = list(_rows(page.get_textpage()))
    steps = [round(above - at) for (_, above), (_, at) in pairwise(rows) if above - at > _LEAST]
    usual = min(multimode(steps), default=0)
    before: float | None = None
    for text, at in rows:
        gap = before is None or not 0 <= before - at <= _WIDE * usual
        yield Line(text, gap=gap, page_start=before is None)
        before = at


def _rows(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, float]]:
    """Text and height above the page's lower edge (in points) of every printed line."""
    text = textpage.get_text_range()
    x, y = ctypes.c_double(), ctypes.c_double()
    for row in _ROW.finditer(text):
        shown = squeeze(row[0].rstrip(_CUT) + "-" if row[0][-1] in _CUT else row[0])
        if shown:
            pdfium_c.FPDFText_GetCharOrigin(textpage, row.start(), x, y)
            yield shown, y.value
