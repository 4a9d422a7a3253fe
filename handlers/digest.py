"""/digest: one message a day (or on some days) instead of one for each resolution."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from config.texts import Texts
from handlers.paging import ButtonRow
from handlers.phrases import counted, zone_name
from handlers.reply import Button, Incoming, Reply, plain
from handlers.services import Services
from handlers.setting_commands import SetDigest, SetEmptyDigests, ShowDigest
from handlers.subscription_phrases import rhythm_phrase
from storage import chats, subscriptions
from storage.chats import Chat


async def show_digest(_command: ShowDigest, incoming: Incoming, services: Services) -> Reply:
    texts = services.texts
    async with services.database.read() as conn:
        chat = await chats.get(conn, incoming.chat)
    if chat is None or chat.digest_minute is None:
        return Reply((plain(texts("digest.is_off")),), (_times(texts),))
    when = rhythm_phrase("digest", chat, texts)
    text = texts("digest.is_on", when=when, zone=zone_name(chat.timezone, texts))
    return Reply((plain(text),), (_times(texts), (Button(texts("button.digest_off"), "/digest aus"),)))


async def set_digest(command: SetDigest, incoming: Incoming, services: Services) -> Reply:
    """Moves every subscription of the chat to the digest, or back."""
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        covered = _covered(command, chat, incoming.at)
        chat = await chats.set_digest(conn, chat.key, command.minute, command.days, covered) or chat
        moved = await subscriptions.set_rhythm(
            conn, chat.key, None, "immediate" if command.minute is None else "digest"
        )
    return _said(chat, moved, services.texts)


def _covered(command: SetDigest, chat: Chat, now: dt.datetime) -> dt.date | None:
    """The last local date whose moment has passed: the new wish holds from the next one on."""
    if command.minute is None:
        return None
    local = now.astimezone(ZoneInfo(chat.timezone))
    passed = local.hour * 60 + local.minute >= command.minute
    return local.date() if passed else local.date() - dt.timedelta(days=1)


async def set_empty_digests(command: SetEmptyDigests, incoming: Incoming, services: Services) -> Reply:
    async with services.database.begin() as conn:
        chat = await chats.ensure(conn, incoming.chat, services.default_timezone, incoming.at)
        await chats.configure(conn, chat.key, empty_digests=command.wanted)
    return Reply((plain(services.texts("digest.empty_too" if command.wanted else "digest.empty_not")),))


def _said(chat: Chat, moved: int, texts: Texts) -> Reply:
    if chat.digest_minute is None:
        text, buttons = texts("digest.off"), _times(texts)
    else:
        text = texts("digest.on", when=rhythm_phrase("digest", chat, texts), zone=zone_name(chat.timezone, texts))
        buttons = (Button(texts("button.digest_off"), "/digest aus"),)
    behind = counted("digest.moved", moved, texts)
    listed = (Button(texts("button.subscriptions"), "/abos"),)
    return Reply((plain(f"{text} {behind}"),), (buttons, listed), total=moved)


def _times(texts: Texts) -> ButtonRow:
    return tuple(
        Button(texts("button.digest_at", time=time), f"/digest {time}") for time in ("07:30", "12:00", "17:00")
    )
