"""The numbered items of a resolution, put together from its passages."""

from __future__ import annotations

from itertools import groupby

from feeds.record import Item, Lines, Passage


def items_of(passages: tuple[Passage, ...]) -> tuple[Item, ...]:
    """One `Item` a number, with all its paragraphs and the margin lines from its first to its last."""
    numbered = ((passage.item, passage) for passage in passages if passage.item is not None)
    return tuple(
        _item(number, [passage for _, passage in group])
        for number, group in groupby(numbered, key=lambda pair: pair[0])
    )


def _item(number: int, passages: list[Passage]) -> Item:
    texts = tuple(passage.text for passage in passages)
    return Item(number, "\n".join(texts), span_of(passages), texts)


def span_of(passages: list[Passage]) -> Lines | None:
    """First and last margin line of several passages; None where none is numbered."""
    spans = [span for passage in passages if (span := passage.lines()) is not None]
    return (spans[0][0], spans[-1][1]) if spans else None
