"""One page of resolutions that say a certain thing: a heading each, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feeds.query import Query
from feeds.query_language import Request
from handlers.command_arguments import as_argument
from handlers.document_name import conference
from handlers.fewer_conditions import with_fewer_conditions
from handlers.paging import Stretch
from handlers.phrases import counted
from handlers.render_list import buttons_to
from handlers.render_resolution import heading, hit
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from storage import search
from storage.database import Connection
from storage.resolutions import StoredResolution

PAGE = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page is about. `typed`: the command that shows it; `label`: how it is named; `subscribe`: as a query.

    `heading`, `nothing`: keys of texts. `said`: the sentences of a resolution that say it, as blocks.
    """

    typed: str
    first: int
    heading: str
    nothing: str
    label: str
    subscribe: str
    request: Request
    query: Query
    said: Callable[[StoredResolution], tuple[Block, ...]]


async def facts_page(conn: Connection, facts: Facts, incoming: Incoming, services: Services) -> Reply:
    """Best first, or newest first where no words were typed; an answer of its own where there is nothing."""
    texts, size = services.texts, incoming.page or PAGE
    page = await search.find(conn, services.index, facts.query, limit=max(size, incoming.hits), offset=facts.first - 1)
    if not page.total:
        return await _nothing(conn, facts, services)
    stretch = Stretch(facts.first, size, page.total)
    shown = tuple(found.stored for found in page.items[:size])
    blocks = (block for stored in shown for block in (_head(stored, services), *facts.said(stored)))
    return Reply(
        blocks=(_heading(facts, stretch, services), *blocks),
        buttons=(*buttons_to(shown, texts), *stretch.turning(facts.typed, texts), (_subscribe(facts, services),)),
        hits=tuple(hit(found.stored, "text", found.score or 1.0) for found in page.items),
        total=page.total,
    )


async def _nothing(conn: Connection, facts: Facts, services: Services) -> Reply:
    """That there is none, and what to drop or to change; nothing is denied while the index is being made."""
    if (await services.index.view(conn)).behind:
        return Reply((plain(services.texts("topic.not_yet", query=facts.label)),))
    said = plain(services.texts(facts.nothing, label=facts.label))
    wider = await with_fewer_conditions(conn, facts.request, services)
    ways = wider or Reply(())
    return Reply((said, *ways.blocks), (*ways.buttons, (_subscribe(facts, services),)), suggestions=ways.suggestions)


def _heading(facts: Facts, stretch: Stretch, services: Services) -> Block:
    texts = services.texts
    if stretch.beyond:
        return plain(stretch.beyond_text(texts))
    text = texts(facts.heading, label=facts.label, total=counted("count.resolution", stretch.total, texts))
    part = stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text, "heading")


def _head(stored: StoredResolution, services: Services) -> Block:
    where = conference(stored.publication, services.texts)
    return Block((Span(heading(stored, services.texts), "bold"), Span(f"\n{where}")))


def _subscribe(facts: Facts, services: Services) -> Button:
    text = services.texts("button.subscribe_to", label=facts.label)
    return Button(text[:64], f"/abo {as_argument(facts.subscribe)}")
