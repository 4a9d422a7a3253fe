"""What a Telegram update means to us. Pure: an update in, one event or nothing out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    Update,
)
from telegram.constants import ChatType

from handlers.reply import ChatKind

# A command may name its bot: “/topic@BeschlussBot Sprachkurse”.
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>\s.*)?", re.DOTALL)

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)


LARGEST_LIST = 64 * 1024
"""Bytes: more than all subscriptions that a chat may have."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message or a tap to answer. `thread`: the forum topic it stands in; `query`: the tap to acknowledge; `pressed`:
    the message with the button that was tapped.

    `user_id`: who it was; for an administrator who writes in a group's name the group itself; None for others who write
    in the name of a channel. `language`: what the person's client is set to (an IETF tag), where Telegram says it.
    `document`: the id of a text file that came along and is small enough to be a list of subscriptions.
    """

    chat_id: str
    text: str
    thread: int | None = None
    query: str | None = None
    user_id: str | None = None
    kind: ChatKind = "private"
    pressed: str | None = None
    language: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    chat_id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The bot was unblocked by a person, or taken into a group or channel by `user_id`."""

    chat_id: str
    user_id: str
    kind: ChatKind = "private"


@dataclass(frozen=True, slots=True)
class Moved:
    old_id: str
    new_id: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody searches from within another chat."""

    query: str
    user_id: str
    text: str
    offset: str = ""
    language: str | None = None


Event = Said | Closed | Opened | Moved | Looked


def read_update(update: Update, username: str, is_command: Callable[[str], bool]) -> Event | None:
    """The event, or None for what is not for us. `is_command` knows our commands' names (without slash)."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.inline_query is not None:
        asked, person = update.inline_query, update.inline_query.from_user
        return Looked(asked.id, str(person.id), asked.query, asked.offset, person.language_code)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.edited_message is not None:
        return _corrected(update.edited_message, username, is_command)
    message = update.message or update.channel_post
    return None if message is None else _migration(message) or _message(message, username, is_command)


def _corrected(message: Message, username: str, is_command: Callable[[str], bool]) -> Said | None:
    """What a person has typed wrongly at first is answered as it reads now. In groups people mend what they say to
    each other, and a location that moves is edited all the time."""
    private = message.chat.type == ChatType.PRIVATE
    written = message.text or message.caption
    return _message(message, username, is_command) if private and written else None


def _tap(query: CallbackQuery) -> Said | None:
    if not query.data:
        return None
    user_id = str(query.from_user.id)
    if query.message is None:
        return Said(user_id, query.data, None, query.id, user_id, language=query.from_user.language_code)
    thread = _thread(query.message) if isinstance(query.message, Message) else None
    chat, pressed = query.message.chat, str(query.message.message_id)
    spoken = query.from_user.language_code
    return Said(str(chat.id), query.data, thread, query.id, user_id, _kind(chat), pressed, spoken)


def _membership(change: ChatMemberUpdated) -> Closed | Opened:
    if not _may_write(change.new_chat_member, change.chat):
        return Closed(str(change.chat.id))
    return Opened(str(change.chat.id), str(change.from_user.id), _kind(change.chat))


def _may_write(bot: ChatMember, chat: Chat) -> bool:
    """In a channel administrators with that right write, in a group all who are not kept from it."""
    match bot:
        case ChatMemberBanned() | ChatMemberLeft():
            return False
        case ChatMemberRestricted():
            return bot.is_member and bot.can_send_messages
        case ChatMemberAdministrator() if chat.type == ChatType.CHANNEL:
            return bool(bot.can_post_messages)
    return True


def _migration(message: Message) -> Moved | None:
    """Both halves of the news: the old chat says where it goes, the new one where it comes from."""
    if message.migrate_to_chat_id is not None:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return Moved(str(message.migrate_from_chat_id), str(message.chat.id))
    return None


def _message(message: Message, username: str, is_command: Callable[[str], bool]) -> Said | None:
    line = _line(message, username, is_command)
    if line is None:
        return None
    place, author, kind = str(message.chat.id), _author(message), _kind(message.chat)
    document = _text_file(message)
    return Said(place, line, _thread(message), None, author, kind, language=_language(message), document=document)


def _line(message: Message, username: str, is_command: Callable[[str], bool]) -> str | None:
    """What was said to us; None for what was not. A channel that was chosen is a command like any other."""
    private = message.chat.type == ChatType.PRIVATE
    if message.via_bot is not None and message.via_bot.username == username:
        return None  # a card of our inline mode, which says all there is to say
    if message.is_automatic_forward:
        return None  # a post of the linked channel, which speaks to its readers
    if message.chat_shared is not None:
        return f"/kanal verbinden {message.chat_shared.chat_id}"
    text = message.text or message.caption
    if text is None:
        # A photo or voice message gets an answer too; news such as “pinned a message” does not.
        sent = private and message.effective_attachment
        return "" if sent or (_text_file(message) and _answers_us(message, username)) else None
    command = _COMMAND.fullmatch(text)
    if command is None:
        return text if private else _addressed(message, text, username)
    for_us = _for_us(command, username, private or is_command(command["name"]))
    return f"/{command['name']}{command['rest'] or ''}" if for_us else None


def _addressed(message: Message, text: str, username: str) -> str | None:
    """In a group: what mentions the bot (its name is taken out), or answers one of its messages."""
    mention = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    if mention.search(text):
        return mention.sub(" ", text).strip()
    return text if _answers_us(message, username) else None


def _answers_us(message: Message, username: str) -> bool:
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.username != username:
        return False
    # In a topic every message that answers none answers the one that opened it, which is no text.
    return bool(answered.text or answered.effective_attachment)


def _text_file(message: Message) -> str | None:
    file = message.document
    if file is None or (file.file_size or LARGEST_LIST + 1) > LARGEST_LIST:
        return None
    is_text = file.mime_type == "text/plain" or (file.file_name or "").casefold().endswith(".txt")
    return file.file_id if is_text else None


def _for_us(command: re.Match[str], username: str, ours: bool) -> bool:
    """One that names a bot is for that bot; one that names none is for us if it is one of ours."""
    return command["bot"].casefold() == username.casefold() if command["bot"] else ours


def _author(message: Message) -> str | None:
    """Who writes in a chat's name shows as a bot of Telegram's; the name is in `sender_chat`."""
    if message.sender_chat is not None:
        return str(message.chat.id) if message.sender_chat.id == message.chat.id else None
    return str(message.from_user.id) if message.from_user else None


def _kind(chat: Chat) -> ChatKind:
    if chat.type == ChatType.PRIVATE:
        return "private"
    return "channel" if chat.type == ChatType.CHANNEL else "group"


def _language(message: Message) -> str | None:
    """Channels have no author."""
    return message.from_user.language_code if message.from_user else None


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
