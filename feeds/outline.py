"""A paper's headings: roman sections, numbered fields, headings without a number.

Strategy: a heading stands apart above and below, begins with a capital and ends without a full stop. Headings
without a number are looked for only where the paper has no roman ones, because in text printed with empty space
between all lines nothing else would tell them from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.line import Line
from feeds.paragraphs import BULLET, ITEM, ends_sentence, flat_text

ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\. (?P<text>[A-ZÄÖÜ„].*)")
_LONGEST = 3
"""Lines of the longest heading."""
_LONGEST_PLAIN = 100
"""Characters of the longest heading without a number: one line."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the lines below it. `style`: roman, numbered or plain."""

    style: str
    number: str | None
    title: str
    lines: tuple[Line, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    length: int
    style: str
    number: str | None
    title: str


def sections_of(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """The lines above the first heading, and the sections in order."""
    headings = _headings(lines)
    borders = [heading.at for heading in headings] + [len(lines)]
    sections = tuple(
        Section(one.style, one.number, one.title, lines[one.at + one.length : end], lines[one.at].page)
        for one, end in zip(headings, borders[1:], strict=True)
    )
    return lines[: borders[0]], sections


def _headings(lines: tuple[Line, ...]) -> list[_Heading]:
    found: list[_Heading] = []
    plain = not any(_is_roman(lines, at) for at in range(len(lines)))
    for at in range(len(lines)):
        if found and at < found[-1].at + found[-1].length:
            continue
        heading = _heading_at(lines, at, found, plain)
        if heading:
            found.append(heading)
    return found


def _heading_at(lines: tuple[Line, ...], at: int, found: list[_Heading], plain: bool) -> _Heading | None:
    if not _apart(lines, at):
        return None
    length = _length(lines, at)
    if _is_roman(lines, at):
        return _heading(lines, at, length, "roman", ROMAN)
    numbered = ITEM.fullmatch(lines[at].text)
    if numbered and int(numbered["number"]) == _next_number(found) and _reads_like_heading(lines, at, length):
        return _heading(lines, at, length, "numbered", ITEM)
    if plain and length == 1 and _reads_like_heading(lines, at, 1) and len(lines[at].text) <= _LONGEST_PLAIN:
        return _Heading(at, 1, "plain", None, lines[at].text)
    return None


def _heading(lines: tuple[Line, ...], at: int, length: int, style: str, mark: re.Pattern[str]) -> _Heading | None:
    match = mark.fullmatch(lines[at].text)
    if match is None:
        return None
    title = flat_text((lines[at]._replace(text=match["text"]), *lines[at + 1 : at + length]))
    return _Heading(at, length, style, match["number"], title)


def _is_roman(lines: tuple[Line, ...], at: int) -> bool:
    return _apart(lines, at) and bool(ROMAN.fullmatch(lines[at].text)) and not ends_sentence(lines[at].text)


def _next_number(found: list[_Heading]) -> int:
    """Numbered headings count on; a roman one starts the count anew."""
    last = found[-1] if found else None
    before = next((one for one in reversed(found) if one.style == "numbered"), None)
    return 1 if last is None or last.style == "roman" or before is None else int(before.number or 0) + 1


def _apart(lines: tuple[Line, ...], at: int) -> bool:
    return at == 0 or lines[at].gap or lines[at].page_start


def _length(lines: tuple[Line, ...], at: int) -> int:
    """How many lines stand together from `at` on."""
    return next((n for n in range(1, len(lines) - at) if lines[at + n].gap), len(lines) - at)


def _reads_like_heading(lines: tuple[Line, ...], at: int, length: int) -> bool:
    return (
        length <= _LONGEST
        and at + length < len(lines)
        and not ends_sentence(lines[at + length - 1].text)
        and not lines[at + length - 1].text.endswith(",")
        and lines[at].text[:1].isalnum()
        and not lines[at].text[:1].islower()
        and not BULLET.fullmatch(lines[at].text)
        and not BULLET.fullmatch(lines[at + length].text)
    )
