"""Where in a resolution a fact stands: its texts in order, each with the margin lines of any part of it."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.record import Lines, Passage, Resolution


@dataclass(frozen=True, slots=True)
class Place:
    """The Ziffer and the printed lines of a part of the text."""

    item: int | None
    lines: Lines | None


def texts_of(resolution: Resolution) -> tuple[Passage, ...]:
    """Title, subtitle and body: a law or a date that only the title names is one of the resolution's too."""
    heads = (resolution.title, resolution.subtitle or "")
    return (*(Passage(text, role="heading") for text in heads if text), *resolution.passages)


def place_in(passage: Passage, start: int, end: int) -> Place:
    return Place(passage.item, passage.lines(start, end))
