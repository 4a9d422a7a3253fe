"""What stands on the page but does not belong to the text: running heads, page numbers, printed addresses.

Strategy: a table of whole-line patterns. A running head also tells which conference it is; `facts_of` reads that
from the same lines before they are dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace

from feeds.line import Line

RUNNING_HEAD = re.compile(
    r"(?:(?:Ergebnisprotokoll|Beschlüsse|Beschluss|Niederschrift|Protokoll|Beschlusssammlung) der )?"
    r"(?:(?P<session>\d{1,4})\. )?"
    r"(?P<name>(?:[A-ZÄÖÜ]\w*(?:,|-?)(?: und)? )?[A-ZÄÖÜ][\w-]*konferenz"
    r"|Konferenz der [A-ZÄÖÜ][^.,;:\d]{5,120}?|Sitzung|Tagung)"
    r"(?: (?P<year>\d{4}))?"
    r"(?:,? (?:am|vom) (?P<days>\d{1,2}\..{0,30}?\d{4}))?"
    r"(?:,? in (?P<place>[A-ZÄÖÜ][^.;:]{1,50}))?"
)
"""A line that names the conference: with its session, its year or its days. See `is_running_head`."""

_FURNITURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"Seite (?:\| )?\d{1,4}(?: von \d{1,4})?",
        r"- \d{1,4} -",
        r"\(\d{1,3}\)",
        r"(?:https?|file)://\S+",
    )
)
_LONE_NUMBER = re.compile(r"\d{1,4}")


def is_furniture(text: str) -> bool:
    """Whether the whole line is furniture by its form alone."""
    return is_running_head(text) or any(pattern.fullmatch(text) for pattern in _FURNITURE)


def is_running_head(text: str) -> bool:
    """A bare name could be text; with its year or its days it is a head."""
    match = RUNNING_HEAD.fullmatch(text)
    return bool(match and (match["year"] or match["days"]))


def without_furniture(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without furniture; the line behind a dropped one is marked as the start of a page."""
    kept: list[Line] = []
    dropped = False
    for at, line in enumerate(lines):
        if line.furniture or is_furniture(line.text) or _is_page_number(lines, at):
            dropped = True
            continue
        kept.append(replace(line, page_start=True, gap=True) if dropped else line)
        dropped = False
    return tuple(kept)


def _is_page_number(lines: tuple[Line, ...], at: int) -> bool:
    """A bare number with empty space above and below, and no neighbour that is a bare number too.

    (Numbers that stand alone line after line are margin numbers, not page numbers.)
    """
    if not _LONE_NUMBER.fullmatch(lines[at].text) or not lines[at].gap:
        return False
    around = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
    below_is_clear = at + 1 >= len(lines) or lines[at + 1].gap or lines[at + 1].page_start
    return below_is_clear and not any(_LONE_NUMBER.fullmatch(line.text) for line in around)
