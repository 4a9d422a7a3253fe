"""The daily digest: every entry short, grouped by conference, a button to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from config.texts import Texts
from feeds.query import TextQuery, compile_query
from feeds.sentences import best_sentences
from handlers.paging import ButtonRow
from handlers.phrases import counted, long_date, quoted
from handlers.render_list import buttons_to, sentence_block
from handlers.render_note import note_head
from handlers.render_resolution import conference, heading, result, vote
from handlers.reply import Block, Span, plain
from handlers.services import Services
from storage.resolutions import StoredResolution

BUTTONS = 90
"""A message carries about a hundred; the entries beyond can still be opened by their number."""


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A resolution, the labels of all subscriptions it fits, and whether it is known in an earlier form."""

    stored: StoredResolution
    labels: tuple[str, ...]
    changed: bool = False


def digest_blocks(entries: Sequence[DigestEntry], date: str | None, services: Services) -> tuple[Block, ...]:
    """A heading, then each conference with its entries. `date` is the digest's local date (ISO)."""
    return (_heading(entries, date, services.texts), *_groups(entries, services))


def digest_buttons(entries: Sequence[DigestEntry], texts: Texts) -> tuple[ButtonRow, ...]:
    return buttons_to([entry.stored for entry in entries][:BUTTONS], texts)


def query_of(labels: Sequence[str], services: Services) -> TextQuery:
    """What to choose sentences by: the first topic among the subscriptions, else the first Land."""
    topics = [label for label in labels if not services.states.find(label)]
    return compile_query((topics or list(labels) or [""])[0], services.analyser, services.topics)


def _heading(entries: Sequence[DigestEntry], date: str | None, texts: Texts) -> Block:
    total = counted("count.resolution", len(entries), texts)
    if date is None:
        return plain(texts("digest.heading", total=total), "heading")
    day = long_date(dt.date.fromisoformat(date), texts)
    return plain(texts("digest.heading_of", date=day, total=total), "heading")


def _groups(entries: Sequence[DigestEntry], services: Services) -> tuple[Block, ...]:
    blocks: list[Block] = []
    by_document = sorted(entries, key=lambda entry: entry.stored.publication.id)
    for _, group in groupby(by_document, key=lambda entry: entry.stored.publication.id):
        members = tuple(group)
        publication = members[0].stored.publication.publication
        blocks.append(plain(conference(publication, services.texts), "heading"))
        blocks.extend(block for entry in members for block in _entry(entry, services))
    return tuple(blocks)


def _entry(entry: DigestEntry, services: Services) -> tuple[Block, ...]:
    """Number and title, vote, why it is here; one sentence; who put a note on record."""
    texts, stored = services.texts, entry.stored
    changed = texts("digest.changed") if entry.changed else ""
    facts = [vote(stored.resolution, texts)] if result(stored.resolution, texts) else []
    facts += [texts("digest.because", labels=quoted(entry.labels, texts))] if entry.labels else []
    facts += [note_head(note, texts) for note in stored.resolution.protocol_notes]
    head = Block((Span(f"{heading(stored, texts)}{changed}", "bold"), *(Span(f"\n{fact}") for fact in facts)))
    best = best_sentences(stored.resolution, query_of(entry.labels, services), services.analyser, 1)
    return (head, *(sentence_block(sentence, texts) for sentence in best))
