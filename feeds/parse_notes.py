"""Protocol notes: the lines below a note's heading, who put it on record, and to which item.

Strategy: a heading begins with "Protokollnotiz" or "Protokollerklärung" and ends with a colon, on up to three lines;
the note's text may begin behind it. Who it is from is read from the heading alone. A sentence in which a state joins
another one's note is a note of that state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from config.states import States
from feeds.line import Line
from feeds.paragraphs import flat_text, paragraphs_of, passage_of
from feeds.parse_items import span_of
from feeds.record import ProtocolNote

_BEGINS = re.compile(r"(?:Gemeinsame )?Protokoll(?:notiz|erklärung)(?:en)?(?=[ :]|$)")
_HEADING = re.compile(_BEGINS.pattern + r"(?P<who>[^:]{0,400}?) ?:(?: (?P<text>.+))?")
_JOINS = re.compile(
    r"(?P<who>[^.:]{3,250}?) (?:schließt|schließen|tritt|treten) (?:sich )?de[rn] .{0,40}Protokoll(?:notiz|erklärung).*"
)
_ITEM = re.compile(r"\bzu (?:den )?(?:Ziffern?|Nr\.|Nummern?|Punkt|Absatz) (?P<number>\d{1,2})")
_ALL = re.compile(r"\baller (?:16 |sechzehn )?Länder\b")
_HEADING_LINES = 3
_SEPARATOR = re.compile(r"[,;/]| und ")


@dataclass(frozen=True, slots=True)
class NoteLines:
    """What the heading says of the note ("von Bayern zu Ziffer 6"), and the lines of its text."""

    who: str
    lines: tuple[Line, ...]


def split_notes(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[NoteLines, ...]]:
    """The body's lines, and those of each protocol note behind it."""
    heads = [(at, found) for at in range(len(lines)) if (found := _head_at(lines, at))]
    borders = [at for at, _ in heads] + [len(lines)]
    notes = tuple(
        NoteLines(head.who, (*head.lines, *lines[at + head.length : end]))
        for (at, head), end in zip(heads, borders[1:], strict=True)
    )
    return lines[: borders[0]], notes


def notes_of(groups: tuple[NoteLines, ...], states: States) -> tuple[tuple[ProtocolNote, ...], tuple[str, ...]]:
    """The notes, and a warning for each whose state is not named."""
    notes = tuple(_note(group, states) for group in groups)
    unsure = [
        f"Protokollnotiz ohne erkanntes Land: „{group.who.strip()}“" for group in groups if not _who(group, states)
    ]
    return notes, tuple(unsure)


@dataclass(frozen=True, slots=True)
class _NoteHead:
    who: str
    length: int
    lines: tuple[Line, ...]


def _head_at(lines: tuple[Line, ...], at: int) -> _NoteHead | None:
    joins = _JOINS.fullmatch(lines[at].text)
    if joins:
        return _NoteHead(joins["who"], 1, (lines[at],))
    if not _BEGINS.match(lines[at].text):
        return None
    for length in range(1, _HEADING_LINES + 1):
        match = _HEADING.fullmatch(flat_text(lines[at : at + length]))
        if match:
            text = (replace(lines[at + length - 1], text=match["text"]),) if match["text"] else ()
            return _NoteHead(match["who"], length, text)
    return None


def _note(group: NoteLines, states: States) -> ProtocolNote:
    passages = [passage_of(lines) for lines in paragraphs_of(group.lines)]
    item = _ITEM.search(group.who)
    return ProtocolNote(
        states=_who(group, states),
        item=int(item["number"]) if item else None,
        text="\n".join(passage.text for passage in passages),
        lines=span_of(passages),
    )


def _who(group: NoteLines, states: States) -> tuple[str, ...]:
    """The states named in running text, else those that the heading lists by their abbreviations."""
    if _ALL.search(group.who):
        return states.names
    named = states.in_text(group.who)
    if named:
        return named
    listed = re.sub(r"^\s*(?:von|der|des|durch|Länder)\s+", "", _ITEM.sub("", group.who))
    found = [states.find(part) for part in _SEPARATOR.split(listed) if part.strip()]
    return tuple(one.name for one in found if one)
