"""Full-text search over analysed word forms (SQLite FTS5).

Hits come in three ranks, since bm25 alone takes a short text that says a word often for one about it, and in a small
store weighs a word that stands in half of the documents as nothing: what has the words in its title, then what is filed
under the topic, then what mentions them; bm25 orders within a rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from feeds.query import TextQuery
from storage import tables
from storage.database import Connection
from storage.full_text import INDEX, TABLE, topic_token
from storage.resolutions import Page, StoredResolution, by_ids, newest_first

_WEIGHTS = (10.0, 4.0, 1.0)
"""What a word counts in title, topics and body for bm25."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit. `score` is higher for better ones: 2 to 3 in the title, 1 to 2 by topic, below 1 in the text."""

    stored: StoredResolution
    score: float


async def find(conn: Connection, query: TextQuery, limit: int, offset: int = 0) -> Page[Found]:
    """The resolutions that the query matches, best first, newer conference first at equal rank."""
    if not match_expression(query):
        return Page((), 0)
    hits = _scored(query).subquery()
    ranked = sa.select(hits.c.rowid, hits.c.score).join(tables.resolutions, tables.resolutions.c.id == hits.c.rowid)
    best = await conn.execute(ranked.order_by(hits.c.score.desc(), *newest_first()).limit(limit).offset(offset))
    total = await conn.execute(sa.select(sa.func.count()).select_from(_ids(match_expression(query)).subquery()))
    scores: dict[int, float] = {row.rowid: row.score for row in best}
    stored = await by_ids(conn, tuple(scores))
    return Page(tuple(Found(one, scores[one.id]) for one in stored), total.scalar_one())


async def vocabulary(conn: Connection, limit: int = 50_000) -> tuple[str, ...]:
    """Words of the stored resolutions as printed, commonest first, for suggestions."""
    words = tables.words
    asked = sa.select(words.c.word).order_by(words.c.resolutions.desc(), words.c.word).limit(limit)
    return tuple(await conn.scalars(asked))


def match_expression(query: TextQuery) -> str:
    """The query in FTS5's language: every group must hit, any word of it will do; or the topic itself. "" if empty."""
    return " OR ".join(filter(None, (_words(query), _topic(query))))


def _words(query: TextQuery) -> str:
    groups = [f"({' OR '.join(map(_quoted, sorted(group)))})" for group in query.groups if group]
    return f"({' AND '.join(groups)})" if groups else ""


def _topic(query: TextQuery) -> str:
    return "" if query.topic is None else f"topics : {_quoted(topic_token(query.topic))}"


def _scored(query: TextQuery) -> sa.Select[tuple[int, float]]:
    """(rowid, score) of all hits."""
    by_title, by_topic = (f"title : {words}" if (words := _words(query)) else ""), _topic(query)
    rank = sa.case((_is_among(by_title), 2.0), (_is_among(by_topic), 1.0), else_=0.0)
    bm25 = -sa.func.bm25(sa.literal_column(TABLE), *_WEIGHTS)
    return _ids(match_expression(query)).add_columns((rank + bm25 / (1.0 + bm25)).label("score"))


def _is_among(expression: str) -> sa.ColumnElement[bool]:
    return INDEX.c.rowid.in_(_ids(expression)) if expression else sa.false()


def _ids(expression: str) -> sa.Select[tuple[int]]:
    return sa.select(INDEX.c.rowid).where(sa.literal_column(TABLE).op("MATCH")(expression)).correlate(None)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
