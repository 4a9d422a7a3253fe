"""/abos and its buttons: what a chat is subscribed to, ending one, changing its rhythm."""

from __future__ import annotations

from collections.abc import Sequence

from config.texts import Texts
from handlers.command_types import EndSubscription, ListSubscriptions, SetRhythm
from handlers.paging import ButtonRow, Stretch
from handlers.phrases import counted, shortened
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.subscribe import ensure_digest_time
from handlers.subscription_phrases import label_of, rhythm_phrase, switch_button
from storage import chats
from storage import subscriptions as store
from storage.chats import Chat
from storage.subscriptions import Subscription

PAGE = 20
"""Two buttons each: stays well below the hundred that one message can carry."""


async def list_subscriptions(command: ListSubscriptions, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
        all_of_chat = await store.of_chat(conn, incoming.chat)
    if not all_of_chat:
        return Reply((plain(texts("subscriptions.none")),), (_first_steps(services),))
    stretch = Stretch(command.first, PAGE, len(all_of_chat))
    if stretch.beyond:
        return Reply((plain(texts("phrase.beyond", total=stretch.total)),), stretch.turning("/abos", texts))
    shown = all_of_chat[stretch.first - 1 : stretch.last]
    return Reply(
        blocks=(_heading(stretch, texts), *_lines(shown, stretch.first, chat, texts)),
        buttons=(*_buttons(shown, stretch.first, texts), *stretch.turning("/abos", texts)),
        total=len(all_of_chat),
    )


async def end_subscription(command: EndSubscription, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        ended = await store.remove(conn, incoming.chat, command.id, incoming.at)
    if ended is None:
        return _no_such(services.texts)
    text = services.texts("subscriptions.ended", label=label_of(ended, services.texts))
    return Reply((plain(text),), (_to_list(services.texts),))


async def set_rhythm(command: SetRhythm, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        chat = await chats.get(conn, incoming.chat)
        subscription = await store.get(conn, incoming.chat, command.id)
        if chat is None or subscription is None:
            return _no_such(texts)
        await store.set_rhythm(conn, chat.key, subscription.id, command.rhythm)
        chat = await ensure_digest_time(conn, chat, command.rhythm)
    when = rhythm_phrase(command.rhythm, chat, texts)
    text = texts("subscriptions.rhythm", label=label_of(subscription, texts), when=when)
    return Reply((plain(text),), ((switch_button(subscription.id, command.rhythm, texts), *_to_list(texts)),))


def _heading(stretch: Stretch, texts: Texts) -> Block:
    text = texts("subscriptions.heading", total=counted("count.subscription", stretch.total, texts))
    part = stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text)


def _lines(shown: Sequence[Subscription], first: int, chat: Chat | None, texts: Texts) -> tuple[Block, ...]:
    """One line each, numbered as the buttons are."""
    return tuple(
        Block((Span(f"{number}. {label_of(one, texts)}", "bold"), Span(f" – {rhythm_phrase(one.rhythm, chat, texts)}")))
        for number, one in enumerate(shown, start=first)
    )


def _buttons(shown: Sequence[Subscription], first: int, texts: Texts) -> tuple[ButtonRow, ...]:
    return tuple(
        (
            Button(texts("button.end_number", number=number, label=shortened(one.label, 20)), f"/ende {one.id}"),
            switch_button(one.id, one.rhythm, texts),
        )
        for number, one in enumerate(shown, start=first)
    )


def _first_steps(services: Services) -> ButtonRow:
    """Examples to tap."""
    labels = [topic.name for topic in services.topics][:2]
    return tuple(
        Button(services.texts("button.subscribe_to", label=shortened(label, 30)), f"/abo topic {label}")
        for label in labels
    )


def _to_list(texts: Texts) -> ButtonRow:
    return (Button(texts("button.subscriptions"), "/abos"),)


def _no_such(texts: Texts) -> Reply:
    text = texts("subscriptions.no_such")
    return Reply((plain(text),), (_to_list(texts),), error=text)
