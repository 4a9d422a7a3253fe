"""Bytes to lines, whatever the document is: told by its first bytes, not by what a server says it is."""

from __future__ import annotations

import codecs
import re

from feeds.extract_html import lines_of_html
from feeds.extract_pdf import lines_of_pdf
from feeds.extract_text import lines_of_text
from feeds.line import Extracted, Line
from feeds.unreadable import UnreadableDocument

__all__ = ["UnreadableDocument", "decoded", "extract", "lines_of_document"]

_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w.-]+)", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks of wide characters; that of UTF-32 begins with that of UTF-16."""
_PDF_WITHIN = 1024
"""Readers accept bytes before the PDF's mark as long as it stands in the first 1024 (PDF 1.7, appendix H.3.4.1)."""


def lines_of_document(data: bytes, content_type: str | None = None) -> tuple[Line, ...]:
    """The document's lines. Raises `UnreadableDocument`."""
    return extract(data, content_type).lines


def extract(data: bytes, content_type: str | None = None) -> Extracted:
    """The document's lines, and what of it could not be read. Raises `UnreadableDocument`."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return lines_of_pdf(data)
    text = decoded(data, content_type)
    if _looks_binary(text):
        raise UnreadableDocument("Die Datei ist weder PDF noch HTML noch Text; gelesen werden .pdf, .html und .txt.")
    return Extracted(lines_of_html(text) if _MARKUP.match(text) else lines_of_text(text))


def decoded(data: bytes, content_type: str | None = None) -> str:
    """Text by its mark, by the declared character set, as UTF-8, else as Windows-1252, which reads every byte."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return data.decode(marked, errors="replace")
    declared = _CHARSET.search(content_type or "")
    for name in ("utf-8-sig", declared[1] if declared else "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _looks_binary(text: str) -> bool:
    """Text holds no NUL; a picture, an archive or an office file has one within its first bytes."""
    return "\x00" in text[:_PDF_WITHIN]
