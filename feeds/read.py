"""A document's bytes to a record: the stages in their order.

extract (PDF, HTML, text → lines) → facts (running heads) → clean (furniture, margin numbers, hyphens) → parse.
Everything here is a pure function of the bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from functools import cache

from config.states import States
from feeds.blocks import blocks_of, dialect_of
from feeds.cut_off import with_cut_off
from feeds.dialect import Dialect
from feeds.enrich import enriched
from feeds.extract import UnreadableDocument, extract
from feeds.facts import facts_of
from feeds.furniture import without_furniture
from feeds.head_lines import is_full_sentence
from feeds.line import Line
from feeds.numbered_pages import without_page_numbering
from feeds.paragraphs import spread_of
from feeds.parse_paper import parse_paper, titles_of
from feeds.parse_resolutions import parse_resolution
from feeds.recognised import with_verdict
from feeds.record import Publication, Reading
from feeds.split_words import without_split_words
from feeds.votes import ballot_of

__all__ = ["UnreadableDocument", "read_document", "read_lines"]


_SENTENCES = 2
"""Covers and lists of names have hardly a line that ends a sentence."""
_UNREAD = "Der Text vor dem ersten Tagesordnungspunkt gehört zu keinem Beschluss und ist nicht enthalten."


def read_document(data: bytes, source: str, content_type: str | None = None) -> Reading:
    """Read one PDF, HTML or text document; `source` is its path or address, kept as given.

    Raises `UnreadableDocument`, with a sentence for the reader, when the bytes are no document that can be read.
    """
    extracted = extract(data, content_type)
    reading = read_lines(extracted.lines, source, hashlib.sha256(data).hexdigest())
    return replace(reading, warnings=(*extracted.warnings, *reading.warnings))


def read_lines(lines: tuple[Line, ...], source: str, sha256: str) -> Reading:
    """The stages behind extraction."""
    lines = without_page_numbering(lines)
    clean = without_split_words(without_furniture(lines))
    dialect = dialect_of(clean)
    if dialect is None:
        return with_verdict(enriched(_ended(parse_paper(clean, facts_of(lines), source, sha256))))
    above, blocks = blocks_of(clean, dialect)
    spread = spread_of(clean)
    resolutions = tuple(parse_resolution(block, dialect, _states(), spread=spread) for block in blocks)
    facts = facts_of(lines, _vote_body(clean), dialect)
    title, subtitle = (facts.title, None) if dialect.described else titles_of(above)[:2]
    publication = Publication(
        source=source,
        kind="resolutions",
        title=title,
        subtitle=subtitle,
        sha256=sha256,
        body=facts.body,
        session=facts.session,
        date_start=facts.date_start,
        date_end=facts.date_end,
        place=facts.place,
        meeting=facts.meeting,
    )
    return enriched(_ended(Reading(publication, resolutions, _doubts(dialect, clean, above))))


def _ended(reading: Reading) -> Reading:
    return replace(reading, resolutions=with_cut_off(reading.resolutions))


def _doubts(dialect: Dialect, lines: tuple[Line, ...], above: tuple[Line, ...]) -> tuple[str, ...]:
    """What a person should know of the document as a whole; `above` are the lines above its first head."""
    if dialect.described:
        return (_UNREAD,) if sum(map(is_full_sentence, above)) >= _SENTENCES else ()
    head = next((line.text for line in lines if dialect.head.fullmatch(line.text)), "")
    return (f"Aufbau unbekannt: als Überschriften gelten Zeilen wie „{head}“.",)


def _vote_body(lines: tuple[Line, ...]) -> str | None:
    """The name that most vote lines give the conference ("Die IntMK hat …")."""
    ballots = (ballot_of(line.text, _states().in_text) for line in lines)
    names = Counter(ballot.body for ballot in ballots if ballot and ballot.body)
    return names.most_common(1)[0][0] if names else None


@cache
def _states() -> States:
    """The sixteen states; the packaged file is read once."""
    return States.load()
