"""The full-text index of SQLite: its tables, and what is written into it.

`resolution_search` holds analysed word forms in place of words, so FTS5 only splits at blanks and compares. Its rows
have the ids of the resolutions and describe their newest revision.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from feeds.record import Resolution
from feeds.words import Analyser, Term
from storage import tables
from storage.database import Connection
from storage.upsert import insert

TABLE = "resolution_search"
INDEX = sa.table(
    TABLE,
    sa.column("rowid", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("topics", sa.Text),
    sa.column("body", sa.Text),
)
"""As SQLAlchemy sees it; the migration creates it."""

_SHORTEST_WORD = 4
"""Shorter words are no help as suggestions."""


def is_own_table(name: str | None) -> bool:
    """Whether a table belongs to the full-text index (FTS5 keeps several shadow tables beside its own)."""
    return name is not None and (name == TABLE or name.startswith(f"{TABLE}_"))


def topic_token(topic: str) -> str:
    """How a topic's id stands in the index: with its hyphens (they belong to a token), so that no form is the same."""
    return f"topic_{topic}"


def heading(resolution: Resolution) -> str:
    """What stands above the text."""
    return "\n".join(filter(None, (resolution.title, resolution.subtitle, resolution.label)))


def contents(resolution: Resolution) -> str:
    """The text and what was put on record beside it."""
    return "\n".join((resolution.text, *(note.text for note in resolution.protocol_notes)))


async def write(conn: Connection, id: int, resolution: Resolution, analyser: Analyser) -> None:
    """Index a resolution, in place of what stood there for it before."""
    title, body = analyser.terms(heading(resolution)), analyser.terms(contents(resolution))
    columns = {
        "title": _forms(title),
        "topics": " ".join(topic_token(match.topic) for match in resolution.topics),
        "body": _forms(body),
    }
    replaced = await conn.execute(sa.delete(INDEX).where(INDEX.c.rowid == id))
    await conn.execute(sa.insert(INDEX).values(rowid=id, **columns))
    await _count_words(conn, (*title, *body), new=replaced.rowcount == 0)


def _forms(terms: Iterable[Term]) -> str:
    return " ".join(form for term in terms for form in sorted(term.forms))


async def _count_words(conn: Connection, terms: Iterable[Term], new: bool) -> None:
    """Each word once per resolution; a revision adds the words that nobody had, without counting the others again."""
    words = {term.text for term in terms if len(term.text) >= _SHORTEST_WORD and term.text[0].isalpha()}
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
