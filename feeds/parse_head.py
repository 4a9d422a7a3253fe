"""The head of an agenda item: title, label, applicants, vote, and where the body begins.

Strategy: title and subtitle stand above the first line that is known by its form (applicants, references, the vote
line, "Beschluss:"); all such lines in a row are the head, what follows is the body. Without any the title is what
stands beside the number, else the first group of lines below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from config.states import States
from feeds.applicants import NO_APPLICANTS, Applicants, applicants_of, names_go_on
from feeds.blocks import AgendaBlock
from feeds.date_patterns import written_dates
from feeds.dialect import Dialect
from feeds.head_lines import ASIDE, DATED_REFERENCE, EARLIER, MARK, REFERENCE, HeadLine, HeadMark, HeadReader, is_text
from feeds.line import Line
from feeds.listed_states import state_lister
from feeds.paragraphs import ITEM
from feeds.record import Reference
from feeds.title import Title, split_beside, title_of
from feeds.votes import Ballot, together

_ABOUT_EARLIER = ("Vorgang", "Bezug", "Hinweis")
"""Labels of lines that name earlier resolutions."""
_TITLE_LINES = 12
"""No title with its subtitle is longer than this."""
_HEAD_LINES = 20
"""Sixteen applicants take seven lines, and the rest of a head no more than as many."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body; `body_at` is the position of the body's first line in the block.

    `unread`: lines among them that are nothing we know; they are told with the body.
    """

    title: Title
    label: str | None = None
    applicants: Applicants = NO_APPLICANTS
    ballot: Ballot | None = None
    references: tuple[Reference, ...] = ()
    body_at: int = 0
    unread: tuple[Line, ...] = ()


def head_of(block: AgendaBlock, dialect: Dialect, states: States) -> Head:
    """The head of one agenda item."""
    reader = HeadReader(dialect, state_lister(states))
    first = _first_mark(block, reader)
    above = block.lines[:first] if first is not None else None
    rest = None if dialect.running else block.rest
    beside = split_beside(rest, reader.named, below=bool(above and above[0].gap))
    title = title_of(block, beside, dialect, above, reader.named)
    if first is None:
        return Head(title, title.label, ballot=title.ballot, body_at=title.length)
    marks = tuple(_marks(block.lines, first, reader, states))
    labels = [match["mark"] for mark in marks if (match := MARK.fullmatch(mark.text)) and mark.kind == "mark"]
    return Head(
        title,
        ", ".join(filter(None, (title.label, *labels))) or None,
        applicants_of(_lines_of(marks, "applicants"), states),
        reduce(together, (title.ballot, *(mark.ballot for mark in marks))),
        _references(_lines_of(marks, "aside")),
        body_at=first + sum(len(mark.lines) for mark in marks),
        unread=_lines_of(marks, "unknown"),
    )


def _first_mark(block: AgendaBlock, reader: HeadReader) -> int | None:
    """The first line known by its form, unless text begins above it."""
    for at, line in enumerate(block.lines[:_TITLE_LINES]):
        if reader.mark_at(block.lines, at):
            return at
        if (at or block.rest) and is_text(line):
            return None
    return None


def _marks(lines: tuple[Line, ...], first: int, reader: HeadReader, states: States) -> Iterator[HeadMark]:
    """The marks of the head from the first one on, up to the body."""
    at, above = first, None
    opening = _opening(lines, first, reader)
    while at < len(lines):
        mark = reader.mark_at(lines, at) or (above and _going_on(above, lines[at], states))
        if mark is None and at < opening:
            mark = HeadMark("unknown", lines[at : at + 1])
        if mark is None or mark.kind == "sentence":
            return
        yield mark
        at, above = at + len(mark.lines), mark
        if mark.kind == "opening":
            below = reader.mark_at(lines, at) if at < len(lines) else None
            if below and below.kind == "ballot":
                yield below
            return


def _opening(lines: tuple[Line, ...], first: int, reader: HeadReader) -> int:
    """Where "Beschluss:" stands over the text, if it does: all above it is head, also what we do not know."""
    for at in range(first, min(first + _HEAD_LINES, len(lines))):
        mark = reader.mark_at(lines, at)
        if mark and mark.kind == "opening":
            return at
        if not mark and ITEM.fullmatch(lines[at].text):
            break
    return first


def _going_on(above: HeadMark, line: Line, states: States) -> HeadMark | None:
    """The line as a mark like the one above, if it goes on with that."""
    if above.kind == "applicants" and names_go_on(above.lines[-1], line, states):
        return HeadMark(above.kind, (line,))
    if above.kind == "aside" and (
        REFERENCE.match(line.text) or EARLIER.fullmatch(line.text) or (not line.gap and line.text[:1].islower())
    ):
        return HeadMark(above.kind, (line,))
    return None


def _lines_of(marks: tuple[HeadMark, ...], kind: HeadLine) -> tuple[Line, ...]:
    return tuple(line for mark in marks if mark.kind == kind for line in mark.lines)


def _references(asides: tuple[Line, ...]) -> tuple[Reference, ...]:
    """ "Vorgang: TOP 13 90.UMK" names earlier resolutions; more of them stand on the lines below."""
    found: list[Reference] = []
    label: str | None = None
    for line in asides:
        match = ASIDE.fullmatch(line.text)
        label = match["label"] if match else label
        if label in _ABOUT_EARLIER:
            found += _references_in(match["text"] if match else line.text)
    return tuple(found)


def _references_in(text: str) -> Iterator[Reference]:
    for match in REFERENCE.finditer(text):
        if match["body"]:
            yield Reference(match["body"], int(match["session"]), match["number"], match[0])
    for match in DATED_REFERENCE.finditer(text):
        for day in written_dates(match["day"]):
            yield Reference(match["body"], None, match["number"], match[0], day.date)
