"""The body of a resolution: paragraphs, bullets and numbered items as passages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from feeds.item_starts import item_starts, with_lone_numbers
from feeds.line import Line
from feeds.paragraphs import BULLET, ITEM, ends_sentence, paragraphs_of, passage_of
from feeds.parse_notes import REMARK
from feeds.record import Passage, PassageRole
from feeds.sentences import LETTERED

_WIDER = 4
"""So many characters more than any line of the items: a closing paragraph that is not indented as they are.

How wide items are set is told only by lines that are full: by items of more than one.
"""
_HEADING_LENGTH = 120
_REASONS = re.compile(r"Begründung ?:?")
_OF_THE_WHOLE = re.compile(rf"{REMARK.pattern}|Der Beschluss (?:zu|wurde) .*")
"""Behind the last item: words about the resolution, not a part of that item."""


@dataclass(frozen=True, slots=True)
class _Draft:
    lines: tuple[Line, ...]
    role: PassageRole
    item: int | None


def passages_of(lines: tuple[Line, ...], *, items: bool = True, spread: bool = False) -> tuple[Passage, ...]:
    """The body's paragraphs in order, each with its role and the item it belongs to.

    `items=False` for text whose numbers are headings, not items; `spread` as in `paragraphs_of`.
    """
    lines = with_lone_numbers(lines) if items else lines
    starts = item_starts(lines) if items else {}
    drafts: list[_Draft] = []
    at, item = 0, None
    for group in paragraphs_of(lines, frozenset(starts), spread=spread):
        role: PassageRole = "paragraph"
        first = group[0]
        if at in starts:
            item, role, first = starts[at], "item", _stripped(first, ITEM)
        elif BULLET.fullmatch(first.text):
            role, first = "bullet", _stripped(first, BULLET)
        drafts.append(_Draft((first, *group[1:]), role, item))
        at += len(group)
    return tuple(passage_of(draft.lines, draft.role, draft.item) for draft in _with_roles(_with_closing(drafts)))


def _stripped(line: Line, mark: re.Pattern[str]) -> Line:
    match = mark.fullmatch(line.text)
    return line._replace(text=match["text"]) if match else line


def _with_closing(drafts: list[_Draft]) -> list[_Draft]:
    """Trailing paragraphs that belong to the whole, told by their words, their width or the space above them."""
    items = [at for at, draft in enumerate(drafts) if draft.role == "item"]
    if not items:
        return drafts
    last = items[-1]
    above = drafts[: last + 1]
    widest = max(map(_width, above)) + _WIDER if any(len(draft.lines) > 1 for draft in above) else None
    closely = len(items) > 1 and not any(_is_apart(drafts[at]) for at in items[1:])
    closing = next((at for at in range(last + 1, len(drafts)) if _closes(drafts, at)), len(drafts))
    return [
        replace(draft, item=None)
        if at >= closing or (at > last and (_is_wide(draft, widest) or (closely and _is_apart(draft))))
        else draft
        for at, draft in enumerate(drafts)
    ]


def _is_apart(draft: _Draft) -> bool:
    return draft.lines[0].gap and not draft.lines[0].page_start


def _is_wide(draft: _Draft, than: int | None) -> bool:
    return than is not None and _width(draft) >= than


def _closes(drafts: list[_Draft], at: int) -> bool:
    """Reasons are those of the whole where no other item has its own."""
    text = drafts[at].lines[0].text
    if _REASONS.fullmatch(text):
        return sum(bool(_REASONS.fullmatch(draft.lines[0].text)) for draft in drafts) == 1
    return bool(_OF_THE_WHOLE.fullmatch(text))


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
            and not LETTERED.match(draft.lines[0].text)
            and at + 1 < len(drafts)
            and drafts[at + 1].role == "paragraph"
        )
        result.append(replace(draft, role="heading") if heading else draft)
    return result
