"""Protocol notes: the lines below a note's heading, who put it on record, and to which item.

Where a note begins and whose it is, is told by its heading (`feeds.note_headings`); it ends at the next one, or at a
remark of the editors ("Hinweis: …"), which belongs to the resolution again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from config.states import States
from feeds.line import Line
from feeds.listed_states import listed_states
from feeds.note_headings import Heading, heading_at
from feeds.paragraphs import paragraphs_of, passage_of
from feeds.parse_items import span_of
from feeds.record import ProtocolNote

_WORD = "rotokoll"
"""No note is headed without it; looking for it first spares nearly all resolutions the rest."""
_THIS = re.compile(r"\b[Dd]iese[rmn]? Protokoll")
REMARK = re.compile(r"(?:Hinweise?|Anmerkung der (?:Redaktion|Geschäftsstelle)) ?:.*")
"""A remark of the editors, behind the text or behind the notes."""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A note's heading and the lines of its text."""

    heading: Heading
    lines: tuple[Line, ...]


def split_notes(lines: tuple[Line, ...], states: States) -> tuple[tuple[Line, ...], tuple[NoteLines, ...]]:
    """The body's lines, and those of each protocol note behind it."""
    heads: list[tuple[int, Heading]] = []
    if not any(_WORD in line.text for line in lines):
        return lines, ()
    for at in range(len(lines)):
        found = heading_at(lines, at, states, noted=bool(heads))
        if found:
            heads.append((at, found))
    if not heads:
        return lines, ()
    first, end = heads[0][0], _end(lines, heads[0][0])
    borders = [*(at for at, _ in heads[1:]), end]
    notes = tuple(
        NoteLines(heading, (*heading.lines, *lines[at + heading.length : border]))
        for (at, _), heading, border in zip(heads, _with_items([one for _, one in heads], states), borders, strict=True)
    )
    return lines[:first] + lines[end:], tuple(note for note in notes if note.lines or note.heading.named)


def _with_items(headings: list[Heading], states: States) -> Iterator[Heading]:
    """Who joins a note joins it for the same items: the only one above, the last one ("dieser"), or that of a Land."""
    for at, heading in enumerate(headings):
        above = [one for one in headings[:at] if not one.joins]
        joined = _joined(heading, above, states) if heading.joins and not heading.items else None
        yield replace(heading, items=joined.items) if joined and len(joined.items) == 1 else heading


def _joined(heading: Heading, above: list[Heading], states: States) -> Heading | None:
    if len(above) == 1 or (above and _THIS.search(heading.text)):
        return above[-1]
    others = set(states.in_text(heading.text)).difference(states.in_text(heading.who))
    named = [one for one in above if others and others <= set(states.in_text(one.who))]
    return named[0] if len(named) == 1 else None


def _end(lines: tuple[Line, ...], first: int) -> int:
    """Where the notes end: at a remark behind the last of them."""
    return next((at for at in range(first, len(lines)) if REMARK.fullmatch(lines[at].text)), len(lines))


def notes_of(groups: tuple[NoteLines, ...], states: States) -> tuple[tuple[ProtocolNote, ...], tuple[str, ...]]:
    """The notes, and a warning for each whose state or item is not surely told."""
    notes = tuple(_note(group, states) for group in groups)
    doubts = (_doubts(group, note) for group, note in zip(groups, notes, strict=True))
    return notes, tuple(doubt for several in doubts for doubt in several)


def _note(group: NoteLines, states: States) -> ProtocolNote:
    passages = [passage_of(lines) for lines in paragraphs_of(group.lines)]
    numbers = group.heading.items
    return ProtocolNote(
        states=_who(group.heading, states),
        item=numbers[0] if len(numbers) == 1 else None,
        text="\n".join(passage.text for passage in passages),
        lines=span_of(passages),
    )


def _who(heading: Heading, states: States) -> tuple[str, ...]:
    """The states that the heading lists, and those named in longer phrases ("der sich Sachsen anschließt")."""
    listed = listed_states(heading.who, states)
    return tuple(dict.fromkeys((*listed.states, *states.in_text(" ; ".join(listed.unknown)))))


def _doubts(group: NoteLines, note: ProtocolNote) -> tuple[str, ...]:
    printed = group.heading.text
    return (
        *(() if note.states else (f"Protokollnotiz ohne erkanntes Land: „{printed}“",)),
        *((f"Protokollnotiz zu mehreren Ziffern: „{printed}“",) if len(group.heading.items) > 1 else ()),
    )
