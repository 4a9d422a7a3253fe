"""Bytes to lines, whatever the document is: told by its first bytes, not by what a server says it is."""

from __future__ import annotations

import re

from feeds.extract_text import lines_of_text
from feeds.line import Line

_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w.-]+)", re.IGNORECASE)


class UnreadableDocument(ValueError):
    """The bytes are no document that can be read; the message says what was found and what would be right."""


def lines_of_document(data: bytes, content_type: str | None = None) -> tuple[Line, ...]:
    """The document's lines. Raises `UnreadableDocument`."""
    return lines_of_text(decoded(data, content_type))


def decoded(data: bytes, content_type: str | None = None) -> str:
    """Text by its mark, by the declared character set, as UTF-8, else as Windows-1252, which reads every byte."""
    declared = _CHARSET.search(content_type or "")
    for name in ("utf-8-sig", declared[1] if declared else "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
