"""Several resolutions in one reply: cards with what matters, or one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from sys import maxsize

from config.texts import Texts
from feeds.query import Query
from feeds.record import SummarySentence
from handlers.choose_sentences import chosen, gist
from handlers.document_name import conference, meeting
from handlers.marking import marked
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import place
from handlers.render_note import SHORT, note_blocks, notes_button, notes_in_short
from handlers.render_resolution import (
    button_to,
    doubt_blocks,
    head,
    heading,
    short_name,
    source_button,
    source_spans,
)
from handlers.reply import Block, Span, plain
from handlers.services import Services
from handlers.signs import facts_in_short, sign
from storage.resolutions import StoredResolution

SENTENCES = 3
"""How many sentences a card quotes; a short one only two where three are more than `QUOTED` characters."""
QUOTED = 480


def short_card(
    stored: StoredResolution,
    query: Query | None,
    services: Services,
    number: int | None = None,
    whole: bool = False,
) -> tuple[Block, ...]:
    """What fits on a telephone beside others: title, conference, result, the sentences that matter, the notes or who
    made them (`whole`: the notes in any case). `number`: which one it is among others, for its buttons."""
    texts = services.texts
    title = heading(stored, texts)
    where = meeting(stored.publication, texts)
    facts = " · ".join(facts_in_short(stored, services))
    return (
        plain(title if number is None else texts("card.numbered", number=number, heading=title), "heading"),
        Block((Span("\n".join(filter(None, (where, facts)))), *source_spans(stored, texts, " · "))),
        *doubt_blocks(stored, texts),
        *(sentence_block(sentence, query, services) for sentence in _few(stored, query, services)),
        *notes_in_short(stored, texts, lambda text: marked(text, query, services), maxsize if whole else SHORT),
    )


def _few(stored: StoredResolution, query: Query | None, services: Services) -> tuple[SummarySentence, ...]:
    """Of three that are too much the longest is left out, but never the best."""
    choice = chosen(stored.resolution, query, services, SENTENCES)
    three = choice.sentences
    if len(three) < SENTENCES or sum(len(one.text) for one in three) <= QUOTED:
        return three
    longest = max((one for one in three if one is not choice.best), key=lambda one: len(one.text))
    return tuple(one for one in three if one is not longest)


def card(stored: StoredResolution, query: Query | None, services: Services) -> tuple[Block, ...]:
    """Head, doubts, the sentences that matter, and every protocol note. `query` None: nobody looks for words."""
    quoted = chosen(stored.resolution, query, services, SENTENCES).sentences
    return (
        *head(stored, services),
        *doubt_blocks(stored, services.texts),
        *(sentence_block(sentence, query, services) for sentence in quoted),
        *note_blocks(stored, services.texts, mark=lambda text: marked(text, query, services)),
    )


def card_buttons(stored: StoredResolution, texts: Texts) -> tuple[ButtonRow, ...]:
    """To the whole text, the notes and the document."""
    ways = (button_to(stored, texts("button.whole")), *notes_button(stored, texts), *source_button(stored, texts))
    return in_rows(list(ways), width=2)


def numbered_buttons(stored: StoredResolution, number: int, texts: Texts) -> ButtonRow:
    """One row, each with the number of the card; the document is a link in the card."""
    ways = (button_to(stored, texts("button.whole")), *notes_button(stored, texts))
    return tuple(replace(one, label=texts("button.numbered", number=number, label=one.label)) for one in ways)


def sentence_block(sentence: SummarySentence, query: Query | None, services: Services) -> Block:
    """A sentence of the source, word for word, with its place behind it; in bold why it was chosen."""
    return quotation(sentence, marked(sentence.text, query, services), services.texts)


def quotation(sentence: SummarySentence, spans: tuple[Span, ...], texts: Texts) -> Block:
    """A sentence whose words are marked already, with its place behind it."""
    where = place(sentence.item, sentence.lines, texts)
    return Block((*spans, *((Span(f" ({where})", "italic"),) if where else ())), "bullet")


def line(stored: StoredResolution, services: Services) -> Block:
    """Number, title and result in one line."""
    voted = sign(stored.resolution, services)
    return Block((Span(heading(stored, services.texts), "bold"), *((Span(f" – {voted}"),) if voted else ())), "bullet")


def line_with_gist(stored: StoredResolution, services: Services) -> Block:
    """The line, and below it the sentence that says most."""
    told, sentence = line(stored, services), gist(stored.resolution)
    return replace(told, spans=(*told.spans, Span(f"\n{sentence.text}"))) if sentence else told


def cards_by_conference(found: Sequence[StoredResolution], services: Services) -> tuple[Block, ...]:
    """A line and a sentence each, below the conference that decided them."""
    return _by_conference(found, lambda stored: line_with_gist(stored, services), services.texts)


def lines_by_conference(found: Sequence[StoredResolution], services: Services) -> tuple[Block, ...]:
    """One line each, below the conference that decided it."""
    return _by_conference(found, lambda stored: line(stored, services), services.texts)


def _by_conference(
    found: Sequence[StoredResolution], render: Callable[[StoredResolution], Block], texts: Texts
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for _, group in groupby(found, key=lambda stored: stored.publication.id):
        members = tuple(group)
        blocks.append(plain(conference(members[0].publication, texts), "heading"))
        blocks.extend(map(render, members))
    return tuple(blocks)


def buttons_to(found: Sequence[StoredResolution], texts: Texts) -> tuple[ButtonRow, ...]:
    """Two in a row, each resolution once."""
    unique = {stored.id: stored for stored in found}
    return in_rows([button_to(stored, short_name(stored, texts)) for stored in unique.values()], width=2)
