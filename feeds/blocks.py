"""The lines of a collection cut at its agenda items' heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from feeds.dialect import Dialect
from feeds.line import Line

_LABEL = re.compile(r"[A-ZÄÖÜ]\w+")


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """One agenda item's lines below its head line; `rest` is what the head line says besides the number."""

    number: str
    rest: str | None
    lines: tuple[Line, ...]


def blocks_of(lines: tuple[Line, ...], dialect: Dialect) -> tuple[AgendaBlock, ...]:
    """The agenda items in file order; lines above the first head belong to none."""
    heads = [at for at, line in enumerate(lines) if is_head(line, dialect)]
    borders = [*heads, len(lines)]
    return tuple(_block(lines[at], lines[at + 1 : end], dialect) for at, end in pairwise(borders))


def is_head(line: Line, dialect: Dialect) -> bool:
    """A head stands apart from the text above it, and what follows the number is no running sentence."""
    match = dialect.head.fullmatch(line.text)
    return match is not None and (line.gap or line.page_start) and not (match["rest"] or "A")[0].islower()


def _block(head: Line, below: tuple[Line, ...], dialect: Dialect) -> AgendaBlock:
    match = dialect.head.fullmatch(head.text)
    if match is None:
        raise ValueError(f"„{head.text}“ is no head of the dialect {dialect.name}")
    return AgendaBlock(match["number"], match["rest"], below)


def is_label(rest: str) -> bool:
    """A single capitalised word behind the number ("Leitantrag") is a label; more is the title itself."""
    return bool(_LABEL.fullmatch(rest))
