"""Documents in which every line carries its number in front, headings and empty lines too.

Strategy: the numbers count 1, 2, 3 … through the document, or start anew on each page; the number that is due is taken
off each line, glued or not, even where digits follow ("14100 Mio." is line 14). This holds for the document as a whole
or not at all. Numbers that start anew say nothing without their page, so they are taken off and forgotten.

Where only the items are numbered, `feeds.margin` follows the count in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from feeds.line import Line

_SHARE = 0.8
"""At least so many lines carry their number; page furniture does not."""
_LEAST_LINES = 8


def without_page_numbering(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the numbers moved from `text` to `margin`, the empty ones left out; unchanged without any."""
    numbers = _count(lines)
    taken = [number for number in numbers if number is not None]
    if len(lines) < _LEAST_LINES or len(taken) < _SHARE * len(lines):
        return lines
    return tuple(_without(lines, numbers, keep=taken == sorted(taken)))


def _count(lines: tuple[Line, ...]) -> list[int | None]:
    due = 1
    numbers: list[int | None] = []
    for at, line in enumerate(lines):
        if not _carries(line, due) and _carries(line, 1) and at + 1 < len(lines) and _carries(lines[at + 1], 2):
            due = 1
        found = _carries(line, due)
        numbers.append(due if found else None)
        due += found
    return numbers


def _carries(line: Line, number: int) -> bool:
    return line.text.startswith(str(number))


def _without(lines: tuple[Line, ...], numbers: list[int | None], *, keep: bool) -> Iterable[Line]:
    gap = False
    for line, number in zip(lines, numbers, strict=True):
        text = line.text if number is None else line.text.removeprefix(str(number)).lstrip()
        gap = gap or line.gap
        if text:
            yield line._replace(text=text, gap=gap, margin=number if keep else None)
        gap = not text
