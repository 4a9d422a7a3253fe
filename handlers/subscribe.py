"""/abo: hear about a topic, a Land or what a search finds, at once or in a digest.

What would bring very much is shown first and stored only when that is wanted. All else is stored at once, to be taken
back by a tap: also what nothing stored fits, since people wait for what has not been decided yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers import outlook
from handlers.alternatives import alternatives
from handlers.command_arguments import as_argument
from handlers.command_types import Rhythm, Subscribe
from handlers.paging import ButtonRow, in_rows
from handlers.phrases import quoted, shortened
from handlers.render_list import buttons_to
from handlers.reply import Block, Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.subscription_phrases import DEFAULT_DIGEST, RHYTHM_WORD, label_of, rhythm_phrase
from handlers.wish import Wish, wish_of
from storage import chats, resolutions, search, subscriptions
from storage.chats import Chat
from storage.database import Connection
from storage.search import Outlook
from storage.subscriptions import Kind, Subscription, SubscriptionLimitError

_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """A subscription as it is now, whether it was made just now, and the chat."""

    subscription: Subscription
    created: bool
    chat: Chat


async def subscribe(command: Subscribe, incoming: Incoming, services: Services) -> Reply:
    async with services.database.read() as conn:
        wish = await wish_of(conn, command, services)
        if isinstance(wish, Reply):
            return wish
        seen = await outlook_of(conn, wish, incoming, services)
        known = await subscriptions.find(conn, incoming.chat, wish.kind, wish.query)
        if known is None and not command.confirmed and outlook.is_broad(seen):
            return await preview(conn, wish, seen, command.rhythm, incoming, services)
    try:
        saved = await save(wish.kind, wish.query, wish.label, command.rhythm, incoming, services, wish.topic)
    except SubscriptionLimitError as error:
        return too_many(error.limit, services)
    async with services.database.read() as conn:
        return await _with_outlook(conn, wish, seen, said(saved, services), services)


async def save(
    kind: Kind,
    query: str,
    label: str,
    wanted: Rhythm | None,
    incoming: Incoming,
    services: Services,
    topic: str | None = None,
) -> Saved:
    """Store it, or give a known one the rhythm that is wanted (None: what the chat has chosen).

    Raises `SubscriptionLimitError`.
    """
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        rhythm = wanted or usual_rhythm(chat)
        one, created = await subscriptions.add(conn, chat.key, kind, query, label, rhythm, incoming.at, topic)
        if not created and wanted not in (None, one.rhythm):
            await subscriptions.set_rhythm(conn, chat.key, one.id, rhythm)
            one = replace(one, rhythm=rhythm)
        return Saved(one, created, await ensure_digest_time(conn, chat, one.rhythm))


def usual_rhythm(chat: Chat | None) -> Rhythm:
    """What a chat has chosen for all that it subscribes to."""
    return "immediate" if chat is None or chat.digest_minute is None else "digest"


async def ensure_digest_time(conn: Connection, chat: Chat, rhythm: Rhythm) -> Chat:
    """A chat that wants something daily gets a time, if it has none."""
    if rhythm != "digest" or chat.digest_minute is not None:
        return chat
    return await chats.set_digest(conn, chat.key, DEFAULT_DIGEST) or chat


async def outlook_of(conn: Connection, wish: Wish, incoming: Incoming, services: Services) -> Outlook:
    """What it would have brought so far."""
    return await search.outlook(conn, services.index, wish.asked, incoming.at.date(), outlook.SHOWN)


async def preview(
    conn: Connection, wish: Wish, seen: Outlook, rhythm: Rhythm | None, incoming: Incoming, services: Services
) -> Reply:
    """What it would bring, before anything is stored, with the ways to have it."""
    texts, label = services.texts, shortened(wish.label, 60)
    chat = await chats.get(conn, incoming.chat)
    chosen = rhythm or usual_rhythm(chat)
    doubt, near = ((), ()) if seen.total else await _doubt(conn, wish, services)
    told = outlook.outlook_blocks(seen, label, services) if seen.total else doubt
    when = texts("guide.when", when=rhythm_phrase(chosen, chat, texts))
    return Reply(
        (plain(texts("guide.preview", label=label), "heading"), *told, plain(when)),
        (
            (Button(texts("button.save"), f"/aboneu ja {RHYTHM_WORD[chosen]} {wish.typed}"),),
            (
                Button(texts("button.other_rhythm"), f"/aboneu wann {wish.typed}"),
                Button(texts("button.cancel"), "/abbrechen"),
            ),
            *_subscribe_buttons(near, services),
        ),
        total=seen.total,
        suggestions=near,
    )


def said(saved: Saved, services: Services) -> Reply:
    """That it is stored, or was already, and what can be done about it."""
    texts, one = services.texts, saved.subscription
    key = "subscribe.done" if saved.created else "subscribe.known"
    text = texts(key, label=label_of(one, texts), when=rhythm_phrase(one.rhythm, saved.chat, texts))
    undo = Button(texts("button.undo" if saved.created else "button.end"), f"/ende {one.id}")
    ways = Button(texts("button.adjust"), f"/meinabo {one.id}"), Button(texts("button.subscriptions"), "/abos")
    return Reply((plain(text),), ((undo, *ways),), total=1)


def too_many(limit: int, services: Services) -> Reply:
    text = services.texts("subscribe.limit", limit=limit)
    return Reply((plain(text),), ((Button(services.texts("button.subscriptions"), "/abos"),),), error=text)


async def _with_outlook(conn: Connection, wish: Wish, seen: Outlook, reply: Reply, services: Services) -> Reply:
    if seen.total:
        blocks = (*reply.blocks, *outlook.outlook_blocks(seen, shortened(wish.label, 60), services))
        return replace(reply, blocks=blocks, buttons=(*reply.buttons, *buttons_to(seen.newest, services.texts)))
    blocks, words = await _doubt(conn, wish, services)
    buttons = (*reply.buttons, *_subscribe_buttons(words, services))
    return replace(reply, blocks=(*reply.blocks, *blocks), buttons=buttons, suggestions=words)


async def _doubt(conn: Connection, wish: Wish, services: Services) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """A topic that nothing stored fits may be a slip of the pen: it can be had, and near words are offered."""
    if wish.kind == "state" or not await resolutions.count(conn):
        return (), ()
    texts, label = services.texts, shortened(wish.label, 60)
    near = await alternatives(conn, wish.query, services, _SUGGESTIONS)
    if not near.resembling:
        return (plain(texts("subscribe.nothing_yet", label=label)),), ()
    return (plain(texts("subscribe.nearest", label=label, words=quoted(near.words, texts))),), near.words


def _subscribe_buttons(words: tuple[str, ...], services: Services) -> tuple[ButtonRow, ...]:
    label = "button.subscribe_to"
    buttons = [
        Button(services.texts(label, label=shortened(word, 30)), f"/abo topic {as_argument(word)}") for word in words
    ]
    return in_rows(buttons, width=1)
