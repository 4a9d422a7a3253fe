"""/abos: what a chat is subscribed to, a button to each; ending one, and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from config.texts import Texts
from handlers.command_arguments import as_argument
from handlers.command_types import EndSubscription, ListSubscriptions
from handlers.own_subscription import no_such, page
from handlers.paging import ButtonRow, Stretch, in_rows
from handlers.phrases import counted, shortened
from handlers.reply import Block, Button, Incoming, Reply, Span, plain
from handlers.services import Services
from handlers.subscribe import too_many
from handlers.subscription_commands import RestoreSubscription
from handlers.subscription_phrases import label_of, state_phrase
from handlers.understood import is_understood
from storage import chats
from storage import subscriptions as store
from storage.chats import Chat
from storage.subscriptions import Subscription, SubscriptionLimitError

PAGE = 20
"""A button each: as many as one looks through without losing the place."""


async def list_subscriptions(command: ListSubscriptions, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
        all_of_chat = await store.of_chat(conn, incoming.chat)
    if not all_of_chat:
        return no_subscription(services)
    stretch = Stretch(command.first, PAGE, len(all_of_chat))
    if stretch.beyond:
        return Reply((plain(stretch.beyond_text(texts)),), stretch.turning("/abos", texts))
    shown = all_of_chat[stretch.first - 1 : stretch.last]
    below = (*_new(texts), Button(texts("button.export"), "/abos export"))
    return Reply(
        blocks=(_heading(stretch, texts), *_lines(shown, stretch.first, chat, incoming.at, services)),
        buttons=(*_buttons(shown, stretch.first, texts), *stretch.turning("/abos", texts), below),
        total=len(all_of_chat),
    )


async def end_subscription(command: EndSubscription, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.begin() as conn:
        ended = await store.remove(conn, incoming.chat, command.id, incoming.at)
    if ended is None:
        return no_such(texts)
    text = texts("subscriptions.ended", label=label_of(ended, texts))
    undo = Button(texts("button.undo"), f"/meinabo {ended.id} wieder")
    return Reply((plain(text),), ((undo, *_to_list(texts)),))


async def restore_subscription(command: RestoreSubscription, incoming: Incoming, services: Services) -> Reply:
    try:
        async with services.database.begin() as conn:
            await store.restore(conn, incoming.chat, command.id)
            return await page(conn, command.id, incoming, services, "subscriptions.restored")
    except SubscriptionLimitError as error:
        return too_many(error.limit, services)


def _heading(stretch: Stretch, texts: Texts) -> Block:
    text = texts("subscriptions.heading", total=counted("count.subscription", stretch.total, texts))
    part = stretch.heading(texts)
    return plain(f"{text} ({part})" if part else text)


def _lines(
    shown: Sequence[Subscription], first: int, chat: Chat | None, now: dt.datetime, services: Services
) -> tuple[Block, ...]:
    """One line each, numbered as the buttons are."""
    return tuple(
        _line(number, one, state_phrase(one, chat, now, services.texts), services)
        for number, one in enumerate(shown, start=first)
    )


def _line(number: int, one: Subscription, when: str, services: Services) -> Block:
    texts = services.texts
    unclear = texts("subscriptions.unclear_short")
    doubt = () if is_understood(one, services) else (Span(f" – {unclear}", "italic"),)
    return Block((Span(f"{number}. {label_of(one, texts)}", "bold"), Span(f" – {when}"), *doubt))


def _buttons(shown: Sequence[Subscription], first: int, texts: Texts) -> tuple[ButtonRow, ...]:
    return in_rows(
        [
            Button(shortened(f"{number}. {one.shown}", 30), f"/meinabo {one.id}")
            for number, one in enumerate(shown, start=first)
        ],
        width=2,
    )


def no_subscription(services: Services) -> Reply:
    """With examples to tap, the guide, and the way to bring some along."""
    texts = services.texts
    bring = Button(texts("button.import"), "/abo import")
    return Reply((plain(texts("subscriptions.none")),), (_examples(services), (*_new(texts), bring)))


def _examples(services: Services) -> ButtonRow:
    labels = [topic.name for topic in services.topics][:2]
    return tuple(
        Button(services.texts("button.subscribe_to", label=shortened(label, 30)), f"/abo topic {as_argument(label)}")
        for label in labels
    )


def _new(texts: Texts) -> ButtonRow:
    return (Button(texts("button.new_subscription"), "/abo"),)


def _to_list(texts: Texts) -> ButtonRow:
    return (Button(texts("button.subscriptions"), "/abos"),)
