"""The lines of a collection cut at its agenda items' heads.

Strategy: the layout that most heads fit is the document's. A head stands apart, and what follows its number is neither
a running sentence nor a reference. A table of contents lists the numbers before they come again with their texts; of
its entries only those are kept that say what became of an item without a text ("- zurückgezogen -").
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from feeds.dialect import DIALECTS, Dialect
from feeds.head_lines import OPENING, REFERENCE, is_text
from feeds.line import Line

_LEADERS = re.compile(r".*(?:\.{3,}|…|(?:\. ){3,}) ?\d{1,4}")
_FINISHED = re.compile(r"[.:;!?][“”\"’)»]*(?:\s*\d{1,4})?$")
"""The end of a sentence, perhaps with the margin number behind it."""
_WITHDRAWN = re.compile(r"[-–(] ?(?:zurückgezogen|vertagt|abgesetzt|entfällt) ?[-–)]", re.IGNORECASE)
_PRINTED_ON = re.compile(r"\d{2}\.\d{2}\.\d{2}(?:\d{2})?")
_ENTRY_LINES = 8
"""An entry of a table of contents, with applicants and references, takes no more lines than this."""


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """One agenda item's lines below its head line; `rest` is what the head line says besides the number.

    `shared`: other items have the same number. `announced`: an entry of the contents; what stands below is no text.
    `page`: that of the head line, in a file with pages.
    """

    number: str
    rest: str | None
    lines: tuple[Line, ...]
    shared: bool = False
    announced: bool = False
    page: int | None = None


def dialect_of(lines: tuple[Line, ...]) -> Dialect | None:
    """The layout that most heads fit; None for a document without heads."""
    counts = [(dialect.described, len(_heads(lines, dialect)), -at) for at, dialect in enumerate(DIALECTS)]
    best = max((one for one in counts if one[1]), default=None)
    return DIALECTS[-best[2]] if best else None


def blocks_of(lines: tuple[Line, ...], dialect: Dialect) -> tuple[tuple[Line, ...], tuple[AgendaBlock, ...]]:
    """The lines above the first head, and the agenda items in file order."""
    if dialect.running:
        lines = _without_running(lines, dialect)
    borders = [*_heads(lines, dialect), len(lines)]
    blocks = _without_contents([_block(lines[at], lines[at + 1 : end], dialect) for at, end in pairwise(borders)])
    times = Counter(block.number for block in blocks)
    return lines[: borders[0]], tuple(replace(block, shared=times[block.number] > 1) for block in blocks)


def is_head(line: Line, dialect: Dialect, above: Line | None = None) -> bool:
    """A head stands apart from the text above it, and what follows the number is no running sentence.

    Where pages are converted without empty space, a number alone on its line behind a finished sentence is one too.
    """
    match = dialect.head.fullmatch(line.text)
    if match is None or _LEADERS.fullmatch(line.text):
        return False
    alone = match["rest"] is None and above is not None and _FINISHED.search(above.text)
    if not (line.gap or line.page_start or alone):
        return False
    rest = match["rest"] or "A"
    return not rest[0].islower() and not REFERENCE.fullmatch(rest)


def _heads(lines: tuple[Line, ...], dialect: Dialect) -> list[int]:
    """The positions of the heads; in a layout that nobody described they share their word and count up."""
    found = [at for at, line in enumerate(lines) if is_head(line, dialect, lines[at - 1] if at else None)]
    if dialect.described:
        return found
    matches = [match for at in found if (match := dialect.head.fullmatch(lines[at].text))]
    numbers = [[int(part) for part in re.findall(r"\d+", match["number"])] for match in matches]
    alike = len({match["word"] for match in matches}) == 1 and all(one < after for one, after in pairwise(numbers))
    return found if len(found) > 1 and alike else []


def _without_running(lines: tuple[Line, ...], dialect: Dialect) -> tuple[Line, ...]:
    """The lines without the heads that repeat the one before, at the top of a page."""
    kept: list[Line] = []
    number, dropped = None, False
    for line in lines:
        match = dialect.head.fullmatch(line.text)
        if match and match["number"] == number:
            dropped = True
            continue
        number = match["number"] if match and is_head(line, dialect) else number
        kept.append(line._replace(page_start=True, gap=True) if dropped else line)
        dropped = False
    return tuple(kept)


def _block(head: Line, below: tuple[Line, ...], dialect: Dialect) -> AgendaBlock:
    """Without the day of printing below the head, and without what is written over the next item's head."""
    match = dialect.head.fullmatch(head.text)
    if match is None:
        raise ValueError(f"„{head.text}“ is no head of the layout {dialect.name}")
    start, end = 0, len(below)
    while start < end and _PRINTED_ON.fullmatch(below[start].text):
        start += 1
    while start < end and OPENING.fullmatch(below[end - 1].text):
        end -= 1
    return AgendaBlock(match["number"].rstrip(")"), match["rest"], below[start:end], page=head.page)


def _without_contents(blocks: list[AgendaBlock]) -> list[AgendaBlock]:
    """The blocks without the run of entries that ends where the first number comes again."""
    numbers = [block.number for block in blocks]
    again = next((at for at, number in enumerate(numbers) if number in numbers[:at]), 0)
    surely = blocks[: max(1, again - 1)]
    if not again or not all(_is_entry(block) for block in surely):
        return blocks
    listed = [replace(block, announced=True) for block in blocks[:again] if block.number not in numbers[again:]]
    return [block for block in listed if _is_withdrawn(block)] + blocks[again:]


def _is_entry(block: AgendaBlock) -> bool:
    told = (line.margin or is_text(line) or OPENING.fullmatch(line.text) for line in block.lines)
    return len(block.lines) <= _ENTRY_LINES and not any(told)


def _is_withdrawn(block: AgendaBlock) -> bool:
    return any(_WITHDRAWN.search(text) for text in (block.rest or "", *(line.text for line in block.lines[:2])))
