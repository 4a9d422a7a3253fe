"""One agenda item's lines to a record: head, body, items, protocol notes.

Strategy: the head is read first; the margin numbers are followed over the body and the notes together, because they
count on; then the notes and a result below the text are cut off, and the rest is grouped into paragraphs, bullets and
items.
"""

from __future__ import annotations

from dataclasses import replace

from config.states import States
from feeds.blocks import AgendaBlock
from feeds.dialect import Dialect
from feeds.glued_numbers import without_glue
from feeds.head_lines import DECIDED, PROPOSAL
from feeds.line import Line
from feeds.listed_states import state_lister
from feeds.margin import without_margin_numbers
from feeds.paragraphs import flat_text
from feeds.parse_body import passages_of
from feeds.parse_head import Head, head_of
from feeds.parse_items import items_of
from feeds.parse_notes import REMARK, notes_of, split_notes
from feeds.record import Outcome, Passage, Resolution
from feeds.votes import Ballot, result_of, together

PROPOSED = "Der Beschlussvorschlag über dem Beschluss ist nicht enthalten."

_RESULT_LINES = 3
"""Of the longest result."""


def parse_resolution(block: AgendaBlock, dialect: Dialect, states: States, *, spread: bool = False) -> Resolution:
    """The record of one agenda item; `spread` as in `paragraphs_of`."""
    block, proposed = _without_proposal(block)
    head = head_of(block, dialect, states)
    below = () if block.announced else (*head.unread, *block.lines[head.body_at :])
    lines, groups = split_notes(without_glue(without_margin_numbers(below)), states)
    body, later, open_results = _without_result(lines, states)
    notes, note_doubts = notes_of(groups, states)
    ballot = together(head.ballot, later) or Ballot()
    passages = passages_of(body, spread=spread)
    return Resolution(
        number=f"{block.number} {head.title.part}" if head.title.part else block.number,
        label=head.label,
        title=head.title.text,
        subtitle=head.title.subtitle,
        applicants=head.applicants.states,
        applicants_label=head.applicants.label,
        vote=ballot.vote,
        outcome=ballot.outcome or _outcome(passages, dialect),
        counts=ballot.counts,
        against=ballot.against,
        abstained=ballot.abstained,
        passages=passages,
        items=items_of(passages),
        protocol_notes=notes,
        references=head.references,
        page=block.page,
        warnings=(*((PROPOSED,) if proposed else ()), *_doubts(head, ballot), *open_results, *note_doubts),
    )


def _without_proposal(block: AgendaBlock) -> tuple[AgendaBlock, bool]:
    """What was only proposed goes where what was decided stands below it; and whether there was any."""
    lines = block.lines
    proposal = next((at for at, line in enumerate(lines) if PROPOSAL.fullmatch(line.text)), len(lines))
    decided = next((at for at in range(proposal, len(lines)) if DECIDED.fullmatch(lines[at].text)), None)
    return (block, False) if decided is None else (replace(block, lines=lines[:proposal] + lines[decided:]), True)


def _doubts(head: Head, ballot: Ballot) -> tuple[str, ...]:
    title = () if head.title.text else ("Kein Titel gefunden.",)
    vote = (_unsure(ballot.unsure),) if ballot.unsure and not ballot.vote else ()
    return (*title, *head.applicants.warnings, *vote)


def _unsure(line: str) -> str:
    return f"Abstimmung nicht sicher erkannt: „{line}“"


def _outcome(passages: tuple[Passage, ...], dialect: Dialect) -> Outcome | None:
    """What the first sentence says, in layouts that open with it."""
    first = passages[0].text if passages else ""
    return next((outcome for pattern, outcome in dialect.outcomes if pattern.search(first)), None)


def _without_result(lines: tuple[Line, ...], states: States) -> tuple[tuple[Line, ...], Ballot | None, tuple[str, ...]]:
    """Some conferences print the result below the text: the lines without it, what it tells, and what stays open.

    Only the last line of the text tells of the whole; a result with text below it may be that of a part.
    """
    named = state_lister(states)
    found = [at for at, line in enumerate(lines) if result_of(line.text, named)]
    end = next((at for at, line in enumerate(lines) if REMARK.fullmatch(line.text)), len(lines))
    for start in range(end - 1, max(-1, end - 1 - _RESULT_LINES), -1):
        ballot = result_of(flat_text(lines[start:end]), named)
        if ballot and set(found) <= {start}:
            return lines[:start] + lines[end:], ballot, ()
    return lines, None, tuple(_unsure(lines[at].text) for at in found)
