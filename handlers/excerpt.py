"""The words of the text around a fact, so that a date or an amount tells what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from feeds.record import Lines, Passage
from feeds.sentences import sentences

BEFORE = 90
BEHIND = 60
"""Characters on either side; the sentence that a fact stands in is never left."""


class Fact(Protocol):
    """What was found in a text: its words and where they stand first."""

    @property
    def text(self) -> str: ...
    @property
    def item(self) -> int | None: ...
    @property
    def lines(self) -> Lines | None: ...


def excerpt(fact: Fact, passages: tuple[Passage, ...]) -> str:
    """Word for word, cut between words and marked with "…" where it is cut; "" where the body does not hold it."""
    places = tuple(_places(fact, passages))
    exact = (one for one in places if (one[0].item, one[0].lines(one[1], one[2])) == (fact.item, fact.lines))
    found = next(exact, places[0] if places else None)
    return _cut(*found) if found else ""


def _places(fact: Fact, passages: tuple[Passage, ...]) -> Iterator[tuple[Passage, int, int]]:
    """Every passage with the fact's words, and where they begin and end in it."""
    for passage in passages:
        at = passage.text.find(fact.text)
        while at >= 0:
            yield passage, at, at + len(fact.text)
            at = passage.text.find(fact.text, at + 1)


def _cut(passage: Passage, start: int, end: int) -> str:
    text = passage.text
    whole = (one for one in sentences(passage) if one.start <= start and end <= one.end)
    first, last = next(((one.start, one.end) for one in whole), (0, len(text)))
    left, right = _left(text, first, start), _right(text, last, end)
    return f"{'… ' if left > first else ''}{text[left:right].strip()}{' …' if right < last else ''}"


def _left(text: str, first: int, start: int) -> int:
    """Where to begin: at most `BEFORE` characters in front of `start`, at a word's beginning."""
    if start - first <= BEFORE:
        return first
    blank = text.find(" ", start - BEFORE, start)
    return blank + 1 if blank >= 0 else start


def _right(text: str, last: int, end: int) -> int:
    if last - end <= BEHIND:
        return last
    blank = text.rfind(" ", end, end + BEHIND)
    return blank if blank >= 0 else end
