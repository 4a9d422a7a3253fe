"""The real documents as lines to print: their text with the margin numbers and the empty space told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from feeds.extract_text import lines_of_text
from feeds.furniture import without_furniture
from feeds.line import Line
from feeds.margin import without_margin_numbers
from tests.feeds.pdf_pages import Type

RUNNING = ("20. Integrationsministerkonferenz 2025", "Hauptkonferenz am 23. – 24. April 2025 in Göttingen")
_HEAD = re.compile(r"TOP (?:[A-Z]|\d\.\d(?:\.[a-z])?)(?: Leitantrag)?")
_VOTE = re.compile(r"Die IntMK hat (?:einstimmig|mehrheitlich) beschlossen ?:")
_NO_GLYPH = str.maketrans({"●": "•", "\t": " "})
"""The standard fonts of PDF have no black circle."""


def collection_types(text: str) -> tuple[Type, ...]:
    """The collection, every agenda item on a new page, with its margin numbers beside the lines."""
    lines = without_furniture(lines_of_text(text))
    heads = [at for at, line in enumerate(lines) if _HEAD.fullmatch(line.text) and (line.gap or line.page_start)]
    return tuple(line for start, end in pairwise([*heads, len(lines)]) for line in _item(lines[start:end]))


def paper_types(text: str) -> tuple[Type, ...]:
    return tuple(map(_type, lines_of_text(text.translate(_NO_GLYPH))))


def _item(lines: tuple[Line, ...]) -> Iterable[Type]:
    body_at = next((at + 1 for at, line in enumerate(lines) if _VOTE.fullmatch(line.text)), len(lines))
    yield Type(lines[0].text, page_start=True, gap=True)
    yield from map(_type, lines[1:body_at])
    yield from map(_type, without_margin_numbers(lines[body_at:]))


def _type(line: Line) -> Type:
    """A blank behind a hyphen that belongs to its word, as in the original."""
    gap = line.gap or (line.page_start and line.margin is None)
    return Type(line.text + " " * line.hard_hyphen, line.margin, gap)
