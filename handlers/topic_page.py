"""One page of search results: a card each, and the buttons onwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from config.texts import Texts
from feeds.query import Query, part_named
from feeds.record import Resolution
from feeds.traits import trait
from handlers.command_arguments import as_argument
from handlers.lookup_commands import FindTopic
from handlers.paging import ButtonRow, Stretch
from handlers.phrases import counted, shortened
from handlers.render_list import card_buttons, numbered_buttons, short_card
from handlers.render_resolution import hit
from handlers.reply import Block, Button, Hit, Incoming, Reply, Role, plain
from handlers.services import Services
from handlers.spoken_query import spoken_query
from storage import search
from storage.database import Connection
from storage.resolutions import Page, StoredResolution
from storage.search import Found

PAGE = 3
_TRIED = 50
"""So many of the best are looked at where each must be looked at."""
SHOWN = 60
"""So many characters of what was typed are repeated."""


async def page_of(
    conn: Connection,
    command: FindTopic,
    query: Query,
    incoming: Incoming,
    services: Services,
    chosen_by: Query | None = None,
    only: Callable[[StoredResolution], bool] | None = None,
) -> Reply | None:
    """The results of `query`, None where there are none; `chosen_by`: another query to choose the sentences by.

    `only`: what the best ones must be beside.
    """
    size = incoming.page or PAGE
    limit, offset = max(size, incoming.hits), command.first - 1
    page: Page[Found] = await search.find(
        conn, services.index, query, limit=_TRIED if only else limit, offset=0 if only else offset
    )
    if only:
        kept = tuple(found for found in page.items if only(found.stored))
        page = Page(kept[offset : offset + limit], len(kept))
    if not page.total:
        return None
    stretch, shown = Stretch(command.first, size, page.total), page.items[:size]
    numbered = enumerate(shown, command.first) if len(shown) > 1 else ((None, found) for found in shown)
    cards = (
        block
        for number, found in numbered
        for block in short_card(found.stored, chosen_by or query, services, number, incoming.whole)
    )
    return Reply(
        blocks=(_heading(command, query, stretch, services), *cards),
        buttons=_buttons(command, query, shown, stretch, services),
        hits=tuple(_hit(found, query) for found in page.items),
        total=page.total,
    )


def _card_buttons(shown: Sequence[Found], first: int, texts: Texts) -> tuple[ButtonRow, ...]:
    if len(shown) == 1:
        return card_buttons(shown[0].stored, texts)
    return tuple(numbered_buttons(found.stored, number, texts) for number, found in enumerate(shown, first))


def with_hint(found: Reply | None, text: str) -> Reply | None:
    """Below a line that says why these."""
    return replace(found, blocks=(plain(text), *found.blocks)) if found else None


def state_row(typed: str, services: Services) -> tuple[ButtonRow, ...]:
    """To the Land's own page, where the words name one."""
    state = services.states.find(typed)
    return ((Button(services.texts("button.state", state=state.name), f"/state {state.name}"),),) if state else ()


def _heading(command: FindTopic, query: Query, stretch: Stretch, services: Services) -> Block:
    """How many fit, and as which topic the words were understood."""
    texts = services.texts
    typed = shortened(spoken_query(command.query, services), SHOWN)
    total = counted("count.result", stretch.total, texts)
    if stretch.beyond:
        return plain(texts("topic.beyond", query=typed, total=total))
    renamed = query.label.casefold() != command.query.casefold()
    found = texts("topic.found_as" if renamed else "topic.found", query=typed, topic=query.label, total=total)
    part = stretch.heading(texts)
    return plain(f"{found} ({part})" if part else found)


def _buttons(
    command: FindTopic, query: Query, shown: Sequence[Found], stretch: Stretch, services: Services
) -> tuple[ButtonRow, ...]:
    texts = services.texts
    wanted = query.label if query.topic else command.query
    subscribe = Button(
        texts("button.subscribe_to", label=shortened(spoken_query(wanted, services), 30)),
        f"/abo topic {as_argument(wanted)}",
    )
    return (
        *_card_buttons(shown, stretch.first, texts),
        *stretch.turning(f"/topic {as_argument(command.query)}", texts),
        *state_row(command.query, services),
        *topic_row(command.query, services),
        *_only_filed(query, shown, stretch, texts),
        (subscribe,),
        _elsewise(command.query, texts),
    )


def _only_filed(query: Query, shown: Sequence[Found], stretch: Stretch, texts: Texts) -> tuple[ButtonRow, ...]:
    """From all that names a topic to what is filed under it, as /themen counts, where that is not the same."""
    filed = [query.topic in {match.topic for match in one.stored.resolution.topics} for one in shown]
    if not query.topic or not any(filed) or (all(filed) and stretch.total == len(shown)):
        return ()
    return ((Button(texts("button.only_filed"), f"/topic thema:{query.topic}"),),)


def _elsewise(typed: str, texts: Texts) -> ButtonRow:
    """The same hits as a picture, and as a table."""
    search = as_argument(typed)
    return Button(texts("button.on_map"), f"/karte {search}"), Button(texts("button.as_table"), f"/export {search}")


def topic_row(typed: str, services: Services) -> tuple[ButtonRow, ...]:
    """To the whole topic, where the words name a part of one."""
    named = part_named(typed, services.analyser, services.topics)
    if named is None:
        return ()
    topic = named[0].name
    return ((Button(services.texts("button.whole_topic", topic=topic), f"/topic {as_argument(topic)}"),),)


def _hit(found: Found, query: Query) -> Hit:
    """Hits of a search without words are all equally good."""
    return hit(found.stored, _role(found.stored.resolution, query), found.score or 1.0)


def _role(resolution: Resolution, query: Query) -> Role:
    """Why it was found: what a filter asks of a Land, or the topic it is filed under; else by its text."""
    asked = frozenset().union(*query.filters)
    roles: tuple[tuple[Role, Iterable[str]], ...] = (
        ("applicant", (trait("applied", state) for state in resolution.applicants)),
        ("protocol_note", (trait("noted", state) for note in resolution.protocol_notes for state in note.states)),
        ("against", (trait("against", state) for state in resolution.against)),
        ("abstained", (trait("abstained", state) for state in resolution.abstained)),
    )
    by_filter = (role for role, traits in roles if not asked.isdisjoint(traits))
    filed = query.topic is not None and query.topic in {match.topic for match in resolution.topics}
    return next(by_filter, "topic" if filed else "text")
