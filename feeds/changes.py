"""What a resolution says as far as it counts, and what changed between two revisions of it, field by field.

There is one rule for what counts: `statement_of`. Two readings with equal statements differ in layout only, and are no
news to each other (`storage.identity.fingerprint` is made from it); every field in which two statements differ gives a
change. A change is data (`kind` with what it names); the sentence that people read is made from it by the handlers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

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
    "note_states",
]

# Letters and digits; a point or comma inside a number (1,5 and 15 are not the same); signs that stand for a word.
_GAP = r"[\s\u00ad]*"
_COUNTS = re.compile(rf"(?<=\d){_GAP}(?P<mark>[.,]){_GAP}(?=\d)|[^\W_]+|[%‰§€$]")


@dataclass(frozen=True, slots=True)
class Change:
    """`item`: the Ziffer concerned. `states`: who applies, or whose note it is now."""

    kind: ChangeKind
    item: int | None = None
    states: tuple[str, ...] = ()


class NoteStatement(NamedTuple):
    """A protocol note as far as it counts; `item` 0 stands for the whole resolution."""

    item: int
    states: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """All texts are bare, all names sorted. `text`: what stands outside the items, in front of the first and behind."""

    title: str
    applicants: tuple[str, ...]
    vote: tuple[str | None, tuple[int, int, int] | None, tuple[str, ...], tuple[str, ...]]
    outcome: str | None
    items: tuple[tuple[int, str], ...]
    text: tuple[str, str]
    notes: tuple[NoteStatement, ...]


def statement_of(resolution: Resolution) -> Statement:
    """What counts of a resolution. "Adopted" goes without saying; facts that were found in the text count as text."""
    names = _names(resolution.against), _names(resolution.abstained)
    return Statement(
        title=bare(f"{resolution.title} {resolution.subtitle or ''}"),
        applicants=_names(resolution.applicants),
        vote=(resolution.vote, resolution.counts, *names),
        outcome=None if resolution.outcome == "beschlossen" else resolution.outcome,
        items=_items_of(resolution),
        text=_outside_items(resolution),
        notes=tuple(sorted(map(_note_of, resolution.protocol_notes))),
    )


def changes_between(old: Resolution, new: Resolution) -> tuple[Change, ...]:
    """The changes in the order of the document: head, items, text, protocol notes; () exactly if nothing counts."""
    before, after = statement_of(old), statement_of(new)
    return (*_head(before, after, new), *_items(before, after), *_notes(before, after))


def bare(text: str) -> str:
    """A text reduced to what counts: no typography, no case, no blanks, no line breaks."""
    words = _COUNTS.finditer(unicodedata.normalize("NFKC", text))
    return "".join(match["mark"] or match[0] for match in words).casefold()


def _names(states: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(states)))


def _items_of(resolution: Resolution) -> tuple[tuple[int, str], ...]:
    texts: dict[int, list[str]] = {}
    for passage in resolution.passages:
        if passage.item is not None:
            texts.setdefault(passage.item, []).append(passage.text)
    return tuple((number, bare(" ".join(texts[number]))) for number in sorted(texts))


def _outside_items(resolution: Resolution) -> tuple[str, str]:
    passages = resolution.passages
    first = next((at for at, passage in enumerate(passages) if passage.item is not None), len(passages))
    behind = (passage.text for passage in passages[first:] if passage.item is None)
    return bare(" ".join(passage.text for passage in passages[:first])), bare(" ".join(behind))


def _note_of(note: ProtocolNote) -> NoteStatement:
    return NoteStatement(note.item or 0, _names(note.states), bare(note.text))


def _head(before: Statement, after: Statement, new: Resolution) -> Iterator[Change]:
    if before.title != after.title:
        yield Change("title")
    if before.applicants != after.applicants:
        yield Change("applicants", states=new.applicants)
    if before.vote != after.vote:
        yield Change("vote")
    if before.outcome != after.outcome:
        yield Change("outcome")


def _items(before: Statement, after: Statement) -> Iterator[Change]:
    old, new = dict(before.items), dict(after.items)
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            yield Change("item_added", number)
        elif number not in new:
            yield Change("item_removed", number)
        elif old[number] != new[number]:
            yield Change("item", number)
    if before.text != after.text:
        yield Change("text")


_Alike = Callable[[NoteStatement, NoteStatement], bool]

# Two notes that are one that was changed, the surest first: reworded, moved to another item, joined by another Land.
_PAIRS: tuple[tuple[ChangeKind, _Alike], ...] = (
    ("note", lambda old, new: (old.states, old.item) == (new.states, new.item)),
    ("note", lambda old, new: (old.states, old.text) == (new.states, new.text)),
    ("note_states", lambda old, new: old.text == new.text),
)


def _notes(before: Statement, after: Statement) -> Iterator[Change]:
    gone = list((Counter(before.notes) - Counter(after.notes)).elements())
    come = list((Counter(after.notes) - Counter(before.notes)).elements())
    for kind, alike in _PAIRS:
        for note in tuple(come):
            if (old := next((one for one in gone if alike(one, note)), None)) is not None:
                gone.remove(old)
                come.remove(note)
                yield _note_change(kind, note)
    yield from (_note_change("note_added", note) for note in come)
    yield from (_note_change("note_removed", note) for note in gone)


def _note_change(kind: ChangeKind, note: NoteStatement) -> Change:
    return Change(kind, note.item or None, note.states)
