"""Quoted text with the words in bold that it was found by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from feeds.marks import marks
from feeds.query import Query
from handlers.reply import Span
from handlers.services import Services


def marked(text: str, query: Query | None, services: Services) -> tuple[Span, ...]:
    """The text unchanged, in as many spans as it takes; None: nobody looks for words."""
    return tuple(_spans(text, marks(text, query, services.analyser) if query else ()))


def marked_literally(text: str, said: Collection[str]) -> tuple[Span, ...]:
    """With these texts in bold, wherever they stand."""
    longest = sorted(filter(None, said), key=len, reverse=True)
    found = re.finditer("|".join(map(re.escape, longest)), text) if longest else ()
    return tuple(_spans(text, tuple(match.span() for match in found)))


def _spans(text: str, found: tuple[tuple[int, int], ...]) -> Iterator[Span]:
    at = 0
    for start, end in found:
        if start > at:
            yield Span(text[at:start])
        yield Span(text[start:end], "bold")
        at = end
    if at < len(text) or not found:
        yield Span(text[at:])
