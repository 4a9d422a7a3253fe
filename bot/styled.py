"""Neutral blocks → one running text with marks, and from there to the entities a chat system wants.

Inside, positions are ordinary string offsets. Telegram counts in UTF-16 units (an emoji is two), so the conversion
happens once, at the very end, in `entities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from handlers.reply import Block, Span

MarkKind = Literal["bold", "italic", "text_link", "blockquote"]

BULLET = "• "

_LEAD = 240
"""Of a long text above bullets so much stays with them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is shown as `kind`; `url` only for links."""

    start: int
    end: int
    kind: MarkKind
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and its marks, sorted by start, the longer first.

    `whole`: stretches (start, end) that are not cut, nor right at their end: what leads to something, up to that.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    whole: tuple[tuple[int, int], ...] = ()

    def slice(self, start: int, end: int) -> Styled:
        """`text[start:end]` with every mark cut to that stretch and none lost."""
        inside = (mark for mark in self.marks if mark.start < end and mark.end > start)
        moved = (
            Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind, mark.url) for mark in inside
        )
        whole = ((max(a, start) - start, min(b, end) - start) for a, b in self.whole if a < end and b > start)
        return Styled(self.text[start:end], tuple(moved), tuple(whole))

    def stripped(self) -> Styled:
        """Without white space at either end: chat systems take it off, and every entity would be out of place."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))


def from_blocks(blocks: Sequence[Block]) -> Styled:
    """Blocks as one text: a heading right above what it heads, bullets close together, else an empty line between."""
    text = ""
    marks: list[Mark] = []
    whole: list[tuple[int, int]] = []
    before: Block | None = None
    for block in blocks:
        if not block.text.strip():
            continue
        gap = _gap(before, block)
        if before and _leads(before, block):
            whole.append((len(text) - min(len(before.text), _LEAD), len(text) + len(gap)))
        text += gap + (BULLET if block.kind == "bullet" else "")
        marks += _block_marks(block, len(text))
        text += block.text
        before = block
    return Styled(text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))), tuple(whole))


def utf16_length(text: str) -> int:
    """How long Telegram takes `text` to be: characters beyond U+FFFF count twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_offsets(text: str) -> list[int]:
    """For each string offset from 0 to len(text) the same place counted in UTF-16 units."""
    return list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))


def entities(styled: Styled) -> list[Mapping[str, object]]:
    """The marks as Bot API entities: type, offset and length in UTF-16 units, url for links."""
    at = utf16_offsets(styled.text)
    return [
        {"type": mark.kind, "offset": at[mark.start], "length": at[mark.end] - at[mark.start]}
        | ({"url": mark.url} if mark.url else {})
        for mark in styled.marks
    ]


def _leads(before: Block, block: Block) -> bool:
    """Whether a block says what the next one is or whose: a heading, and what stands right above bullets or a quote."""
    said = ("bullet", "quote")
    return before.kind == "heading" or (before.kind not in said and block.kind in said)


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    close = before.kind == "heading" or before.kind == block.kind == "bullet"
    return "\n" if close else "\n\n"


def _block_marks(block: Block, start: int) -> Iterator[Mark]:
    end = start + len(block.text)
    if block.kind == "heading":
        yield from _trimmed(Mark(start, end, "bold"), block.text)
    elif block.kind == "quote":
        yield from _trimmed(Mark(start, end, "blockquote"), block.text)
    # A heading is bold all over; the same style twice over one stretch would be refused.
    spans = (span for span in _placed(block.spans, start) if not (block.kind == "heading" and span[1].style == "bold"))
    for place, span in spans:
        yield from _span_mark(place, span)


def _placed(spans: Iterable[Span], start: int) -> Iterator[tuple[int, Span]]:
    for span in spans:
        yield start, span
        start += len(span.text)


def _span_mark(start: int, span: Span) -> Iterator[Mark]:
    end = start + len(span.text)
    if span.style == "link" and span.url:
        yield from _trimmed(Mark(start, end, "text_link", span.url), span.text)
    elif span.style == "bold" or span.style == "italic":
        yield from _trimmed(Mark(start, end, span.style), span.text)


def _trimmed(mark: Mark, text: str) -> Iterator[Mark]:
    """The mark without white space at its ends; nothing when nothing is left."""
    if text.strip():
        start = mark.start + len(text) - len(text.lstrip())
        yield Mark(start, start + len(text.strip()), mark.kind, mark.url)
