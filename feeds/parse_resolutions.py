"""One agenda item's lines to a record: head, applicants, vote, body, items, protocol notes.

Strategy: what stands above the vote line (or the applicants) is the head; the margin numbers are followed over the
body and the notes together, because they count on; then the notes are cut off, and the rest is grouped into
paragraphs, bullets and items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from config.states import States
from feeds.blocks import AgendaBlock, is_label
from feeds.dialect import Dialect
from feeds.line import Line
from feeds.margin import without_margin_numbers
from feeds.paragraphs import flat_text
from feeds.parse_body import passages_of
from feeds.parse_items import items_of
from feeds.parse_notes import notes_of, split_notes
from feeds.record import Resolution, Vote

_HEAD_LINES = 40
"""Applicants of all sixteen states take seven lines; a head is never longer than this."""
_SEPARATOR = re.compile(r",| und |;|/")


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    subtitle: str | None
    applicants: tuple[str, ...]
    applicants_label: str | None
    vote: Vote | None
    body_at: int
    warnings: tuple[str, ...]


def parse_resolution(block: AgendaBlock, dialect: Dialect, states: States) -> Resolution:
    """The record of one agenda item."""
    head = _head(block, dialect, states)
    lines = without_margin_numbers(block.lines[head.body_at :])
    body, note_groups = split_notes(lines, dialect)
    passages = passages_of(body)
    label = block.rest if block.rest and is_label(block.rest) else None
    return Resolution(
        number=block.number,
        label=label,
        title=head.title,
        subtitle=head.subtitle,
        applicants=head.applicants,
        applicants_label=head.applicants_label,
        vote=head.vote,
        passages=passages,
        items=items_of(passages),
        protocol_notes=notes_of(note_groups, states),
        warnings=head.warnings,
    )


def _head(block: AgendaBlock, dialect: Dialect, states: States) -> _Head:
    """Everything above the body. Without applicants and vote line the first group of lines is the title."""
    top = block.lines[:_HEAD_LINES]
    named = next((at for at, line in enumerate(top) if dialect.applicants.fullmatch(line.text)), None)
    voted = next((at for at, line in enumerate(top) if dialect.vote.fullmatch(line.text)), None)
    marks = [at for at in (named, voted) if at is not None]
    groups = _groups(top[: min(marks)] if marks else top)
    titles = groups if marks else groups[:1]
    if block.rest and not is_label(block.rest):
        titles = ((Line(block.rest), *titles[0]), *titles[1:]) if titles else ((Line(block.rest),),)
    names_end = _names_end(top, named) if named is not None else 0
    applicants, label, warnings = (
        _applicants(top[named:names_end], dialect, states) if named is not None else ((), None, ())
    )
    return _Head(
        title=flat_text(titles[0]) if titles else "",
        subtitle=" ".join(flat_text(group) for group in titles[1:]) or None,
        applicants=applicants,
        applicants_label=label,
        vote=_vote(top[voted], dialect) if voted is not None else None,
        body_at=max([0 if marks else sum(map(len, titles[:1])), names_end, 0 if voted is None else voted + 1]),
        warnings=warnings if titles else (*warnings, "Kein Titel gefunden."),
    )


def _groups(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return tuple(tuple(group) for group in groups)


def _names_end(lines: tuple[Line, ...], start: int) -> int:
    return next((at for at in range(start + 1, len(lines)) if lines[at].gap), len(lines))


def _applicants(
    lines: tuple[Line, ...], dialect: Dialect, states: States
) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """Names of the applicants, the label in front of them, and a warning for each name that is no state."""
    match = dialect.applicants.fullmatch(lines[0].text)
    if match is None:
        return (), None, ()
    names = flat_text((replace(lines[0], text=match["names"]), *lines[1:]))
    parts = [part.strip() for part in _SEPARATOR.split(names) if part.strip()]
    found = [states.find(part) for part in parts]
    warnings = tuple(
        f"Antragsteller nicht sicher erkannt: „{part}“" for part, state in zip(parts, found, strict=True) if not state
    )
    return tuple(state.name for state in found if state), match["label"], warnings


def _vote(line: Line, dialect: Dialect) -> Vote | None:
    match = dialect.vote.fullmatch(line.text)
    return cast(Vote, match["vote"]) if match else None
