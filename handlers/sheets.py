"""A long text in sheets that fit on a telephone: one message each, turned in place."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.paging import ButtonRow
from handlers.reply import Block, Button

LONGEST = 3000
"""Characters of a sheet: some screens, and well below a message's limit (4096)."""

Sheet = tuple[Block, ...]


def sheets(parts: Sequence[Sequence[Block]], longest: int = LONGEST) -> tuple[Sheet, ...]:
    """The blocks in order, at least one sheet. A new part (text, notes) begins on the sheet before only if it fits there
    whole; no sheet ends with a heading. A block that is longer than a sheet has one for itself."""
    made: list[list[Block]] = [[]]
    for part in filter(None, parts):
        if made[-1] and _length([*made[-1], *part]) > longest:
            made.append([])
        for block in part:
            if made[-1] and _length([*made[-1], block]) > longest:
                made.append(_taken_along(made[-1]))
            made[-1].append(block)
    return tuple(tuple(sheet) for sheet in made)


def turning(command: str, sheet: int, total: int, back: str, more: str) -> tuple[ButtonRow, ...]:
    """A row with the ways back and on; `command` without its "seite …"."""
    buttons = []
    if sheet > 1:
        buttons.append(Button(back, f"{command} seite {sheet - 1}"))
    if sheet < total:
        buttons.append(Button(more, f"{command} seite {sheet + 1}"))
    return (tuple(buttons),) if buttons else ()


def _taken_along(sheet: list[Block]) -> list[Block]:
    """What at the end of a sheet belongs to the block behind it: headings, and a note's head."""
    at = len(sheet)
    while at > 1 and _leads(sheet[at - 1]):
        at -= 1
    taken = sheet[at:]
    del sheet[at:]
    return taken


def _leads(block: Block) -> bool:
    return block.kind == "heading" or all(span.style == "bold" for span in block.spans)


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) + 2 for block in blocks)
