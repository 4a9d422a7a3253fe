"""Whether one reading of a resolution only leaves out what another one has: a copy that broke off, or an excerpt.

Compared is what counts (`feeds.changes`), Ziffer by Ziffer and inside it paragraph by paragraph. A sentence that is
missing inside a paragraph is no omission but another wording, unless nothing comes behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from feeds.changes import bare, statement_of
from feeds.cut_off import breaks_off
from feeds.record import ProtocolNote, Resolution

MOST_STRUCK = 0.5
"""The share of a text that a correction strikes at most: it takes out a Ziffer, not most of a resolution."""

_LAST_LINE = 80
"""Characters at most of a head's or heading's beginning that is read as text."""

_NUMBERS = re.compile(r"[\d.,]+")
_FULL_STOP = re.compile(r"[.!?][“”\"’)»]*$")


def leaves_out(part: Resolution, whole: Resolution) -> bool:
    """Whether everything that `part` says stands in `whole`, in the same order, and `whole` says more.

    Only the last words of `part` may be the beginning of something longer.
    """
    if statement_of(part) == statement_of(whole):
        return False
    return _head_fits(part, whole) and _texts_fit(part, whole) and _notes_fit(part, whole)


def is_damaged(part: Resolution, whole: Resolution) -> bool:
    """Whether `part` is what is left of `whole`, and no correction of it: it breaks off in the middle of a sentence (as
    the reader found, or because `whole` goes on there), or has lost more than `MOST_STRUCK` of it.

    The whole text with a heading's beginning below is a remainder, too."""
    lost = _size(whole) - _size(part)
    if lost <= 0:
        noted = len(part.protocol_notes) == len(whole.protocol_notes)
        return noted and _told_fits(part, whole) and _is_beginning(part, whole)
    if breaks_off(part) and not breaks_off(whole):
        return True
    most = lost > MOST_STRUCK * _size(whole) and leaves_out(part, whole)
    return most or (_told_fits(part, whole) and _is_beginning(part, whole))


def _head_fits(part: Resolution, whole: Resolution) -> bool:
    mine, full = statement_of(part), statement_of(whole)
    return mine.title in (full.title, bare(whole.title)) and _told_fits(part, whole)


def _told_fits(part: Resolution, whole: Resolution) -> bool:
    """Whether applicants, vote and outcome are those of `whole`, or fewer."""
    mine, full = statement_of(part), statement_of(whole)
    named = ((mine.applicants, full.applicants), *zip(mine.vote[2:], full.vote[2:], strict=True))
    told = zip((*mine.vote[:2], mine.outcome), (*full.vote[:2], full.outcome), strict=True)
    return all(set(one) <= set(other) for one, other in named) and all(one in (None, other) for one, other in told)


@dataclass(frozen=True, slots=True)
class _Group:
    """The paragraphs of one Ziffer, or those between two of them (`item` None), as far as they count."""

    item: int | None
    texts: tuple[str, ...]

    @property
    def flat(self) -> str:
        return "".join(self.texts)


def _groups(resolution: Resolution) -> list[_Group]:
    groups = groupby(resolution.passages, key=lambda passage: passage.item)
    return [_Group(item, tuple(bare(one.text) for one in passages)) for item, passages in groups]


def _texts_fit(part: Resolution, whole: Resolution) -> bool:
    """Whether each group of `part` is found in `whole` behind the one before, or all of it at the beginning.

    Only where nothing comes behind it, not even a note, may a text break off.
    """
    mine, theirs = _groups(part), _groups(whole)
    rest, open_end = iter(theirs), not part.protocol_notes
    if open_end and "".join(group.flat for group in theirs).startswith("".join(group.flat for group in mine)):
        return True
    return all(
        any(_fits(group, other, open_end=open_end and at == len(mine)) for other in rest)
        for at, group in enumerate(mine, 1)
    )


def _fits(group: _Group, other: _Group, *, open_end: bool) -> bool:
    if group.item != other.item:
        return False
    if group.flat == other.flat or (open_end and other.flat.startswith(group.flat)):
        return True
    return _in_order(group.texts, other.texts, open_end=open_end)


def _in_order(texts: Sequence[str], among: Iterable[str], *, open_end: bool) -> bool:
    rest = iter(among)
    return all(
        any(text == other or (open_end and at == len(texts) and other.startswith(text)) for other in rest)
        for at, text in enumerate(texts, 1)
    )


def _notes_fit(part: Resolution, whole: Resolution) -> bool:
    """Whether each note is one of `whole`; the last may be the beginning of one."""
    if not part.protocol_notes:
        return True
    *before, last = map(_said, part.protocol_notes)
    there = Counter(map(_said, whole.protocol_notes)) - Counter(before)
    all_there = sum(there.values()) == len(whole.protocol_notes) - len(before)
    return all_there and any(last[:2] == one[:2] and one[2].startswith(last[2]) for one in there)


def _said(note: ProtocolNote) -> tuple[int | None, tuple[str, ...], str]:
    return note.item, tuple(sorted(note.states)), bare(note.text)


def _is_beginning(part: Resolution, whole: Resolution) -> bool:
    """Whether `part`, letter by letter, breaks off where `whole` goes on.

    What is left of a document may be read in another way: without the numbers of its items, with those of its margin,
    or with a heading's beginning for text. So numbers do not count here, nor does a last line that is short.
    """
    titles = bare(part.title), bare(whole.title)
    *before, last = ("", *_paragraphs(part))
    if not (titles[0].startswith(titles[1]) or titles[1].startswith(titles[0])) or _is_finished(last, whole):
        return False
    letters, full = _letters(before), _letters(_paragraphs(whole))
    return full.startswith(letters + _letters([last])) or (full.startswith(letters) and len(last) <= _LAST_LINE)


def _is_finished(last: str, whole: Resolution) -> bool:
    """Whether the last words end a sentence (no mere "2."), or a paragraph of `whole`."""
    ended = _FULL_STOP.search(last) and _letters([last])
    return bool(ended) or bare(last) in map(bare, _paragraphs(whole))


def _letters(texts: Iterable[str]) -> str:
    return "".join(_NUMBERS.sub("", bare(text)) for text in texts)


def _paragraphs(resolution: Resolution) -> list[str]:
    """Those of the body, then those of the notes."""
    noted = (line for note in resolution.protocol_notes for line in note.text.split("\n"))
    return [*(passage.text for passage in resolution.passages), *noted]


def _size(resolution: Resolution) -> int:
    return sum(map(len, map(bare, _paragraphs(resolution))))
