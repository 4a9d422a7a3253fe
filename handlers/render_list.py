"""Several resolutions in one reply: cards with what matters, or one line each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from config.texts import Texts
from feeds.query import TextQuery
from feeds.record import SummarySentence
from feeds.sentences import best_sentences
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import place
from handlers.render_note import note_blocks, whole_note_buttons
from handlers.render_resolution import (
    button_to,
    conference,
    head,
    heading,
    result,
    short_name,
    warning_blocks,
)
from handlers.reply import Block, Span, plain
from handlers.services import Services
from storage.resolutions import StoredResolution

SENTENCES = 3
"""How many sentences a card quotes."""


def card(stored: StoredResolution, query: TextQuery, services: Services) -> tuple[Block, ...]:
    """Head, the sentences that matter, and every protocol note."""
    quoted = best_sentences(stored.resolution, query, services.analyser, SENTENCES)
    return (
        *head(stored, services),
        *(sentence_block(sentence, services.texts) for sentence in quoted),
        *note_blocks(stored, services.texts),
        *warning_blocks(stored.resolution, services.texts),
    )


def card_buttons(stored: StoredResolution, texts: Texts) -> tuple[ButtonRow, ...]:
    """A row to the whole text, and one for each note that is too long for a card."""
    whole = button_to(stored, texts("button.whole", name=short_name(stored, texts)))
    return ((whole,), *((button,) for button in whole_note_buttons(stored, texts)))


def sentence_block(sentence: SummarySentence, texts: Texts) -> Block:
    """A sentence of the source, word for word, with its place behind it."""
    where = place(sentence.item, sentence.lines, texts)
    return Block((Span(sentence.text), *((Span(f" ({where})", "italic"),) if where else ())), "bullet")


def line(stored: StoredResolution, texts: Texts) -> Block:
    """Number, title and vote in one line."""
    voted = result(stored.resolution, texts)
    return Block((Span(heading(stored, texts), "bold"), *((Span(f" – {voted}"),) if voted else ())), "bullet")


def lines_by_conference(found: Sequence[StoredResolution], texts: Texts) -> tuple[Block, ...]:
    """One line each, below the conference that decided it."""
    blocks: list[Block] = []
    for _, group in groupby(found, key=lambda stored: stored.publication.id):
        members = tuple(group)
        blocks.append(plain(conference(members[0].publication.publication, texts), "heading"))
        blocks.extend(line(stored, texts) for stored in members)
    return tuple(blocks)


def buttons_to(found: Sequence[StoredResolution], texts: Texts) -> tuple[ButtonRow, ...]:
    """Two in a row, each resolution once."""
    unique = {stored.id: stored for stored in found}
    return in_rows([button_to(stored, short_name(stored, texts)) for stored in unique.values()], width=2)
