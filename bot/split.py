"""A long text in parts that a chat takes, cut where a reader would pause.

The parts laid end to end are the text again, character by character; a mark that spans a cut goes on in the next
part. Cuts are sought in this order: empty line, line end, sentence end, white space, and only then anywhere.
What leads to something (a heading, what stands above bullets or a quote) is not parted from it, unless nothing else is
left.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from bot.styled import Mark, Styled, utf16_offsets

# (where to cut: at the end of a match, how full the part must be at least). Without the second figure a heading
# before one very long paragraph would become a message of its own.
_PLACES: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\n\n+"), 0.5),
    (re.compile(r"\n"), 0.5),
    (re.compile(r"(?<=[.!?…;:“])\s(?=[A-ZÄÖÜ„•(])"), 0.5),
    (re.compile(r"\s"), 0.0),
)
# Joiners and variation selectors belong to the character before them, and so do combining accents.
_JOINED = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LONGEST_CLUSTER = 16
_BLANKS = re.compile(r"\s*")


def split(styled: Styled, limit: int, most_marks: int) -> tuple[Styled, ...]:
    """Parts of at most `limit` UTF-16 units and `most_marks` marks (at least as many as lie over one character)."""
    at = utf16_offsets(styled.text)
    parts: list[Styled] = []
    start = 0
    while start < len(styled.text):
        reach = _reach(styled.marks, at, start, limit, most_marks)
        end = reach if reach == len(styled.text) else _cut(styled, start, reach)
        parts.append(styled.slice(start, end))
        start = end
    return tuple(parts)


def _reach(marks: tuple[Mark, ...], at: list[int], start: int, limit: int, most_marks: int) -> int:
    """The furthest end that both limits allow; always at least one character on."""
    end = bisect_right(at, at[start] + limit) - 1
    ahead = [mark.start for mark in marks if mark.end > start]
    if len(ahead) > most_marks:
        end = min(end, ahead[most_marks])
    return max(end, start + 1)


def _cut(styled: Styled, start: int, reach: int) -> int:
    links = [range(mark.start + 1, mark.end) for mark in styled.marks if mark.kind == "text_link"]
    leads = [range(begin + 1, end + 1) for begin, end in styled.whole if begin < reach and end > start]
    for whole in (links + leads + _headings(styled, start, reach), links):
        for pattern, fill in _PLACES:
            least = start + int((reach - start) * fill)
            ends = (match.end() for match in pattern.finditer(styled.text, start, reach))
            good = [end for end in ends if end > least and not any(end in one for one in whole)]
            if good:
                return good[-1]
    return _forced(styled.text, start, reach)


def _headings(styled: Styled, start: int, reach: int) -> list[range]:
    """Where a cut would part a heading from what follows: inside it and in the blanks behind it."""
    near = (mark for mark in styled.marks if start <= mark.start < reach and _is_heading(mark, styled.text))
    return [range(mark.start + 1, _behind_blanks(styled.text, mark.end) + 1) for mark in near]


def _is_heading(mark: Mark, text: str) -> bool:
    """A line that is bold or italic from end to end: block headings, heads of notes, places above a paragraph."""
    alone = text[mark.start - 1 : mark.start] in ("", "\n") and text[mark.end : mark.end + 1] in ("", "\n")
    return mark.kind in ("bold", "italic") and alone and "\n" not in text[mark.start : mark.end]


def _behind_blanks(text: str, place: int) -> int:
    blanks = _BLANKS.match(text, place)
    return blanks.end() if blanks else place


def _forced(text: str, start: int, reach: int) -> int:
    """`reach`, or a little before it so that no accent or emoji part is torn from its base character."""
    for end in range(reach, max(start, reach - _LONGEST_CLUSTER), -1):
        torn = unicodedata.combining(text[end]) or _JOINED.match(text[end]) or text[end - 1] == "\u200d"
        if not torn:
            return end
    return reach
