"""What stands on the page but does not belong to the text: running heads, page numbers, printed addresses.

Strategy: whole lines by their form, bare numbers by their neighbours, running heads by `running_heads`. What is taken
out lays bare what stood behind it, so this is done until nothing more is found.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from feeds.line import Line
from feeds.running_heads import head_of_line, running_heads

_FORM = re.compile(
    "|".join(
        (
            r"[-–]? ?Seite (?:\| )?\d{1,4}(?: (?:von|/) \d{1,4})? ?[-–]?",
            r"[-–] ?\d{1,4} ?[-–]",
            r"\(\d{1,3}\)",
            r"(?:https?|file)://\S+",
            r"Vertrieb: .+",
            r"Telefon:? \([\d ]+\) [\d ]{4,}.*",
            r"noch (?:zu )?TOP [\w./]+",
            r"ISSN \d{4}-\d{3}[\dX]",
        )
    )
)
_LONE_NUMBER = re.compile(r"(?P<number>\d{1,4})(?: ?/ ?\d{1,4})?")


def is_furniture(text: str) -> bool:
    """Whether the whole line is furniture by its form alone; a conference's bare name could be text."""
    head = head_of_line(text)
    return _has_form(text) or bool(head and head.dated)


def without_furniture(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without furniture; the line behind a dropped one is marked as the start of a page."""
    while found := _furniture(lines):
        lines = _without(lines, found)
    return lines


def _furniture(lines: tuple[Line, ...]) -> frozenset[int]:
    """The positions of all lines that are furniture where they stand now."""
    heads = (head for head in running_heads(lines) if head.dated)
    return frozenset(at for head in heads for at in range(head.at, head.at + head.length)) | frozenset(
        at for at, line in enumerate(lines) if line.furniture or _has_form(line.text) or _is_page_number(lines, at)
    )


def _without(lines: tuple[Line, ...], positions: Collection[int]) -> tuple[Line, ...]:
    return tuple(
        line._replace(page_start=True, gap=True) if at - 1 in positions else line
        for at, line in enumerate(lines)
        if at not in positions
    )


def _has_form(text: str) -> bool:
    return bool(_FORM.fullmatch(text))


def _is_page_number(lines: tuple[Line, ...], at: int) -> bool:
    """A bare number with empty space above and below that nothing around it asks for.

    It is part of the text behind a colon or comma; numbers line after line, or beside lines that carry the number
    before or behind it, are margin numbers.
    """
    line = lines[at]
    match = _LONE_NUMBER.fullmatch(line.text)
    if match is None or not line.gap:
        return False
    above = lines[at - 1].text if at else ""
    below = lines[at + 1] if at + 1 < len(lines) else Line("", gap=True)
    if not (below.gap or below.page_start) or above.endswith((":", ",")):
        return False
    number = int(match["number"])
    counted = _carries(above, number - 1) or _carries(below.text, number + 1)
    return not counted and not _LONE_NUMBER.fullmatch(above) and not _LONE_NUMBER.fullmatch(below.text)


def _carries(text: str, number: int) -> bool:
    """Whether the line begins or ends with the number as with a margin number."""
    return bool(re.match(rf"{number}(?![\d.,/])", text) or re.search(rf"(?<![\d.,/]){number}$", text))
