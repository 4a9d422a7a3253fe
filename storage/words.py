"""The words of the stored resolutions as printed, for suggestions."""

from __future__ import annotations

from itertools import chain

from feeds.content import texts_of
from feeds.record import Resolution
from feeds.words import Analyser
from storage import tables
from storage.database import Connection
from storage.upsert import insert

_SHORTEST = 4
"""Shorter words are no help as suggestions."""


async def count(conn: Connection, resolution: Resolution, analyser: Analyser, new: bool) -> None:
    """Each word once per resolution; a revision adds the words that nobody had, without counting the others again."""
    terms = chain.from_iterable(map(analyser.terms, texts_of(resolution)))
    words = {term.text for term in terms if len(term.text) >= _SHORTEST and term.text[0].isalpha()}
    if not words:
        return
    statement = insert(conn, tables.words)
    once_more = {"resolutions": tables.words.c.resolutions + 1}
    counted = (
        statement.on_conflict_do_update(index_elements=["word"], set_=once_more)
        if new
        else statement.on_conflict_do_nothing()
    )
    await conn.execute(counted, [{"word": word, "resolutions": 1} for word in sorted(words)])
