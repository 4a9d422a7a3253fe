"""The lines of a collection cut at its agenda items' heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from feeds.dialect import APPLICANTS, DIALECTS, Dialect
from feeds.line import Line

_CONTENTS_ENTRY = re.compile(r".*(?:\.{3,}|…|(?:\. ){3,}) ?\d{1,4}")
_EMPTY = 6
"""An entry of a table of contents takes no more lines than this."""


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """One agenda item's lines below its head line; `rest` is what the head line says besides the number."""

    number: str
    rest: str | None
    lines: tuple[Line, ...]


def dialect_of(lines: tuple[Line, ...]) -> Dialect | None:
    """The layout that most heads fit; None for a document without heads."""
    counts = [(sum(is_head(line, dialect) for line in lines), -at) for at, dialect in enumerate(DIALECTS)]
    most, at = max(counts)
    return DIALECTS[-at] if most else None


def blocks_of(lines: tuple[Line, ...], dialect: Dialect) -> tuple[AgendaBlock, ...]:
    """The agenda items in file order; lines above the first head belong to none, entries of contents are left out."""
    borders = [*(at for at, line in enumerate(lines) if is_head(line, dialect)), len(lines)]
    blocks = [_block(lines[at], lines[at + 1 : end], dialect) for at, end in pairwise(borders)]
    later = [{block.number for block in blocks[at + 1 :]} for at in range(len(blocks))]
    return tuple(
        block for block, following in zip(blocks, later, strict=True) if not _is_announced(block, following, dialect)
    )


def is_head(line: Line, dialect: Dialect) -> bool:
    """A head stands apart from the text above it, and what follows the number is no running sentence."""
    match = dialect.head.fullmatch(line.text)
    if match is None or not (line.gap or line.page_start) or _CONTENTS_ENTRY.fullmatch(line.text):
        return False
    return not (match["rest"] or "A")[0].islower()


def _is_announced(block: AgendaBlock, following: set[str], dialect: Dialect) -> bool:
    """Whether the head only announces an item (in a table of contents) that comes again with its text."""
    marked = any(APPLICANTS.fullmatch(line.text) or line.margin for line in block.lines)
    return block.number in following and len(block.lines) <= _EMPTY and not marked


def _block(head: Line, below: tuple[Line, ...], dialect: Dialect) -> AgendaBlock:
    match = dialect.head.fullmatch(head.text)
    if match is None:
        raise ValueError(f"„{head.text}“ is no head of the layout {dialect.name}")
    number, rest, part = match["number"], match["rest"], match.groupdict().get("part")
    inside = re.fullmatch(r"(?P<part>[a-z])\) (?P<rest>.+)", rest or "")
    if inside and not part:
        part, rest = inside["part"], inside["rest"]
    return AgendaBlock(f"{number} {part}" if part else number, rest, below)
