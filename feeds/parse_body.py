"""The body of a resolution: paragraphs, bullets and numbered items as passages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from feeds.line import Line
from feeds.paragraphs import BULLET, ITEM, ends_sentence, paragraphs_of, passage_of
from feeds.record import Passage, PassageRole

_WIDER = 4
"""So many characters more than any line of the items: a closing paragraph that is not indented as they are."""
_HEADING_LENGTH = 120
_LONE_NUMBER = re.compile(r"\d{1,2}\.?")


@dataclass(frozen=True, slots=True)
class _Draft:
    lines: tuple[Line, ...]
    role: PassageRole
    item: int | None


def passages_of(lines: tuple[Line, ...], *, items: bool = True) -> tuple[Passage, ...]:
    """The body's paragraphs in order, each with its role and the item it belongs to.

    `items=False` for text whose numbers are headings, not items.
    """
    lines = with_lone_numbers(lines) if items else lines
    starts = item_starts(lines) if items else {}
    drafts: list[_Draft] = []
    at, item = 0, None
    for group in paragraphs_of(lines, frozenset(starts)):
        role: PassageRole = "paragraph"
        first = group[0]
        if at in starts:
            item, role, first = starts[at], "item", _stripped(first, ITEM)
        elif BULLET.fullmatch(first.text):
            role, first = "bullet", _stripped(first, BULLET)
        drafts.append(_Draft((first, *group[1:]), role, item))
        at += len(group)
    return tuple(passage_of(draft.lines, draft.role, draft.item) for draft in _with_roles(_with_closing(drafts)))


def with_lone_numbers(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """An item's number that is printed on a line of its own goes in front of the line below it."""
    result: list[Line] = []
    for line in lines:
        if result and _LONE_NUMBER.fullmatch(result[-1].text) and line.text[:1].isupper():
            above = result.pop()
            line = replace(
                line, text=f"{above.text.rstrip('.')}. {line.text}", gap=above.gap, page_start=above.page_start
            )
        result.append(line)
    return tuple(result)


def item_starts(lines: tuple[Line, ...]) -> dict[int, int]:
    """Position of a line → number of the item that begins there.

    Items count 1, 2, 3 …, begin with a capital and follow a full stop; so "19. IntMK" at the start of a line and a
    list inside one sentence are none. A single "1." counts only at the very start.
    """
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        match = ITEM.fullmatch(line.text)
        if match is None or int(match["number"]) != len(found) + 1 or match["text"][0].islower():
            continue
        if at == 0 or ends_sentence(lines[at - 1].text):
            found[at] = len(found) + 1
    return {} if len(found) == 1 and 0 not in found else found


def _stripped(line: Line, mark: re.Pattern[str]) -> Line:
    match = mark.fullmatch(line.text)
    return replace(line, text=match["text"]) if match else line


def _with_closing(drafts: list[_Draft]) -> list[_Draft]:
    """Trailing paragraphs that are set wider than every item belong to the whole, not to the last item."""
    last = max((at for at, draft in enumerate(drafts) if draft.role == "item"), default=len(drafts))
    widest = max((_width(draft) for draft in drafts[: last + 1]), default=0)
    return [
        replace(draft, item=None) if at > last and _width(draft) >= widest + _WIDER else draft
        for at, draft in enumerate(drafts)
    ]


def _width(draft: _Draft) -> int:
    return max(len(line.text) for line in draft.lines)


def _with_roles(drafts: list[_Draft]) -> list[_Draft]:
    """Short paragraphs without a full stop, with text behind them, are headings."""
    result = []
    for at, draft in enumerate(drafts):
        length = sum(len(line.text) for line in draft.lines)
        heading = (
            draft.role == "paragraph"
            and length <= _HEADING_LENGTH
            and not ends_sentence(draft.lines[-1].text)
            and not ITEM.fullmatch(draft.lines[0].text)
            and at + 1 < len(drafts)
            and drafts[at + 1].role == "paragraph"
        )
        result.append(replace(draft, role="heading") if heading else draft)
    return result
