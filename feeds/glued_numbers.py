"""Numbers that lost the blank in front of them when a page was taken apart: "bis zum31. Dezember", "vom25. März"."""

from __future__ import annotations

import re

from feeds.german_dates import MONTHS
from feeds.line import Line

_LETTER_AND_DIGIT = re.compile(r"[a-zP§]\d")
_BEFORE_YEARS = rf"(?:{'|'.join(MONTHS)}|Jahr(?:e[ns]?|s)?|Frühjahr|Sommer|Herbst|Winter)(?=(?:19|20)\d\d(?!\d))"
_GLUED = re.compile(
    rf"\b{_BEFORE_YEARS}|"
    r"\b(?:(?:[Vv]o|[Zz]u|[Aa]|[Ii])m|[Bb]is|[Ss]eit|[Aa]b|und|oder|der|den|rund|Ziffer|Nummer|TOP|§§?)(?=\d)|(?<=§)(?=\d)"
)


def without_glue(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with a blank between such a word and its number."""
    return tuple(_without_glue(line) if _LETTER_AND_DIGIT.search(line.text) else line for line in lines)


def _without_glue(line: Line) -> Line:
    text = _GLUED.sub(lambda match: f"{match[0]} ", line.text)
    return line._replace(text=text) if text != line.text else line
