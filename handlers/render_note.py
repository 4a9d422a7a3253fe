"""Protocol notes as blocks: who, to which item, word for word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config.texts import Texts
from feeds.record import ProtocolNote
from handlers.phrases import enumeration, grouped, lands, printed_lines, shortened
from handlers.reply import Block, Button, Span
from storage.resolutions import StoredResolution

LONG = 3000
"""Characters up to which a note is shown whole inside a list; the longest known ones have about 2,400."""

SHORT = 280
ON_PHONE = 700
"""Characters of a note in a list of notes on a telephone."""
"""Characters up to which all notes of a resolution together stand on a short card; else only who made them."""

Mark = Callable[[str], tuple[Span, ...]]
"""Shows which words of a text matter."""


def unmarked(text: str) -> tuple[Span, ...]:
    """None in particular."""
    return (Span(text),)


def note_blocks(
    stored: StoredResolution,
    texts: Texts,
    limit: int | None = LONG,
    state: str | None = None,
    mark: Mark = unmarked,
) -> tuple[Block, ...]:
    """Two blocks for each note: its head and its text. `limit` None: whole, however long. `state`: only its notes."""
    notes = _notes(stored, state)
    return tuple(block for _, note in notes for block in _blocks(note, texts, limit, mark))


def notes_in_short(
    stored: StoredResolution, texts: Texts, mark: Mark = unmarked, most: int = SHORT
) -> tuple[Block, ...]:
    """For a card: every note in full where they have at most so many characters, else a line that names them."""
    notes = stored.resolution.protocol_notes
    if sum(len(note.text) for note in notes) <= most:
        return note_blocks(stored, texts, mark=mark)
    named = "; ".join(dict.fromkeys(_named(note, texts) for note in notes))
    return (Block((Span(texts("card.notes_one" if len(notes) == 1 else "card.notes", notes=named), "bold"),)),)


def notes_button(stored: StoredResolution, texts: Texts) -> tuple[Button, ...]:
    """To all notes of the resolution; () where there is none."""
    count = len(stored.resolution.protocol_notes)
    label = texts(f"button.notes.{'one' if count == 1 else 'many'}", number=count)
    return (Button(label, f"/notizen #{stored.id}.{stored.revision}"),) if count else ()


def whole_note_buttons(
    stored: StoredResolution, texts: Texts, limit: int = LONG, state: str | None = None
) -> tuple[Button, ...]:
    """A button for each note that `note_blocks` had to break off."""
    return tuple(
        Button(
            shortened(texts("button.whole_note", states=enumeration(note.states, texts)), 60),
            f"/notiz {stored.id} {position}",
        )
        for position, note in _notes(stored, state)
        if len(note.text) > limit
    )


def _named(note: ProtocolNote, texts: Texts) -> str:
    """For instance "Bayern zu Ziffer 6"."""
    names = lands(note.states, texts, "note.everybody") or texts("note.nobody")
    return names if note.item is None else texts("card.note_to_item", states=names, item=note.item)


def _notes(stored: StoredResolution, state: str | None) -> tuple[tuple[int, ProtocolNote], ...]:
    """(position from 1, note)."""
    numbered = enumerate(stored.resolution.protocol_notes, start=1)
    return tuple((position, note) for position, note in numbered if state is None or state in note.states)


def _blocks(note: ProtocolNote, texts: Texts, limit: int | None, mark: Mark) -> tuple[Block, ...]:
    return (Block((Span(note_head(note, texts), "bold"),)), *_text(note, texts, limit, mark))


def note_head(note: ProtocolNote, texts: Texts) -> str:
    """For instance "Protokollnotiz von Bayern und Thüringen zu Ziffer 6 (Zeilen 55–56)"."""
    head = note_name(note.states, note.item, texts)
    return f"{head} ({printed_lines(note.lines, texts)})" if note.lines else head


def note_name(states: Sequence[str], item: int | None, texts: Texts) -> str:
    """For instance "Protokollnotiz von Bayern zu Ziffer 6"."""
    names = lands(states, texts, "note.everybody") or texts("note.nobody")
    return texts("note.whole", states=names) if item is None else texts("note.to_item", states=names, item=item)


def _text(note: ProtocolNote, texts: Texts, limit: int | None, mark: Mark) -> tuple[Block, ...]:
    if limit is None or len(note.text) <= limit:
        return (Block(mark(note.text), "quote"),)
    shown = shortened(note.text, limit)
    cut = texts("note.cut", shown=grouped(len(shown) - 1, texts), all=grouped(len(note.text), texts))
    return Block(mark(shown), "quote"), Block((Span(cut, "italic"),))
