"""One agenda item's lines to a record: head, body, items, protocol notes.

Strategy: the head is read first; the margin numbers are followed over the body and the notes together, because they
count on; then the notes are cut off, and the rest is grouped into paragraphs, bullets and items.
"""

from __future__ import annotations

from config.states import States
from feeds.blocks import AgendaBlock
from feeds.dialect import Dialect
from feeds.line import Line
from feeds.margin import without_margin_numbers
from feeds.parse_body import passages_of
from feeds.parse_head import head_of
from feeds.parse_items import items_of
from feeds.parse_notes import notes_of, split_notes
from feeds.record import Resolution
from feeds.votes import Ballot, result_of


def parse_resolution(block: AgendaBlock, dialect: Dialect, states: States) -> Resolution:
    """The record of one agenda item."""
    head = head_of(block, dialect, states)
    lines = without_margin_numbers(block.lines[head.body_at :])
    lines, later = _without_result(lines, states)
    body, note_groups = split_notes(lines)
    notes, note_warnings = notes_of(note_groups, states)
    ballot = head.ballot or later or Ballot()
    passages = passages_of(body)
    return Resolution(
        number=block.number,
        label=head.label,
        title=head.title,
        subtitle=head.subtitle,
        applicants=head.applicants,
        applicants_label=head.applicants_label,
        vote=ballot.vote,
        outcome=ballot.outcome,
        counts=ballot.counts,
        against=ballot.against,
        abstained=ballot.abstained,
        passages=passages,
        items=items_of(passages),
        protocol_notes=notes,
        references=head.references,
        warnings=(*head.warnings, *note_warnings),
    )


def _without_result(lines: tuple[Line, ...], states: States) -> tuple[tuple[Line, ...], Ballot | None]:
    """Some conferences print the result below the text: the lines without it, and what it tells."""
    found = [(at, ballot) for at, line in enumerate(lines) if (ballot := result_of(line.text, states.in_text))]
    if not found:
        return lines, None
    at, ballot = found[-1]
    return lines[:at] + lines[at + 1 :], ballot
