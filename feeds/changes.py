"""What changed between two revisions of a resolution, field by field; layout noise is no change.

A change is data (`kind` with what it names); the sentence that people read is made from it by the handlers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from feeds.record import ProtocolNote, Resolution

ChangeKind = Literal[
    "title",
    "applicants",
    "vote",
    "outcome",
    "item_added",
    "item_removed",
    "item",
    "text",
    "note_added",
    "note_removed",
    "note",
]

_SPARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """`item`: the Ziffer concerned. `states`: who applies, or whose note it is."""

    kind: ChangeKind
    item: int | None = None
    states: tuple[str, ...] = ()


def changes_between(old: Resolution, new: Resolution) -> tuple[Change, ...]:
    """The changes in the order of the document: head, items, text, protocol notes."""
    return (*_head(old, new), *_items(old, new), *_notes(old, new))


def bare(text: str) -> str:
    """A text reduced to its letters and digits: what is left when typography, case and line breaks do not count."""
    return _SPARE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _head(old: Resolution, new: Resolution) -> Iterator[Change]:
    if bare(f"{old.title}{old.subtitle or ''}") != bare(f"{new.title}{new.subtitle or ''}"):
        yield Change("title")
    if set(old.applicants) != set(new.applicants):
        yield Change("applicants", states=new.applicants)
    if (old.vote, old.counts, set(old.against)) != (new.vote, new.counts, set(new.against)):
        yield Change("vote")
    if old.outcome != new.outcome:
        yield Change("outcome")


def _items(old: Resolution, new: Resolution) -> Iterator[Change]:
    before = {item.number: bare(item.text) for item in old.items}
    after = {item.number: bare(item.text) for item in new.items}
    for number in sorted(before.keys() | after.keys()):
        if number not in before:
            yield Change("item_added", number)
        elif number not in after:
            yield Change("item_removed", number)
        elif before[number] != after[number]:
            yield Change("item", number)
    if _outside_items(old) != _outside_items(new):
        yield Change("text")


def _outside_items(one: Resolution) -> str:
    return "".join(bare(passage.text) for passage in one.passages if passage.item is None)


def _notes(old: Resolution, new: Resolution) -> Iterator[Change]:
    before = {_key(note): bare(note.text) for note in old.protocol_notes}
    after = {_key(note): bare(note.text) for note in new.protocol_notes}
    for key in dict.fromkeys((*before, *after)):
        states, item = key
        if key not in before:
            yield Change("note_added", item, states)
        elif key not in after:
            yield Change("note_removed", item, states)
        elif before[key] != after[key]:
            yield Change("note", item, states)


def _key(note: ProtocolNote) -> tuple[tuple[str, ...], int | None]:
    return tuple(sorted(note.states)), note.item
