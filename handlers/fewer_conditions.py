"""A search with filters that found nothing: which condition to drop, and how much there is without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.texts import Texts
from feeds.query_language import Request
from handlers.command_arguments import as_argument
from handlers.compiling import compiled
from handlers.paging import in_rows
from handlers.phrases import readable, shortened
from handlers.reply import Button, Reply, plain
from handlers.services import Services
from storage import search
from storage.database import Connection

_SHOWN = 60


async def with_fewer_conditions(conn: Connection, request: Request, services: Services) -> Reply | None:
    """A button for each condition without which there is something; None where dropping a single one does not help."""
    buttons, found = [], []
    for left, fewer in _fewer(request, services.texts):
        query = await compiled(conn, fewer, services)
        if count := await search.count(conn, services.index, query):
            label = services.texts("button.without", left=shortened(readable(left, services.texts), 30), count=count)
            buttons.append(Button(label, f"/topic {as_argument(str(fewer))}"))
            found.append(str(fewer))
    if not buttons:
        return None
    text = services.texts("topic.too_narrow", query=shortened(readable(str(request), services.texts), _SHOWN))
    return Reply((plain(text),), in_rows(buttons, 1), suggestions=tuple(found))


def _fewer(request: Request, texts: Texts) -> Iterator[tuple[str, Request]]:
    """(what is left out, the rest), filters first; then all conditions, so that the words alone remain."""
    for one in request.filters:
        yield str(one), replace(request, filters=tuple(other for other in request.filters if other != one))
    for phrase in request.phrases:
        fewer = tuple(other for other in request.phrases if other != phrase)
        yield texts("phrase.quoted", text=phrase), replace(request, phrases=fewer)
    for text in request.excluded:
        yield f"-{text}", replace(request, excluded=tuple(other for other in request.excluded if other != text))
    conditions = (*request.filters, *request.phrases, *request.excluded)
    if len(conditions) > 1 and request.words:
        yield " ".join(map(str, conditions)), Request(request.words)
