"""A search from within another chat: "@bot sprachkurse" gives result cards, of which one is sent there.

Nothing typed gives the newest; a citation the resolution; a Land what it had to do with; anything else is searched for
as in /topic. Where that finds nothing, what was most likely meant is shown, and above it is said so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feeds.query import Query
from feeds.query_language import QueryError, Request, parse
from handlers.alternatives import alternatives
from handlers.citation import is_citation, parse_citation
from handlers.command import clean
from handlers.command_arguments import MAX_QUERY
from handlers.compiling import compiled, unknown_conference
from handlers.deep_link import to_resolution, to_search
from handlers.document_name import meeting
from handlers.phrases import counted, shortened
from handlers.render_list import short_card
from handlers.render_resolution import heading, source_button
from handlers.reply import Block, Button, Incoming
from handlers.services import Services
from handlers.show import find
from handlers.signs import facts_in_short
from handlers.speaking import speaking
from handlers.understand import understood
from storage import chats, resolutions, search
from storage.database import Connection
from storage.resolutions import StoredResolution

PAGE = 10
"""Results at a time; the client asks for more as one scrolls."""
HELP = "hilfe"
_TITLE, _HINT = 120, 60
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class InlineCard:
    """`id` is the same for the same revision; the blocks are what is sent, most important first."""

    id: str
    title: str
    description: str
    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class InlinePage:
    """`next` counts from 1: where the page behind begins, None behind the last. `hint`: a line above the results, and
    `opens` what it opens the bot with (see `handlers.deep_link`).
    """

    cards: tuple[InlineCard, ...] = ()
    next: int | None = None
    hint: str | None = None
    opens: str = HELP


@dataclass(frozen=True, slots=True)
class _Hits:
    stored: Sequence[StoredResolution]
    total: int
    query: Query | None = None
    hint: str | None = None


async def inline_page(incoming: Incoming, first: int, services: Services) -> InlinePage:
    """The results from `first` (counted from 1) on; `incoming.chat` is the private chat of who asks."""
    text = clean(incoming.text)
    async with services.database.read() as conn:
        chosen = await chats.language_of(conn, incoming.chat)
        services = speaking(chosen or services.languages.known(incoming.language), services)
        hits = await _hits(conn, text, first - 1, services)
    behind = first + len(hits.stored)
    cards = [await _card(one, hits.query, services) for one in hits.stored]
    hint = hits.hint or (counted("count.result", hits.total, services.texts) if text else None)
    following = behind if hits.stored and behind <= hits.total else None
    return InlinePage(tuple(cards), following, hint, to_search(text) or HELP)


async def _hits(conn: Connection, text: str, offset: int, services: Services) -> _Hits:
    if not text:
        newest = await resolutions.latest(conn, PAGE, offset)
        return _Hits(newest.items, newest.total)
    if is_citation(text) and (cited := parse_citation(text)):
        found = await find(conn, cited)
        return _Hits(found[offset : offset + PAGE], len(found))
    state = services.states.find(text)
    request = parse(f'land:"{state.name}"' if state else text[:MAX_QUERY], services.values)
    if isinstance(request, QueryError):
        return _Hits((), 0, hint=services.texts("inline.not_understood"))
    if await unknown_conference(conn, text[:MAX_QUERY], request, services):
        return _Hits((), 0, hint=services.texts("inline.not_understood"))
    hits = await _found(conn, request, offset, services)
    nothing = services.texts("inline.nothing", query=shortened(text, _HINT))
    return hits if hits.total else replace(hits, hint=nothing)


async def _found(conn: Connection, request: Request, offset: int, services: Services) -> _Hits:
    query = await compiled(conn, request, services)
    hits = await _searched(conn, query, offset, services)
    return hits if hits.total else await _instead(conn, request, query, offset, services)


async def _instead(conn: Connection, request: Request, query: Query, offset: int, services: Services) -> _Hits:
    """What was clearly meant; what holds some of the words; what is nearest."""
    if not request.words:
        return _Hits((), 0)
    near = await alternatives(conn, request.text, services, _NEAREST)
    if near.clear is None and len(query.groups) > 1:
        some = await _searched(conn, query.any_word(), offset, services)
        if some.total:
            return replace(some, hint=services.texts("inline.some_words"))
    word = near.clear or next(iter(near.words), None)
    if word is None or not near.resembling:
        return _Hits((), 0)
    meant = await _searched(conn, await understood(conn, word, services), offset, services)
    return replace(meant, hint=services.texts("inline.taken_as", word=shortened(word, _HINT)))


async def _searched(conn: Connection, query: Query, offset: int, services: Services) -> _Hits:
    page = await search.find(conn, services.index, query, limit=PAGE, offset=offset)
    return _Hits([found.stored for found in page.items], page.total, query)


async def _card(stored: StoredResolution, query: Query | None, services: Services) -> InlineCard:
    """Choosing sentences takes milliseconds, and there are ten: whoever else waits gets a turn between two cards."""
    await asyncio.sleep(0)
    texts = services.texts
    facts = " · ".join(facts_in_short(stored, services))
    where = meeting(stored.publication, texts)
    return InlineCard(
        id=f"{stored.id}.{stored.revision}",
        title=shortened(heading(stored, texts), _TITLE),
        description="\n".join(filter(None, (where, facts))),
        blocks=short_card(stored, query, services),
        buttons=_buttons(stored, services),
    )


def _buttons(stored: StoredResolution, services: Services) -> tuple[tuple[Button, ...], ...]:
    """Links only: what is tapped in somebody else's chat must not answer there."""
    links, texts = services.links, services.texts
    more = (Button(texts("button.in_bot"), url=links.private(to_resolution(stored.id))),) if links else ()
    row = (*more, *source_button(stored, texts))
    return (row,) if row else ()
