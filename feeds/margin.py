"""Printed line numbers in the margin: found by following their count, taken off the text.

Strategy: inside one agenda item the numbers run 1, 2, 3 … without a gap, on through its protocol notes. So a number
at the end of a line (after a blank, or glued to a hyphen, a letter or a full stop), or rarely at its start, is a
margin number exactly when it is the one that the count expects; a year or an amount there is not. A count that
breaks off early is taken back unless all lines of the item carry it.

Where the place on the page has told them already, only lines between them are counted: often every fifth line alone
is numbered, and headings of protocol notes never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from feeds.line import Line

_AT_START = re.compile(r"(?P<number>\d{1,4})(?: |(?=[^\W\d_]|[„(•]))(?P<text>\S.*)")
_IS_PART_OF_NUMBER = re.compile(r"\d[.,:/]$|§$")
"""What digits belong to that stand right behind it: "1,5", "10.000", "10/2024"."""
_UNCOUNTED = re.compile(r"Protokoll(?:notiz|erklärung)")
_LEAST_RUN = 3
"""A shorter run counts only if every line carries its number: two lines may end in 1 and 2 by chance."""
_LEAST_SHARE = 0.5
"""Of the lines between the first number and the last at least so many carry one; a column of a table does not count."""


def without_margin_numbers(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with their margin numbers moved from `text` to `margin`; unchanged where there are none."""
    if any(line.margin is not None for line in lines):
        return _counted_between(lines)
    found = _follow(lines)
    numbered = [at for at, line in enumerate(found) if line.margin is not None]
    if not numbered or not _is_count(found[numbered[0] :], len(numbered)):
        return lines
    return tuple(_without_empty(found))


def _is_count(lines: tuple[Line, ...], numbered: int) -> bool:
    """Whether the lines from the first number on are numbered ones, and not only end in numbers by chance."""
    if numbered < _LEAST_RUN:
        return all(line.margin is not None for line in lines)
    return sum(line.margin is not None and bool(line.text) for line in lines) >= _LEAST_SHARE * len(lines)


def _without_empty(lines: tuple[Line, ...]) -> Iterator[Line]:
    """A number on an empty line is the empty space above the next one."""
    gap = False
    for line in lines:
        if line.text:
            yield line._replace(gap=True) if gap else line
        gap = not line.text


def _counted_between(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the numbers that follow from the printed ones around them, where they agree."""
    countable = [at for at, line in enumerate(lines) if line.margin is not None or not _UNCOUNTED.match(line.text)]
    told = [(position, number) for position, at in enumerate(countable) if (number := lines[at].margin) is not None]
    step = min((after - before for (_, before), (_, after) in pairwise(told) if after > before), default=told[0][1])
    counted = dict(told)
    for (position, number), (following, its_number) in pairwise(told):
        if its_number - number == following - position:
            counted |= {at: number + at - position for at in range(position, following)}
    (first, first_number), (last, last_number) = told[0], told[-1]
    if step > 1:
        counted |= {at: first_number + at - first for at in range(max(0, first - first_number + 1), first)}
        counted |= {at: last_number + at - last for at in range(last, min(last + step, len(countable)))}
    margins = {countable[position]: number for position, number in counted.items()}
    return tuple(line._replace(margin=margins.get(at)) for at, line in enumerate(lines))


def _follow(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    expected = 1
    result: list[Line] = []
    for line in lines:
        taken = take_number(line, expected)
        expected += taken is not None
        result.append(taken or line)
    return tuple(result)


def take_number(line: Line, expected: int) -> Line | None:
    """The line with `expected` as its margin number, or None where it does not carry that number."""
    digits = str(expected)
    if line.text.endswith(digits):
        before = line.text.removesuffix(digits)
        own = before.rstrip()
        if not (before[-1:].isdigit() or (own == before and _IS_PART_OF_NUMBER.search(own))):
            return line._replace(text=own, margin=expected, hard_hyphen=own.endswith("-") and own != before)
    start = _AT_START.fullmatch(line.text) if line.text.startswith(digits) else None
    if start and int(start["number"]) == expected:
        return line._replace(text=start["text"], margin=expected)
    return None
