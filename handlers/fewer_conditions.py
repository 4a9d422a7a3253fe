"""A search with filters that found nothing: which condition to drop or to change, and how much there is then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from feeds.query_language import Request
from handlers.command_arguments import as_argument
from handlers.compiling import compiled
from handlers.other_values import with_other_values
from handlers.paging import in_rows
from handlers.phrases import shortened
from handlers.reply import Button, Reply, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage import resolutions, search
from storage.database import Connection

_SHOWN = 60
_CONFERENCES = 3
_OFFERED = 6


async def with_fewer_conditions(conn: Connection, request: Request, services: Services) -> Reply | None:
    """A button for each condition that need only be dropped or changed; None where neither helps."""
    texts = services.texts
    bodies = await resolutions.conferences(conn, _CONFERENCES)
    dropped = [(texts("button.without", left=left), fewer) for left, fewer in _fewer(request, services)]
    changed = [(spoken_query(str(one), services), other) for one, other in with_other_values(request, bodies, services)]
    dropped += [(phrase, _apart(request, phrase)) for phrase in request.phrases]
    ways = [*dropped, *changed]
    queries = [await compiled(conn, way, services) for _, way in ways]
    counts = await search.counts(conn, services.index, queries)
    open_ways = [(*way, count) for way, count in zip(ways, counts, strict=True) if count][:_OFFERED]
    if not open_ways:
        return None
    buttons = [
        Button(texts("button.counted", label=shortened(label, 34), count=count), f"/topic {as_argument(str(way))}")
        for label, way, count in open_ways
    ]
    shown = shortened(spoken_query(str(request), services), _SHOWN)
    key = "topic.too_narrow" if open_ways[0][:2] in dropped else "topic.otherwise"
    suggestions = tuple(str(way) for _, way, _ in open_ways)
    return Reply((plain(texts(key, query=shown)),), in_rows(buttons, 1), suggestions=suggestions)


def _apart(request: Request, phrase: str) -> Request:
    """The words of a phrase anywhere instead of one after the other."""
    words = dict.fromkeys((*request.words, *phrase.split()))
    return replace(request, words=tuple(words), phrases=tuple(one for one in request.phrases if one != phrase))


def _fewer(request: Request, services: Services) -> Iterator[tuple[str, Request]]:
    """(what is left out, the rest), filters first; then all conditions, so that the words alone remain."""
    texts = services.texts
    for one in request.filters:
        fewer = replace(request, filters=tuple(other for other in request.filters if other != one))
        yield spoken_query(str(one), services), fewer
    for phrase in request.phrases:
        fewer = replace(request, phrases=tuple(other for other in request.phrases if other != phrase))
        yield texts("phrase.quoted", text=phrase), fewer
    for text in request.excluded:
        yield f"-{text}", replace(request, excluded=tuple(other for other in request.excluded if other != text))
    conditions = (*request.filters, *request.phrases, *request.excluded)
    if len(conditions) > 1 and request.words:
        yield spoken_query(" ".join(map(str, conditions)), services), Request(request.words)
