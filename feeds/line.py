"""A line of a document before it becomes text: what every extractor gives and every cleaning stage takes.

(A tuple by name, not a data class: a document has thousands, and they are made three times faster.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Line(NamedTuple):
    """One printed line, blanks collapsed.

    `gap`: there is empty space above it. `page_start`: it is the first line of a page, or furniture that was taken
    out stood right above it. `margin`: its printed line number, once known. `hard_hyphen`: its last hyphen belongs
    to the word. `starts`: a paragraph surely begins here (in HTML every line is a whole paragraph). `furniture`: by
    its place it is a running head or a page number. `page`: the number of its page in the file, from 1, where the
    document has pages.
    """

    text: str
    gap: bool = False
    page_start: bool = False
    margin: int | None = None
    hard_hyphen: bool = False
    starts: bool = False
    furniture: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's lines in reading order, and in sentences what of it could not be read."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()
