"""PDF to rows with places, with pdfium: the only file that knows it.

pdfium is not thread-safe: read in one thread, or in processes of their own (`feeds.isolated`).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from feeds.line import Extracted
from feeds.page_lines import lines_of_pages
from feeds.page_rows import PageRows, PlacedText, rows_of_page
from feeds.printed_row import Row
from feeds.unreadable import UnreadableDocument

_MOST_PAGES = 3000
"""A file can claim any number of pages; the longest collections have some hundred."""
_END_WITHIN = 1024
"""Readers look for the end mark in a file's last 1024 bytes (PDF 1.7, appendix H.3.4.4)."""
_COUNTS_NONE = re.compile(rb"/Count\s+0\b")
_PAGE = re.compile(rb"/Type\s*/(?:Page|ObjStm)\b")
"""A page, or objects packed together, of which some may be pages."""
_QUARTER = math.pi / 2
_NAMED = 5

_NO_PAGES = "Die PDF-Datei hat keine Seiten; gebraucht wird eine mit Text."
_PICTURE = "Nur ein Bild, kein Text"
_BROKEN = "Nicht lesbar"
_PASSED_OVER = "Schräg, hochkant oder hinter den Text Gedrucktes ist übergangen"


def _unchecked(function: Any) -> Callable[..., None]:
    """The function of pdfium without ctypes' check of each argument, which takes longer than the function itself."""
    return ctypes.PYFUNCTYPE(None)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _address(value: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(ctypes.addressof(value))


_CHAR_ORIGIN = _unchecked(pdfium_c.FPDFText_GetCharOrigin)
_CHAR_BOX = _unchecked(pdfium_c.FPDFText_GetLooseCharBox)


def lines_of_pdf(data: bytes) -> Extracted:
    """The document's printed lines, page by page. Raises `UnreadableDocument`."""
    whole = b"%%EOF" in data[-_END_WITHIN:]
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(_NO_PAGES if _is_empty(data) else _why_closed(error.err_code, whole)) from error
    with document:
        pages, warnings = _pages(document)
    if not whole:
        warnings.insert(0, "Das Ende der PDF-Datei fehlt; gelesen ist nur, was da war.")
    return Extracted(lines_of_pages(pages), tuple(warnings))


def _is_empty(data: bytes) -> bool:
    """Whether the file says that it has no pages: pdfium then gives the error of an earlier file."""
    return bool(_COUNTS_NONE.search(data)) and not _PAGE.search(data)


def _why_closed(code: int, whole: bool) -> str:
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return "Die PDF-Datei ist mit einem Passwort geschützt; gebraucht wird eine Datei, die sich ohne öffnen lässt."
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return "Die PDF-Datei ist auf unbekannte Weise verschlüsselt; gebraucht wird eine unverschlüsselte Datei."
    if not whole:
        return "Die PDF-Datei ist abgeschnitten: Ihr Ende fehlt; gebraucht wird die vollständige Datei."
    return "Die Datei beginnt wie eine PDF-Datei, ist aber keine oder beschädigt; gebraucht wird eine heile PDF-Datei."


def _pages(document: pdfium.PdfDocument) -> tuple[tuple[tuple[Row, ...], ...], list[str]]:
    """The rows of all pages, and what is to be said of pages that are not whole."""
    count = len(document)
    if not count:
        raise UnreadableDocument(_NO_PAGES)
    pages: list[tuple[Row, ...]] = []
    complaints: dict[str, list[int]] = {}
    for at in range(min(count, _MOST_PAGES)):
        rows, complaint = _page(document, at)
        pages.append(rows)
        if complaint:
            complaints.setdefault(complaint, []).append(at + 1)
    if not any(pages):
        raise UnreadableDocument(_why_empty(complaints))
    warnings = [f"{complaint} ({_numbered(found)})." for complaint, found in complaints.items()]
    if count > _MOST_PAGES:
        warnings.append(f"Die PDF-Datei hat {count} Seiten; gelesen sind die ersten {_MOST_PAGES}.")
    return tuple(pages), warnings


def _why_empty(complaints: Mapping[str, object]) -> str:
    if _PICTURE in complaints:
        return "Die PDF-Datei enthält nur Bilder, keinen Text (ein Scan?); gebraucht wird eine Datei mit Text."
    if _BROKEN in complaints:
        return "Keine Seite der PDF-Datei lässt sich lesen, sie ist beschädigt; gebraucht wird eine heile PDF-Datei."
    return "Die PDF-Datei enthält keinen Text; gebraucht wird eine mit Text."


def _numbered(pages: list[int]) -> str:
    named = ", ".join(map(str, pages[:_NAMED]))
    more = f" und {len(pages) - _NAMED} weitere" if len(pages) > _NAMED else ""
    return f"Seite {named}{more}"


def _page(document: pdfium.PdfDocument, at: int) -> tuple[tuple[Row, ...], str | None]:
    """The page's rows, and what is wrong with it, if anything is."""
    with _text_of(document, at) as text:
        found = _rows(text) if text else None
    if found is None:
        return (), _BROKEN
    if not found.rows and not found.aslant:
        return (), _PICTURE if _has_picture(document, at) else None
    return found.rows, _PASSED_OVER if found.aslant or found.behind else None


@contextmanager
def _text_of(document: pdfium.PdfDocument, at: int) -> Iterator[Any]:
    """The page's text as pdfium's own handle, None where it cannot be read. (The library's objects cost a page's tenth
    more, for finalisers that are not needed here.)"""
    page = pdfium_c.FPDF_LoadPage(document.raw, at)
    text = pdfium_c.FPDFText_LoadPage(page) if page else None
    try:
        yield text
    finally:
        if text:
            pdfium_c.FPDFText_ClosePage(text)
        if page:
            pdfium_c.FPDF_ClosePage(page)


def _rows(text: Any) -> PageRows:
    """The rows as they are printed; a page on which most text is turned is turned first."""
    found = rows_of_page(_text_page(text))
    if not found.aslant or found.aslant <= sum(len(row.text) for row in found.rows):
        return found
    return rows_of_page(_text_page(text, round(found.angle / _QUARTER) % 4))


def _has_picture(document: pdfium.PdfDocument, at: int) -> bool:
    with closing(document[at]) as page:
        return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _text_page(raw: Any, turns: int = 0) -> PlacedText:
    """The page's text with places; `turns` is by how many quarters the page is turned to the left before."""
    count = max(0, pdfium_c.FPDFText_CountChars(raw))
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(memoryview(buffer)[: max(0, written - 1)]).decode("utf-16-le", errors="replace")
    if len(text) == count and not turns:
        return _TextPage(raw, text)
    return _OddTextPage(raw, text, turns)


class _TextPage:
    """A page of upright text of which pdfium has left out no letter (`feeds.page_rows.PlacedText`).

    `origin` and `box` are asked thousands of times; what they do not do is not done: their arguments are made once.
    """

    def __init__(self, raw: Any, text: str) -> None:
        self.text = text
        self._raw = raw
        self._page = ctypes.cast(raw, ctypes.c_void_p)
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
        self._to_x, self._to_y, self._to_box = (_address(one) for one in (self._x, self._y, self._box))

    def origin(self, at: int) -> tuple[float, float]:
        _CHAR_ORIGIN(self._page, at, self._to_x, self._to_y)
        return self._x.value, self._y.value

    def box(self, at: int) -> tuple[float, float, float]:
        _CHAR_BOX(self._page, at, self._to_box)
        box = self._box
        return box.right, box.bottom, box.top

    def angle(self, at: int) -> float:
        angle: float = pdfium_c.FPDFText_GetCharAngle(self._raw, at)
        return angle

    def is_printed(self, at: int) -> bool:
        return not pdfium_c.FPDFText_IsGenerated(self._raw, at)


class _OddTextPage(_TextPage):
    """A page that is turned first, or of which pdfium left letters out: then it counts them in two ways."""

    def __init__(self, raw: Any, text: str, turns: int) -> None:
        super().__init__(raw, text)
        self._turns = turns

    def origin(self, at: int) -> tuple[float, float]:
        return self._turned(*super().origin(self._index(at)))

    def box(self, at: int) -> tuple[float, float, float]:
        super().box(self._index(at))
        box = self._box
        one, other = self._turned(box.left, box.bottom), self._turned(box.right, box.top)
        return max(one[0], other[0]), min(one[1], other[1]), max(one[1], other[1])

    def angle(self, at: int) -> float:
        return (super().angle(self._index(at)) - self._turns * _QUARTER) % math.tau

    def is_printed(self, at: int) -> bool:
        return super().is_printed(self._index(at))

    def _index(self, at: int) -> int:
        index: int = pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._raw, at)
        return index

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return ((x, y), (-y, x), (-x, -y), (y, -x))[self._turns]
