"""/trend: how many resolutions each session has on a subject, or on the largest topics, as a picture."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from config.texts import Texts
from feeds.filed import filed_under
from handlers.command_arguments import as_argument
from handlers.document_name import session_of
from handlers.file_commands import ShowTrend
from handlers.files.trend_chart import Trend, trend_chart
from handlers.hits import MOST, hits_of
from handlers.phrases import counted, grouped
from handlers.reply import Attachment, Block, Button, Incoming, Reply, plain
from handlers.services import Services
from storage import search
from storage.resolutions import StoredResolution

SESSIONS, TOPICS = 10, 8
"""The newest, and the largest: what a telephone shows without turning it."""

_Session = tuple[dt.date, str]


async def show_trend(command: ShowTrend, incoming: Incoming, services: Services) -> Reply:
    if not command.query:
        return await _largest(services)
    hits = await hits_of(command.query, "/trend", incoming, services)
    if isinstance(hits, Reply):
        return hits
    counts = _by_session(hits.found, services.texts)
    reply = await _pictured(
        ((hits.label, counts),), hits.label, Button("", f"/topic {as_argument(command.query)}"), services
    )
    missing = hits.total - counts.total()
    return replace(reply, blocks=(*reply.blocks, *_missing(missing, hits.total, services.texts)))


async def _largest(services: Services) -> Reply:
    """By what is filed under them; a topic with others below it would only repeat these."""
    broader = {topic.broader for topic in services.topics}
    leaves = [one for one in services.topics if one.id not in broader]
    queries = [filed_under(one, services.topics) for one in leaves]
    async with services.database.read() as conn:
        counts = await search.counts(conn, services.index, queries)
        largest = sorted(zip(leaves, queries, counts, strict=True), key=lambda row: -row[2])[:TOPICS]
        found = [
            (one.name, await search.find(conn, services.index, query, MOST)) for one, query, count in largest if count
        ]
    counted_rows = [(name, _by_session([hit.stored for hit in page.items], services.texts)) for name, page in found]
    rows = sorted((row for row in counted_rows if row[1]), key=lambda row: -row[1].total())
    reply = await _pictured(rows, services.texts("trend.largest"), Button("", "/themen"), services)
    return replace(reply, blocks=(*reply.blocks, plain(services.texts("trend.only_sessions"))))


def _missing(missing: int, total: int, texts: Texts) -> tuple[Block, ...]:
    """How many of all have no place in the picture."""
    if not missing:
        return ()
    return (plain(texts("trend.missing", missing=grouped(missing, texts), total=grouped(total, texts))),)


def _by_session(found: Sequence[StoredResolution], texts: Texts) -> Counter[_Session]:
    """Only what belongs to a session that has a date can stand on a line of time."""
    publications = (one.publication.publication for one in found)
    return Counter((one.date_start, session_of(one, texts)) for one in publications if one.date_start and one.body)


async def _pictured(
    rows: Sequence[tuple[str, Counter[_Session]]], title: str, onwards: Button, services: Services
) -> Reply:
    texts = services.texts
    sessions = sorted({session for _, counts in rows for session in counts})[-SESSIONS:]
    if not sessions:
        return Reply((plain(texts("trend.nothing")),))
    trend = Trend(
        title,
        texts("trend.subtitle"),
        tuple(name for name, _ in rows),
        tuple(name for _, name in sessions),
        tuple(f"{date.month:02}/{date.year}" for date, _ in sessions),
        tuple(tuple(counts[session] for session in sessions) for _, counts in rows),
    )
    picture = await asyncio.to_thread(trend_chart, trend)
    button = Button(texts("button.topics" if onwards.command == "/themen" else "button.resolutions"), onwards.command)
    attachment = Attachment("picture", "trend.png", picture, _told(trend, texts))
    return Reply((plain(texts("trend.heading", title=title)),), ((button,),), attachments=(attachment,))


def _told(trend: Trend, texts: Texts) -> str:
    """The picture in words: for each topic the sessions that have something."""
    return "\n".join(
        f"{topic}: "
        + ", ".join(
            f"{session} {counted('count.resolution', count, texts)}"
            for session, count in zip(trend.sessions, counts, strict=True)
            if count
        )
        for topic, counts in zip(trend.topics, trend.counts, strict=True)
    )
