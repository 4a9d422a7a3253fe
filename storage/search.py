"""Full-text search over analysed word forms (SQLite FTS5)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from feeds.query import TextQuery
from storage import tables
from storage.database import Connection
from storage.full_text import INDEX, TABLE, topic_token
from storage.resolutions import Page, StoredResolution, by_ids, newest_first

_WEIGHTS = (10.0, 4.0, 1.0)
"""What a hit counts in title, topics and body: what a resolution is about comes before what it mentions."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit; `score` is higher for better ones and comparable inside one answer only."""

    stored: StoredResolution
    score: float


async def find(conn: Connection, query: TextQuery, limit: int, offset: int = 0) -> Page[Found]:
    """The resolutions that the query matches, best first, newer conference first at equal rank."""
    expression = match_expression(query)
    if not expression:
        return Page((), 0)
    hit = sa.literal_column(TABLE).op("MATCH")(expression)
    score = (-sa.func.bm25(sa.literal_column(TABLE), *_WEIGHTS)).label("score")
    hits = sa.select(INDEX.c.rowid, score).where(hit).subquery()
    ranked = sa.select(hits.c.rowid, hits.c.score).join(tables.resolutions, tables.resolutions.c.id == hits.c.rowid)
    best = await conn.execute(ranked.order_by(hits.c.score.desc(), *newest_first()).limit(limit).offset(offset))
    total = await conn.execute(sa.select(sa.func.count()).select_from(INDEX).where(hit))
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
    groups = [f"({' OR '.join(map(_quoted, sorted(group)))})" for group in query.groups if group]
    text = " AND ".join(groups)
    if query.topic is None:
        return text
    topic = f"topics : {_quoted(topic_token(query.topic))}"
    return f"({text}) OR {topic}" if text else topic


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
