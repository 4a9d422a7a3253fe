"""The text files that sample documents are typeset from.

A manuscript is blocks with blank lines between them. The first block is the running head, line by line. A block that
begins with "TOP " opens an agenda item; from there lines stand as they are written (names broken as in the originals),
up to the vote line ("… beschlossen:"). What follows is running text that the typesetter breaks into lines; in it `|`
marks where a long word may be cut. Only the heading of a protocol note stays a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Part = Literal["top", "title", "head", "text", "bullet", "numbered", "note"]

_NOTE = re.compile(r"(?:Protokollnotiz|Protokollerklärung) .*:\Z", re.DOTALL)
_NUMBERED = re.compile(r"\d{1,2}\. ")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the manuscript; `lines` as written for everything that is not running text, else one."""

    part: Part
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """`running` is repeated on every page; every agenda item begins a new one."""

    running: tuple[str, ...]
    items: tuple[tuple[Block, ...], ...]


def packaged(name: str) -> str:
    """The text of a manuscript that comes with the demo, by its file name without ".txt"."""
    return (files("bot.demo") / "documents" / f"{name}.txt").read_text(encoding="utf-8")


def parse_manuscript(text: str) -> Manuscript:
    """Blocks of `text`, grouped by agenda item. Raises `ValueError` when no item follows the running head."""
    raw = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text.strip()) if block.strip()]
    items: list[list[Block]] = []
    in_body = False
    for block in raw[1:]:
        if block.startswith("TOP "):
            items.append([])
            in_body = False
        if not items:
            raise ValueError(f"a manuscript goes on with 'TOP …' after its running head, not with {block[:40]!r}")
        items[-1].append(_body(block) if in_body else _head(block, len(items[-1])))
        in_body = in_body or block.endswith("beschlossen:")
    if not items:
        raise ValueError("a manuscript is a running head, a blank line and at least one block that begins with 'TOP '")
    return Manuscript(tuple(raw[0].splitlines()), tuple(tuple(item) for item in items))


def _head(block: str, position: int) -> Block:
    if position == 0:
        return Block("top", tuple(block.splitlines()))
    plain = block.startswith("Antragsteller:") or block.endswith(":")
    return Block("head" if plain else "title", tuple(block.splitlines()))


def _body(block: str) -> Block:
    flowing = " ".join(block.split())
    if _NOTE.match(block):
        return Block("note", (flowing,))
    if block.startswith("• "):
        return Block("bullet", (flowing,))
    return Block("numbered" if _NUMBERED.match(block) else "text", (flowing,))
