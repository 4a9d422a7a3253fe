"""Protocol notes: the lines below a note's heading, who put it on record, and to which item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.states import States
from feeds.dialect import Dialect
from feeds.line import Line
from feeds.paragraphs import paragraphs_of, passage_of
from feeds.parse_items import span_of
from feeds.record import ProtocolNote

_ITEM = re.compile(r"\bzu (?:den )?(?:Ziffern?|Nr\.|Nummer|Punkt|Absatz) (?P<number>\d{1,2})")


@dataclass(frozen=True, slots=True)
class NoteLines:
    """What the heading says of the note ("von Bayern zu Ziffer 6"), and the lines below it."""

    who: str
    lines: tuple[Line, ...]


def split_notes(lines: tuple[Line, ...], dialect: Dialect) -> tuple[tuple[Line, ...], tuple[NoteLines, ...]]:
    """The body's lines, and those of each protocol note behind it."""
    heads = [(at, match["who"]) for at, line in enumerate(lines) if (match := dialect.note.fullmatch(line.text))]
    borders = [at for at, _ in heads] + [len(lines)]
    notes = tuple(NoteLines(who, lines[at + 1 : end]) for (at, who), end in zip(heads, borders[1:], strict=True))
    return lines[: borders[0]], notes


def notes_of(groups: tuple[NoteLines, ...], states: States) -> tuple[ProtocolNote, ...]:
    return tuple(_note(group, states) for group in groups)


def _note(group: NoteLines, states: States) -> ProtocolNote:
    passages = [passage_of(lines) for lines in paragraphs_of(group.lines)]
    item = _ITEM.search(group.who)
    return ProtocolNote(
        states=states.in_text(group.who),
        item=int(item["number"]) if item else None,
        text="\n".join(passage.text for passage in passages),
        lines=span_of(passages),
    )
