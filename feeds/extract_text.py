"""Plain text to lines.

Strategy: in text made from PDFs a page starts without a form feed; its first line is set off by exactly one blank.
Text that keeps the layout of its page has the margin numbers in a column, set off by several blanks: characters are
then places as on a page, and `feeds.margin_column` tells it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from feeds.line import Line
from feeds.margin_column import STEPS, find_column, with_margins
from feeds.printed_row import EdgeNumber, Row

_LEAD = re.compile(r" {0,8}(?P<number>\d{1,4}) {2,}(?P<text>\S)")
_TAIL = re.compile(r"(?P<text>\S) {2,}(?P<number>\d{1,4}) *$")
_LEAST_NUMBERS = 3
_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters without width: marks of direction and of where a word may be broken."""
_UNUSUAL = re.compile(f"[\u0002\u00ad\u2010\u2011\ufb00-\ufb06{_UNSEEN}]")
_WITHOUT_WIDTH = re.compile(f"[{_UNSEEN}]")
_UNUSUAL_OR_BLANK = re.compile(
    f"[{_UNSEEN}\u0002\u00ad\u2010\u2011\ufb00-\ufb06\t-\r\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
"""Looking for these first spares nearly every line the slow way; the second kind are the blanks but the usual one."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_INSIDE_A_WORD = re.compile(r"[\u00ad\u0002](?=[^\s\d])")
"""Where a word may be cut but is not; at a line's end, or before a margin number, it is."""
_SAME_HYPHEN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": "-", "\u0002": "-"})


def lines_of_text(text: str) -> tuple[Line, ...]:
    """The lines that carry text, in order; empty ones become the `gap` of the next."""
    lines: list[Line] = []
    gap = True
    for raw, margin in _with_margins(_rows(text)):
        shown = squeeze(raw)
        if not shown:
            gap = True
            continue
        page_start = raw[:1] == "\f" or (raw[:1] == " " and raw[1:2] != " ")
        lines.append(Line(shown, gap=gap, page_start=page_start, margin=margin))
        gap = False
    return tuple(lines)


def squeeze(text: str) -> str:
    """Blanks of any kind collapsed to one, ligatures and hyphens made ordinary, what has no width left out."""
    text = text.strip()
    if not _UNUSUAL_OR_BLANK.search(text) and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text
    if _UNUSUAL.search(text):
        text = _INSIDE_A_WORD.sub("", _WITHOUT_WIDTH.sub("", text))
        text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_SAME_HYPHEN))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _with_margins(rows: list[str]) -> list[tuple[str, int | None]]:
    """The rows without the numbers of a column in the margin, and those numbers."""
    placed = [_placed(row, -at) for at, row in enumerate(rows)] if _may_be_numbered(rows) else []
    column = find_column([[row for row in placed if row.text]])
    if column is None:
        return [(row, None) for row in rows]
    found = {-row.base: row for row in with_margins(placed, column) if row.margin is not None}
    return [(found[at].text, found[at].margin) if at in found else (row, None) for at, row in enumerate(rows)]


def _may_be_numbered(rows: list[str]) -> bool:
    """Whether numbers that several blanks set apart count on often enough; costs little, and spares most texts."""
    found = [match for row in rows if "  " in row and (match := _LEAD.match(row) or _TAIL.search(row))]
    numbers = [int(match["number"]) for match in found]
    counting = (after - before in STEPS or (before == 1 and after in STEPS) for before, after in pairwise(numbers))
    return sum(counting) >= _LEAST_NUMBERS - 1


def _placed(row: str, base: float) -> Row:
    """The row as one of a page that is measured in characters."""
    text = row.strip()
    left = len(row) - len(row.lstrip())
    if "  " not in row:
        return Row(text, left, left + len(text), base, 1)
    lead, tail = _LEAD.match(row), _TAIL.search(row)
    return Row(
        text,
        left,
        left + len(text),
        base,
        1,
        lead
        and EdgeNumber(int(lead[1]), lead.start(1), lead.end(1), row[lead.start("text") :].strip(), lead.start("text")),
        tail
        and EdgeNumber(int(tail[2]), tail.start(2), tail.end(2), row[: tail.end("text")].strip(), tail.end("text")),
    )


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
