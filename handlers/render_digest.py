"""The daily digest: every entry short, grouped by conference, a button to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from config.texts import Texts
from feeds.abbreviations import Abbreviations
from feeds.query import Query
from feeds.record import Resolution, SummarySentence
from handlers.choose_sentences import chosen, gist, query_of
from handlers.document_name import conference
from handlers.paging import ButtonRow
from handlers.phrases import counted, long_date, quoted
from handlers.reasons import follow_lines, labels_of, queries_of
from handlers.render_changes import change_sentences, first_sentences, reworded_blocks
from handlers.render_list import buttons_to, sentence_block
from handlers.render_note import note_head
from handlers.render_resolution import doubt_blocks, heading
from handlers.render_result import decision_lines
from handlers.reply import Block, Span, plain
from handlers.services import Services
from storage.reasons import Reason
from storage.resolutions import StoredResolution

BUTTONS = 90
"""A message carries about a hundred; the entries beyond can still be opened by their number."""


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A resolution, why it is told, whether it is known in an earlier form.

    `before`: the earlier form; None where it is new or that is not stored.
    """

    stored: StoredResolution
    reasons: tuple[Reason, ...]
    changed: bool = False
    before: StoredResolution | None = None


def digest_blocks(
    entries: Sequence[DigestEntry], date: str | None, services: Services, known: Abbreviations
) -> tuple[Block, ...]:
    """A heading, then each conference with its entries. `date` is the digest's local date (ISO)."""
    return (_heading(entries, date, services.texts), *_groups(entries, services, known))


def digest_buttons(entries: Sequence[DigestEntry], texts: Texts) -> tuple[ButtonRow, ...]:
    return buttons_to([entry.stored for entry in entries][:BUTTONS], texts)


def _heading(entries: Sequence[DigestEntry], date: str | None, texts: Texts) -> Block:
    total = counted("count.resolution", len(entries), texts)
    if not entries and date is not None:
        return plain(texts("digest.nothing", date=long_date(dt.date.fromisoformat(date), texts)))
    if date is None:
        return plain(texts("digest.heading", total=total), "heading")
    day = long_date(dt.date.fromisoformat(date), texts)
    return plain(texts("digest.heading_of", date=day, total=total), "heading")


def _groups(entries: Sequence[DigestEntry], services: Services, known: Abbreviations) -> tuple[Block, ...]:
    blocks: list[Block] = []
    by_document = sorted(entries, key=lambda entry: entry.stored.publication.id)
    for _, group in groupby(by_document, key=lambda entry: entry.stored.publication.id):
        members = tuple(group)
        blocks.append(plain(conference(members[0].stored.publication, services.texts), "heading"))
        blocks.extend(block for entry in members for block in _entry(entry, services, known))
    return tuple(blocks)


def _entry(entry: DigestEntry, services: Services, known: Abbreviations) -> tuple[Block, ...]:
    """Number and title, what changed, result, why it is here; doubts; who put a note on record; one sentence."""
    texts, stored = services.texts, entry.stored
    changed = texts("digest.changed") if entry.changed else ""
    head = Block(
        (Span(f"{heading(stored, texts)}{changed}", "bold"), *(Span(f"\n{fact}") for fact in _facts(entry, services)))
    )
    query = query_of(queries_of(entry.reasons), services, known)
    best = _sentences(stored.resolution, query, services)
    return (
        head,
        *_reworded(entry, texts),
        *doubt_blocks(stored, texts),
        *(sentence_block(sentence, query, services) for sentence in best),
    )


def _reworded(entry: DigestEntry, texts: Texts) -> tuple[Block, ...]:
    """The first sentence that reads differently."""
    return reworded_blocks(entry.before.resolution, entry.stored.resolution, texts, 1) if entry.before else ()


def _facts(entry: DigestEntry, services: Services) -> tuple[str, ...]:
    texts, resolution, labels = services.texts, entry.stored.resolution, labels_of(entry.reasons)
    before = entry.before.resolution if entry.before else None
    changes = first_sentences(change_sentences(before, resolution, services), texts) if before else ()
    return (
        *((texts("digest.changes", changes="; ".join(changes)),) if changes else ()),
        *decision_lines(resolution, texts),
        *((texts("digest.because", labels=quoted(labels, texts)),) if labels else ()),
        *follow_lines(entry.reasons, entry.stored, texts),
        *(note_head(note, texts) for note in resolution.protocol_notes),
    )


def _sentences(resolution: Resolution, query: Query | None, services: Services) -> tuple[SummarySentence, ...]:
    if query is None and (sentence := gist(resolution)):
        return (sentence,)
    return chosen(resolution, query, services, 1).sentences
