"""Where the numbered items of a resolution begin."""

from __future__ import annotations

import re

from feeds.line import Line
from feeds.paragraphs import ITEM, OPENER, ends_sentence

_LONE_NUMBER = re.compile(r"(?P<number>\d{1,2})(?P<dot>\.?)")
_HEADING_LENGTH = 120
_ROW = re.compile(r"[A-ZÄÖÜa-zäöüß]\W.*\d$")
"""Words with a number behind them; a citation that a line's end cuts ends in its word ("nach Ziffer | 2. Die")."""


def with_lone_numbers(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """An item's number that is printed on a line of its own goes in front of the line below it.

    It must be the one that is due; without a full stop it must stand apart, too.
    """
    result: list[Line] = []
    due = 1
    for line in lines:
        above = result[-1] if result else None
        match = _LONE_NUMBER.fullmatch(above.text) if above else None
        if above and match and int(match["number"]) == due and _opens(line) and (match["dot"] or above.gap):
            result.pop()
            line = line._replace(text=f"{due}. {line.text}", gap=above.gap, page_start=above.page_start)
        start = ITEM.fullmatch(line.text)
        due += bool(start and int(start["number"]) == due)
        result.append(line)
    return tuple(result)


def item_starts(lines: tuple[Line, ...]) -> dict[int, int]:
    """Position of a line → number of the item that begins there.

    Items count 1, 2, 3 …, begin with a capital and follow a full stop, the rows of a table or, the first of them, a
    heading; so "19. IntMK" at the start of a line and a list inside one sentence are none. All are written like the
    first: "(2)" below "1." is a paragraph of it. A single "1." counts only at the very start.
    """
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        match = ITEM.fullmatch(line.text)
        if match is None or int(match["number"]) != len(found) + 1 or not _opens(line._replace(text=match["text"])):
            continue
        if found and line.text[:1].isdigit() != lines[min(found)].text[:1].isdigit():
            continue
        begins = _is_below_rows(lines, at) if found else _is_heading(lines, at)
        if at == 0 or ends_sentence(lines[at - 1].text) or begins:
            found[at] = len(found) + 1
    return {} if len(found) == 1 and 0 not in found else found


def _opens(line: Line) -> bool:
    return not line.text[:1].islower() and line.text[:1].isprintable()


def _is_heading(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the line above stands alone and reads like a heading, not like the beginning of a sentence."""
    heading = lines[at - 1]
    apart = lines[at].gap and (heading.gap or at == 1)
    return apart and len(heading.text) <= _HEADING_LENGTH and not OPENER.match(heading.text)


def _is_below_rows(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the item stands below a table or list, whose rows end without a full stop, and opens a sentence."""
    match = ITEM.fullmatch(lines[at].text)
    row = lines[at - 1]
    apart = lines[at].starts or (lines[at].gap and lines[at].margin is None)
    rows = bool(_ROW.search(row.text)) or row.starts
    return bool(apart and rows and match and OPENER.match(match["text"]))
