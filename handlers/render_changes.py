"""What changed in a resolution, in short sentences: "Ziffer 3 geändert", "Protokollnotiz von Hessen ergänzt"."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from config.texts import Texts
from feeds.changes import Change, changes_between
from feeds.record import Resolution
from feeds.reworded import Rewording, rewordings
from handlers.phrases import counted, enumeration, place, shortened
from handlers.render_note import note_name
from handlers.render_result import applicants, applicants_label, outcome, vote
from handlers.reply import Block, plain
from handlers.services import Services

QUOTED = 2
LONGEST = 700
"""Sentences, and characters of each, that are quoted before and after."""

SHOWN = 5
"""So many sentences are shown; how many more there are is said."""

_ITEM_KINDS = frozenset(["item", "item_added", "item_removed"])


def change_sentences(old: Resolution, new: Resolution, services: Services) -> tuple[str, ...]:
    """All that changed, in the order of the document; Ziffern that fared alike share a sentence."""
    together: dict[Hashable, list[Change]] = {}
    for at, change in enumerate(changes_between(old, new)):
        together.setdefault(change.kind if change.kind in _ITEM_KINDS else at, []).append(change)
    return tuple(_sentence(changes, new, services) for changes in together.values())


def first_sentences(sentences: Sequence[str], texts: Texts) -> tuple[str, ...]:
    """The first few and how many more there are; that all is as before again is said too."""
    if not sentences:
        return (texts("change.none"),)
    more = len(sentences) - SHOWN
    return (*sentences[:SHOWN], counted("change.more", more, texts)) if more > 0 else tuple(sentences)


def change_blocks(old: Resolution, new: Resolution, services: Services) -> tuple[Block, ...]:
    """What changed, and of the sentences that read differently the first, before and after."""
    said = first_sentences(change_sentences(old, new, services), services.texts)
    return (*(plain(sentence, "bullet") for sentence in said), *reworded_blocks(old, new, services.texts, QUOTED))


def reworded_blocks(old: Resolution, new: Resolution, texts: Texts, most: int) -> tuple[Block, ...]:
    """At most so many sentences, word for word: what they said before, and say now."""
    told = rewordings(old, new)
    more = (plain(counted("change.more_sentences", len(told) - most, texts)),) if len(told) > most else ()
    return (*(block for one in told[:most] for block in _reworded(one, texts)), *more)


def _reworded(one: Rewording, texts: Texts) -> Iterator[Block]:
    where = f" ({place(one.item, None, texts)})" if one.item is not None else ""
    for key, text in (("before", one.before), ("after", one.after)):
        if text is not None:
            yield plain(texts(f"change.{key}", where=where, text=shortened(text, LONGEST)), "quote")


def _sentence(changes: Sequence[Change], new: Resolution, services: Services) -> str:
    texts, change = services.texts, changes[0]
    match change.kind:
        case "item" | "item_added" | "item_removed":
            items = enumeration([str(one.item) for one in changes], texts)
            return texts(f"change.{change.kind}.{'one' if len(changes) == 1 else 'many'}", items=items)
        case "note" | "note_added" | "note_removed":
            return texts(f"change.{change.kind}", note=note_name(change.states, change.item, texts))
        case "note_states":
            return texts("change.note_states", note=note_name(change.states, change.item, texts))
        case _:
            return _of_head_or_text(change, new, services)


def _of_head_or_text(change: Change, new: Resolution, services: Services) -> str:
    texts = services.texts
    match change.kind:
        case "vote":
            return texts("change.vote", vote=vote(new, texts) or texts("resolution.not_given"))
        case "outcome":
            return texts("change.outcome", outcome=outcome(new, texts))
        case "applicants":
            return texts("change.applicants", label=applicants_label(new, texts), names=applicants(new, services))
        case "text":
            return texts("change.text_beside" if new.items else "change.text")
        case _:
            return texts("change.title")
