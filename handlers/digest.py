"""/digest: one message a day instead of one for each resolution."""

from __future__ import annotations

from config.texts import Texts
from handlers.command_types import SetDigest, ShowDigest
from handlers.paging import ButtonRow
from handlers.phrases import counted, time_of_day
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from storage import chats, subscriptions


async def show_digest(_command: ShowDigest, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
    if chat is None or chat.digest_minute is None:
        return Reply((plain(texts("digest.is_off")),), (_times(texts),))
    text = texts("digest.is_on", time=time_of_day(chat.digest_minute), zone=chat.timezone)
    return Reply((plain(text),), (_times(texts), (Button(texts("button.digest_off"), "/digest aus"),)))


async def set_digest(command: SetDigest, incoming: Incoming, services: Services) -> Reply:
    """Moves every subscription of the chat to the digest, or back."""
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        await chats.set_digest(conn, chat.key, command.minute)
        moved = await subscriptions.set_rhythm(
            conn, chat.key, None, "immediate" if command.minute is None else "digest"
        )
    return _said(command.minute, chat.timezone, moved, services.texts)


def _said(minute: int | None, zone: str, moved: int, texts: Texts) -> Reply:
    if minute is None:
        text, buttons = texts("digest.off"), _times(texts)
    else:
        text = texts("digest.on", time=time_of_day(minute), zone=zone)
        buttons = (Button(texts("button.digest_off"), "/digest aus"),)
    what = texts("digest.moved", subscriptions=counted("count.subscription", moved, texts))
    behind = what if moved else texts("digest.no_subscription")
    listed = (Button(texts("button.subscriptions"), "/abos"),)
    return Reply((plain(f"{text} {behind}"),), (buttons, listed), total=moved)


def _times(texts: Texts) -> ButtonRow:
    return tuple(
        Button(texts("button.digest_at", time=time), f"/digest {time}") for time in ("07:30", "12:00", "17:00")
    )
