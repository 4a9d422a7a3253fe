"""Several resolutions in one reply: cards with what matters, or one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from config.texts import Texts
from feeds.query import Query
from feeds.record import SummarySentence
from handlers.choose_sentences import chosen, gist
from handlers.marking import marked
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import place
from handlers.render_note import note_blocks, whole_note_buttons
from handlers.render_resolution import (
    button_to,
    conference,
    doubt_blocks,
    head,
    heading,
    short_name,
)
from handlers.render_result import result
from handlers.reply import Block, Span, plain
from handlers.services import Services
from storage.resolutions import StoredResolution

SENTENCES = 3
"""How many sentences a card quotes."""


def card(stored: StoredResolution, query: Query | None, services: Services) -> tuple[Block, ...]:
    """Head, doubts, the sentences that matter, and every protocol note. `query` None: nobody looks for words."""
    quoted = chosen(stored.resolution, query, services, SENTENCES)
    return (
        *head(stored, services),
        *doubt_blocks(stored, services.texts),
        *(sentence_block(sentence, query, services) for sentence in quoted),
        *note_blocks(stored, services.texts, mark=lambda text: marked(text, query, services)),
    )


def card_buttons(stored: StoredResolution, texts: Texts) -> tuple[ButtonRow, ...]:
    """A row to the whole text, and one for each note that is too long for a card."""
    whole = button_to(stored, texts("button.whole", name=short_name(stored, texts)))
    return ((whole,), *((button,) for button in whole_note_buttons(stored, texts)))


def sentence_block(sentence: SummarySentence, query: Query | None, services: Services) -> Block:
    """A sentence of the source, word for word, with its place behind it; in bold why it was chosen."""
    return quotation(sentence, marked(sentence.text, query, services), services.texts)


def quotation(sentence: SummarySentence, spans: tuple[Span, ...], texts: Texts) -> Block:
    """A sentence whose words are marked already, with its place behind it."""
    where = place(sentence.item, sentence.lines, texts)
    return Block((*spans, *((Span(f" ({where})", "italic"),) if where else ())), "bullet")


def line(stored: StoredResolution, texts: Texts) -> Block:
    """Number, title and vote in one line."""
    voted = result(stored.resolution, texts)
    return Block((Span(heading(stored, texts), "bold"), *((Span(f" – {voted}"),) if voted else ())), "bullet")


def short_card(stored: StoredResolution, services: Services) -> Block:
    """The line, and below it the sentence that says most."""
    told, sentence = line(stored, services.texts), gist(stored.resolution)
    return replace(told, spans=(*told.spans, Span(f"\n{sentence.text}"))) if sentence else told


def cards_by_conference(found: Sequence[StoredResolution], services: Services) -> tuple[Block, ...]:
    """Short cards below the conference that decided them."""
    return _by_conference(found, lambda stored: short_card(stored, services), services.texts)


def lines_by_conference(found: Sequence[StoredResolution], texts: Texts) -> tuple[Block, ...]:
    """One line each, below the conference that decided it."""
    return _by_conference(found, lambda stored: line(stored, texts), texts)


def _by_conference(
    found: Sequence[StoredResolution], render: Callable[[StoredResolution], Block], texts: Texts
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for _, group in groupby(found, key=lambda stored: stored.publication.id):
        members = tuple(group)
        blocks.append(plain(conference(members[0].publication.publication, texts), "heading"))
        blocks.extend(map(render, members))
    return tuple(blocks)


def buttons_to(found: Sequence[StoredResolution], texts: Texts) -> tuple[ButtonRow, ...]:
    """Two in a row, each resolution once."""
    unique = {stored.id: stored for stored in found}
    return in_rows([button_to(stored, short_name(stored, texts)) for stored in unique.values()], width=2)
