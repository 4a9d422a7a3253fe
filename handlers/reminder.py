"""Messages about what a chat watches or has subscribed to: a reminder, a subscription that means nothing."""

from __future__ import annotations

from config.texts import Texts
from handlers.command_arguments import as_argument
from handlers.render_resolution import button_to, short_name
from handlers.reply import Button, Reply, plain
from handlers.services import Services
from handlers.subscription_phrases import label_of
from handlers.watch_page import blocks_of, later_buttons
from storage import resolutions, subscriptions, watches
from storage.database import Connection
from storage.outbox import OutboxMessage
from storage.resolutions import StoredResolution
from storage.watches import Watch


async def reminder(conn: Connection, message: OutboxMessage, services: Services) -> Reply:
    """As the demand is when the message goes out: what was done or dropped meanwhile is only a line."""
    texts = services.texts
    one = await watches.get(conn, message.chat, message.payload["watch"])
    stored = await resolutions.by_id(conn, one.resolution_id) if one else None
    if one is None or stored is None or one.done_at is not None:
        return Reply((plain(texts("watch.settled")),), ((Button(texts("button.watches"), "/erfolgskontrolle"),),))
    return _reminded(one, stored, texts)


async def unclear(conn: Connection, message: OutboxMessage, services: Services) -> Reply:
    """A subscription names what is no more."""
    texts = services.texts
    one = await subscriptions.get(conn, message.chat, message.payload["subscription"])
    if one is None:
        return Reply((plain(texts("subscriptions.no_such")),), ((Button(texts("button.subscriptions"), "/abos"),),))
    ways = (
        Button(texts("button.to_subscription"), f"/meinabo {one.id}"),
        Button(texts("button.end"), f"/ende {one.id}"),
    )
    anew = Button(texts("button.as_words"), f"/aboneu wann topic {as_argument(one.label)}")
    text = texts("subscriptions.told_unclear", label=label_of(one, texts))
    return Reply((plain(text),), (*(((anew,),) if one.topic else ()), ways))


def _reminded(one: Watch, stored: StoredResolution, texts: Texts) -> Reply:
    settled = (Button(texts("button.done"), f"/erfolgskontrolle {one.id} erledigt"),)
    whole = button_to(stored, texts("button.whole", name=short_name(stored, texts)))
    heading = plain(texts("watch.reminded"), "heading")
    return Reply((heading, *blocks_of(one, stored, texts)), (settled, later_buttons(one, texts), (whole,)), total=1)
