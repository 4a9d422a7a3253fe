"""A long text in sheets that fit on a telephone: one message each, turned in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.reply import Block, Button, Incoming, Span, plain

LONGEST = 3000
"""Characters of a sheet: some screens, and well below a message's limit (4096)."""

Blocks = Sequence[Block]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` counts from 1."""

    blocks: tuple[Block, ...]
    number: int
    total: int


def sheet_of(parts: Sequence[Blocks], number: int, name: str, incoming: Incoming, texts: Texts) -> Sheet:
    """The sheet asked for, below it which one of how many it is; all in one for whoever wants the whole.

    Beyond the last one comes that, and that there are no more.
    """
    if incoming.whole:
        return Sheet(tuple(block for part in parts for block in part), 1, 1)
    made = split(parts)
    total, shown = len(made), min(number, len(made))
    beyond = (plain(texts("show.no_sheet")),) if number > total else ()
    place = Block((Span(texts("show.sheet", name=name, sheet=shown, total=total), "italic"),))
    return Sheet((*beyond, *made[shown - 1], *((place,) if total > 1 else ())), shown, total)


def split(parts: Sequence[Blocks], longest: int = LONGEST) -> tuple[tuple[Block, ...], ...]:
    """The blocks in order, at least one sheet. A new part (text, notes) goes on the sheet before only if it fits there
    whole; no sheet ends with a heading. A block that is longer than a sheet is cut, behind a sentence if possible."""
    made: list[list[Block]] = [[]]
    for part in filter(None, parts):
        if made[-1] and _length([*made[-1], *part]) > longest:
            made.append([])
        for block in (piece for whole in part for piece in _pieces(whole, longest)):
            if made[-1] and _length([*made[-1], block]) > longest:
                made.append(_taken_along(made[-1]))
            made[-1].append(block)
    return tuple(map(tuple, made))


def turning(command: str, sheet: int, total: int, texts: Texts) -> tuple[ButtonRow, ...]:
    """A row with the ways back and on; `command` without its "seite …"."""
    back = [Button(texts("button.back"), f"{command} seite {sheet - 1}")] if sheet > 1 else []
    more = [Button(texts("button.more"), f"{command} seite {sheet + 1}")] if sheet < total else []
    return ((*back, *more),) if back or more else ()


def _pieces(block: Block, longest: int) -> Iterator[Block]:
    spans: list[Span] = []
    for span in block.spans:
        text = span.text
        while (room := longest - sum(len(one.text) for one in spans)) < len(text):
            at = _cut(text, room)
            yield replace(block, spans=(*spans, replace(span, text=text[:at].rstrip())))
            spans, text = [], text[at:].lstrip()
        spans += [replace(span, text=text)] if text else []
    if spans:
        yield replace(block, spans=tuple(spans))


def _cut(text: str, room: int) -> int:
    """Behind the last sentence or, failing that, the last word that fits; anywhere in a text without blanks."""
    sentence = text.rfind(". ", 0, max(room - 1, 0)) + 1
    return sentence or text.rfind(" ", 0, max(room, 0)) + 1 or max(room, 1)


def _taken_along(sheet: list[Block]) -> list[Block]:
    """What at the end of a sheet belongs to the block behind it: headings, and a note's head."""
    at = len(sheet)
    while at > 1 and _leads(sheet[at - 1]):
        at -= 1
    taken = sheet[at:]
    del sheet[at:]
    return taken


def _leads(block: Block) -> bool:
    return block.kind == "heading" or all(span.style == "bold" for span in block.spans)


def _length(blocks: Blocks) -> int:
    return sum(len(block.text) + 2 for block in blocks)
