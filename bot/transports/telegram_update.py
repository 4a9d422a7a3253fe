"""What a Telegram update means to us. Pure: an update in, one event or nothing out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

# A command may name its bot: “/topic@BeschlussBot Sprachkurse”.
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>\s.*)?", re.DOTALL)

ALLOWED_UPDATES = ("message", "channel_post", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a tap to answer. `thread`: the forum topic it stands in; `query`: the tap to acknowledge;
    `language`: what the person's client is set to (an IETF tag), None where Telegram does not say."""

    chat_id: str
    text: str
    thread: int | None = None
    query: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    chat_id: str


@dataclass(frozen=True, slots=True)
class Opened:
    chat_id: str


@dataclass(frozen=True, slots=True)
class Moved:
    old_id: str
    new_id: str


Event = Said | Closed | Opened | Moved


def read_update(update: Update, username: str, is_command: Callable[[str], bool]) -> Event | None:
    """The event, or None for what is not for us. `is_command` knows our commands' names (without slash)."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.channel_post
    return None if message is None else _migration(message) or _message(message, username, is_command)


def _tap(query: CallbackQuery) -> Said | None:
    if not query.data:
        return None
    chat_id = query.message.chat.id if query.message else query.from_user.id
    thread = _thread(query.message) if isinstance(query.message, Message) else None
    return Said(str(chat_id), query.data, thread, query.id, query.from_user.language_code)


def _membership(change: ChatMemberUpdated) -> Closed | Opened:
    gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    return Closed(str(change.chat.id)) if gone else Opened(str(change.chat.id))


def _migration(message: Message) -> Moved | None:
    """Both halves of the news: the old chat says where it goes, the new one where it comes from."""
    if message.migrate_to_chat_id is not None:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return Moved(str(message.migrate_from_chat_id), str(message.chat.id))
    return None


def _message(message: Message, username: str, is_command: Callable[[str], bool]) -> Said | None:
    private = message.chat.type == ChatType.PRIVATE
    text = message.text or message.caption
    if text is None:
        # A photo or voice message gets an answer too; news such as “pinned a message” does not.
        return (
            Said(str(message.chat.id), "", language=_language(message))
            if private and message.effective_attachment
            else None
        )
    command = _COMMAND.fullmatch(text)
    if command is None:
        return Said(str(message.chat.id), text, language=_language(message)) if private else None
    for_us = _for_us(command, username, private or is_command(command["name"]))
    line = f"/{command['name']}{command['rest'] or ''}"
    return Said(str(message.chat.id), line, _thread(message), language=_language(message)) if for_us else None


def _for_us(command: re.Match[str], username: str, ours: bool) -> bool:
    """One that names a bot is for that bot; one that names none is for us if it is one of ours."""
    return command["bot"].casefold() == username.casefold() if command["bot"] else ours


def _language(message: Message) -> str | None:
    """Channels have no author."""
    return message.from_user.language_code if message.from_user else None


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
