"""/topic and lines without a slash: the resolutions that fit best, with their sentences and every note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feeds.query import TextQuery, compile_query
from handlers.alternatives import alternatives
from handlers.command_arguments import as_argument
from handlers.command_types import FindTopic, PlainText, ShowState
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, quoted, shortened
from handlers.render_list import card, card_buttons
from handlers.render_resolution import hit
from handlers.reply import Block, Button, Hit, Incoming, Reply, plain
from handlers.services import Services
from handlers.state import show_state
from storage import resolutions, search
from storage.database import Connection
from storage.search import Found

PAGE = 3
SUGGESTIONS = 5
_SHOWN = 60


async def find_topic(command: FindTopic, incoming: Incoming, services: Services) -> Reply:
    """Results; else the nearest words that give some, and the results of a word that was clearly meant."""
    query = compile_query(command.query, services.analyser, services.topics)
    if not query.groups:
        text = services.texts("topic.no_word", query=shortened(command.query, _SHOWN))
        return Reply((plain(text),), suggestions=_topic_names(services), error=text)
    async with services.database.read() as conn:
        reply = await _results(conn, command, incoming, services)
        return reply or await _nothing(conn, command, incoming, services)


async def plain_text(command: PlainText, incoming: Incoming, services: Services) -> Reply:
    """A line without a slash: a state by its name, else a topic; the reply says how it was understood."""
    text = command.text
    if services.states.find(text):
        understood, reply = f"/state {text}", await show_state(ShowState(text), incoming, services)
    else:
        understood, reply = f"/topic {text}", await find_topic(FindTopic(text), incoming, services)
    hint = plain(services.texts("topic.without_slash", command=understood))
    return replace(reply, blocks=(hint, *reply.blocks))


async def _results(conn: Connection, command: FindTopic, incoming: Incoming, services: Services) -> Reply | None:
    """None where nothing at all fits."""
    query = compile_query(command.query, services.analyser, services.topics)
    size = incoming.page or PAGE
    wanted = max(size, incoming.hits)
    page = await search.find(conn, query, limit=wanted, offset=command.first - 1)
    if not page.total:
        return None
    stretch = Stretch(command.first, size, page.total)
    return Reply(
        blocks=(_heading(command, query, stretch, services), *_cards(page.items[:size], query, services)),
        buttons=_buttons(command, page.items[:size], stretch, services),
        hits=tuple(_hit(found, query) for found in page.items),
        total=page.total,
    )


def _heading(command: FindTopic, query: TextQuery, stretch: Stretch, services: Services) -> Block:
    """How many fit, and as which topic the words were understood."""
    texts, typed = services.texts, shortened(command.query, _SHOWN)
    total = counted("count.resolution", stretch.total, texts)
    if stretch.beyond:
        return plain(texts("topic.beyond", query=typed, total=total))
    renamed = query.label.casefold() != command.query.casefold()
    found = texts("topic.found_as" if renamed else "topic.found", query=typed, topic=query.label, total=total)
    part = stretch.heading(texts)
    return plain(f"{found} ({part})" if part else found)


def _cards(found: Sequence[Found], query: TextQuery, services: Services) -> tuple[Block, ...]:
    return tuple(block for one in found for block in card(one.stored, query, services))


def _buttons(command: FindTopic, found: Sequence[Found], stretch: Stretch, services: Services) -> tuple[ButtonRow, ...]:
    texts, argument = services.texts, as_argument(command.query)
    subscribe = Button(texts("button.subscribe_to", label=shortened(command.query, 30)), f"/abo topic {argument}")
    state = services.states.find(command.query)
    also = ((Button(texts("button.state", state=state.name), f"/state {state.name}"),),) if state else ()
    cards = (row for one in found for row in card_buttons(one.stored, texts))
    return (*cards, *stretch.turning(f"/topic {argument}", texts), *also, (subscribe,))


def _hit(found: Found, query: TextQuery) -> Hit:
    filed = query.topic is not None and query.topic in {match.topic for match in found.stored.resolution.topics}
    return hit(found.stored, "topic" if filed else "text", found.score)


async def _nothing(conn: Connection, command: FindTopic, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    query = shortened(command.query, _SHOWN)
    if not await resolutions.count(conn):
        return Reply((plain(texts("latest.empty")),), suggestions=_topic_names(services))
    near = await alternatives(conn, command.query, services, SUGGESTIONS)
    meant = await _results(conn, FindTopic(near.clear), incoming, services) if near.clear else None
    if meant and near.clear:
        hint = plain(texts("topic.taken_as", query=query, word=near.clear))
        other = tuple(word for word in near.words if word != near.clear)
        return replace(
            meant, blocks=(hint, *meant.blocks), buttons=(*meant.buttons, *_words(other)), suggestions=near.words
        )
    key = "topic.nearest" if near.resembling else "topic.others"
    text = texts(key, query=query, words=quoted(near.words, texts))
    state = services.states.find(command.query)
    also = ((Button(texts("button.state", state=state.name), f"/state {state.name}"),),) if state else ()
    return Reply((plain(text),), (*_words(near.words), *also), suggestions=near.words)


def _words(words: Sequence[str]) -> tuple[ButtonRow, ...]:
    return in_rows([Button(shortened(word, 30), f"/topic {as_argument(word)}") for word in words], width=2)


def _topic_names(services: Services) -> tuple[str, ...]:
    return tuple(topic.name for topic in services.topics)[:SUGGESTIONS]
