"""Plain text to lines.

Strategy: in text made from PDFs a page starts without a form feed; its first line is set off by exactly one blank.
"""

from __future__ import annotations

import re
import unicodedata

from feeds.line import Line

_UNUSUAL = re.compile("[\u0002\u00ad\u2010\u2011\ufb00-\ufb06]")
"""Looking for these first spares nearly every line the slow way."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SAME_HYPHEN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": "-", "\u0002": "-"})


def lines_of_text(text: str) -> tuple[Line, ...]:
    """The lines that carry text, in order; empty ones become the `gap` of the next."""
    lines: list[Line] = []
    gap = True
    for raw in _rows(text):
        shown = squeeze(raw)
        if not shown:
            gap = True
            continue
        page_start = raw[:1] == "\f" or (raw[:1] == " " and raw[1:2] != " ")
        lines.append(Line(shown, gap=gap, page_start=page_start))
        gap = False
    return tuple(lines)


def squeeze(text: str) -> str:
    """Blanks of any kind collapsed to one, compatibility ligatures and hyphens made ordinary."""
    if _UNUSUAL.search(text):
        text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_SAME_HYPHEN))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
