"""/fristen with a search that finds no deadline: whether there is something without one, or what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feeds.query import Query
from feeds.query_language import Request
from feeds.traits import trait
from handlers.alternatives import alternatives
from handlers.command_arguments import as_argument
from handlers.compiling import compiled
from handlers.fewer_conditions import with_fewer_conditions
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import counted, quoted, shortened
from handlers.reply import Button, Reply, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage import search
from storage.database import Connection

_SHOWN = 60
_WORDS = 4


def dated(query: Query) -> Query:
    """What of it sets a date at all."""
    return replace(query, filters=(*query.filters, frozenset({trait("with", "frist")})))


async def without_deadline(conn: Connection, request: Request, back: ButtonRow, services: Services) -> Reply:
    """`back`: to all deadlines."""
    texts, shown = services.texts, shortened(spoken_query(str(request), services), _SHOWN)
    total = await search.count(conn, services.index, await compiled(conn, request, services))
    if total:
        text = texts("deadlines.only_without", query=shown, total=counted("count.resolution", total, texts))
        there = Button(texts("button.resolutions"), f"/topic {as_argument(str(request))}")
        return Reply((plain(text),), ((there,), back))
    if not request.plain and (wider := await with_fewer_conditions(conn, request, services)):
        return replace(wider, buttons=(*wider.buttons, back))
    return await _other_words(conn, request, shown, back, services)


async def _other_words(conn: Connection, request: Request, shown: str, back: ButtonRow, services: Services) -> Reply:
    """Words that look alike, or topics; with a deadline where one has one."""
    texts = services.texts
    near = await alternatives(conn, request.text, services, _WORDS)
    if not near.words:
        return Reply((plain(texts("topic.nothing", query=shown)),), (back,))
    key = "topic.nearest" if near.resembling else "topic.others"
    text = texts(key, query=shown, words=quoted(near.words, texts))
    buttons = await _buttons(conn, near.words, services)
    return Reply((plain(text),), (*in_rows(buttons, 2), back), suggestions=near.words)


async def _buttons(conn: Connection, words: Sequence[str], services: Services) -> list[Button]:
    requests = [Request(tuple(word.split())) for word in words]
    queries = [dated(await compiled(conn, one, services)) for one in requests]
    counts = await search.counts(conn, services.index, queries)
    commands = ("/fristen" if count else "/topic" for count in counts)
    return [
        Button(shortened(word, 30), f"{command} {as_argument(word)}")
        for word, command in zip(words, commands, strict=True)
    ]
