"""/abo: hear about a topic or a Land, at once or once a day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feeds.query import Query
from feeds.query_language import QueryError, parse
from handlers import outlook
from handlers.alternatives import alternatives
from handlers.command_arguments import as_argument, unquoted
from handlers.command_types import Rhythm, Subscribe, SubscriptionKind
from handlers.compiling import compiled
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import quoted, shortened
from handlers.query_problem import explain_query
from handlers.render_list import buttons_to
from handlers.reply import Block, Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.state import state_buttons, unknown_state
from handlers.subscription_phrases import label_of, rhythm_phrase, switch_button
from storage import chats, resolutions, search, subscriptions
from storage.chats import Chat
from storage.database import Connection
from storage.matching import of_state
from storage.subscriptions import Subscription, SubscriptionLimitError

DEFAULT_DIGEST = 7 * 60 + 30
"""07:30 local time: when a daily digest comes for somebody who has not chosen a time."""
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class _Wish:
    kind: SubscriptionKind
    query: str
    label: str
    rhythm: Rhythm | None
    asked: Query


async def subscribe(command: Subscribe, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        wish = await _wish(conn, command, services)
    if isinstance(wish, Reply):
        return wish
    try:
        async with services.database.begin() as conn:
            reply = await _subscribed(conn, wish, incoming, services)
    except SubscriptionLimitError as error:
        return _too_many(error.limit, services)
    async with services.database.read() as conn:
        return await _with_outlook(conn, wish, reply, incoming, services)


async def _wish(conn: Connection, command: Subscribe, services: Services) -> _Wish | Reply:
    """What is subscribed to, or what was wrong with the words."""
    state = services.states.find(unquoted(command.query)) if command.kind != "topic" else None
    if state:
        return _Wish("state", state.name, state.name, command.rhythm, of_state(state.name))
    typed = f"land:{command.query}" if command.kind == "state" else command.query
    request = parse(typed, services.values)
    if isinstance(request, QueryError):
        unknown = command.kind == "state" and request.start == 0
        return _unknown_state(command.query, services) if unknown else explain_query(request, typed, "/abo", services)
    query = await compiled(conn, request, services)
    if not query.asks:
        text = services.texts("subscribe.no_word", query=shortened(command.query, 60))
        return Reply((plain(text),), error=text)
    # The id of a topic outlasts its name.
    stored = query.topic if request.plain and query.topic else str(request)
    return _Wish("topic", stored, query.label if request.plain else str(request), command.rhythm, query)


async def _subscribed(conn: Connection, wish: _Wish, incoming: Incoming, services: Services) -> Reply:
    chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
    rhythm: Rhythm = wish.rhythm or ("immediate" if chat.digest_minute is None else "digest")
    subscription, created = await subscriptions.add(
        conn, chat.key, wish.kind, wish.query, wish.label, rhythm, incoming.at
    )
    if not created and wish.rhythm not in (None, subscription.rhythm):
        await subscriptions.set_rhythm(conn, chat.key, subscription.id, rhythm)
    else:
        rhythm = subscription.rhythm
    chat = await ensure_digest_time(conn, chat, rhythm)
    return _answer(subscription, created, rhythm, chat, services)


async def ensure_digest_time(conn: Connection, chat: Chat, rhythm: Rhythm) -> Chat:
    """A chat that wants something daily gets a time, if it has none."""
    if rhythm == "immediate" or chat.digest_minute is not None:
        return chat
    return await chats.set_digest(conn, chat.key, DEFAULT_DIGEST) or chat


def _answer(subscription: Subscription, created: bool, rhythm: Rhythm, chat: Chat, services: Services) -> Reply:
    texts = services.texts
    when = rhythm_phrase(rhythm, chat, texts)
    key = "subscribe.done" if created else "subscribe.known"
    text = texts(key, label=label_of(subscription, texts), when=when)
    buttons = (
        (switch_button(subscription.id, rhythm, texts),),
        (Button(texts("button.end"), f"/ende {subscription.id}"), Button(texts("button.subscriptions"), "/abos")),
    )
    return Reply((plain(text),), buttons, total=1)


async def _with_outlook(conn: Connection, wish: _Wish, reply: Reply, incoming: Incoming, services: Services) -> Reply:
    """What it would have brought so far."""
    seen = await search.outlook(conn, services.index, wish.asked, incoming.at.date(), outlook.SHOWN)
    if not seen.total:
        return await _with_doubt(conn, wish, reply, services)
    texts = services.texts
    blocks = (*reply.blocks, *outlook.outlook_blocks(seen, shortened(wish.label, 60), services))
    return replace(reply, blocks=blocks, buttons=(*reply.buttons, *buttons_to(seen.newest, texts)))


async def _with_doubt(conn: Connection, wish: _Wish, reply: Reply, services: Services) -> Reply:
    """A topic that nothing stored fits may be a slip of the pen: it stays subscribed, and near words are offered."""
    if wish.kind == "state" or not await resolutions.count(conn):
        return reply
    near = await alternatives(conn, wish.query, services, _SUGGESTIONS)
    words = near.words if near.resembling else ()
    return Reply(
        blocks=(*reply.blocks, _doubt(wish.label, words, services)),
        buttons=(*reply.buttons, *_subscribe_buttons(words, services)),
        total=reply.total,
        suggestions=words,
    )


def _doubt(label: str, words: tuple[str, ...], services: Services) -> Block:
    texts, label = services.texts, shortened(label, 60)
    if not words:
        return plain(texts("subscribe.nothing_yet", label=label))
    return plain(texts("subscribe.nearest", label=label, words=quoted(words, texts)))


def _subscribe_buttons(words: tuple[str, ...], services: Services) -> tuple[ButtonRow, ...]:
    label = "button.subscribe_to"
    buttons = [
        Button(services.texts(label, label=shortened(word, 30)), f"/abo topic {as_argument(word)}") for word in words
    ]
    return in_rows(buttons, width=1)


def _unknown_state(name: str, services: Services) -> Reply:
    texts, near = services.texts, services.states.nearest(name)
    names = near or services.states.names
    text = unknown_state(name, near, services)
    as_topic = Button(texts("button.subscribe_to", label=shortened(name, 30)), f"/abo topic {as_argument(name)}")
    return Reply((plain(text),), (*state_buttons(names, "/abo state"), (as_topic,)), suggestions=names, error=text)


def _too_many(limit: int, services: Services) -> Reply:
    text = services.texts("subscribe.limit", limit=limit)
    return Reply((plain(text),), ((Button(services.texts("button.subscriptions"), "/abos"),),), error=text)
