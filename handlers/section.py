"""Parts of an overview: a heading with what stands below it, and how much was left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from config.texts import Texts
from handlers.phrases import counted
from handlers.reply import Block, plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a section shows: so many entries, of them those that begin within so many characters.

    `minor`: also what a document only mentions.
    """

    entries: int
    characters: int
    minor: bool = False


COMPACT = Bounds(entries=5, characters=1500)
"""What fits on a telephone's screen or two in front of the text itself."""
EVERYTHING = Bounds(sys.maxsize, sys.maxsize, minor=True)


@dataclass(frozen=True, slots=True)
class Section:
    """`hidden` counts the entries that were left out."""

    blocks: tuple[Block, ...] = ()
    hidden: int = 0


def section(title: str, blocks: Iterable[Block], hidden: int, texts: Texts) -> Section:
    """Heading, entries, and how many more there are; nothing at all where there is nothing."""
    shown = tuple(blocks)
    if not shown and not hidden:
        return Section()
    more = (plain(_more(hidden, texts)),) if hidden else ()
    return Section((plain(title, "heading"), *shown, *more), hidden)


def _more(hidden: int, texts: Texts) -> str:
    """How many more there are, and which button shows them."""
    return texts("overview.more", more=counted("count.more", hidden, texts), button=texts("button.details"))


def joined(sections: Iterable[Section]) -> Section:
    every = tuple(sections)
    return Section(tuple(block for one in every for block in one.blocks), sum(one.hidden for one in every))


def within(bounds: Bounds, entries: Sequence[T], lengths: Sequence[int]) -> Sequence[T]:
    """The first entries that fit; the very first always."""
    used, count = 0, 0
    for length in lengths[: bounds.entries]:
        if count and used + length > bounds.characters:
            break
        used, count = used + length, count + 1
    return entries[:count]
