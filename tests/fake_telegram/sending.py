"""Sending and editing messages, as the Bot API does it."""

from __future__ import annotations

from dataclasses import replace

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.files import checked
from tests.fake_telegram.keyboard import check_keyboard
from tests.fake_telegram.reply_keyboard import check_reply_keyboard
from tests.fake_telegram.text import check_entities, check_text
from tests.fake_telegram.world import BOT, FakeChat, SentMessage, World


async def send_message(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    chat.check_open()
    thread = given.get("message_thread_id")
    if thread is not None and thread not in chat.threads:
        raise bad_request("message thread not found")
    message = _message(given, world.next_message_id(), chat)
    message.thread = thread
    chat.messages.append(message)
    return _as_json(world, chat, message)


async def send_file(kind: str, world: World, given: Json) -> Json:
    """sendPhoto and sendDocument."""
    chat = world.chat(given["chat_id"])
    chat.check_open()
    thread, caption = given.get("message_thread_id"), given.get("caption", "")
    if thread is not None and thread not in chat.threads:
        raise bad_request("message thread not found")
    file = checked(kind, given)
    message = SentMessage(world.next_message_id(), caption, [], [], thread, file)
    chat.messages.append(message)
    held: object = {"file_id": "1", "file_unique_id": "1", "file_name": file.name}
    if kind == "photo":
        held = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    return world.message_json(chat, message.message_id, BOT, caption=caption or None, **{kind: held})


async def edit_message_text(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"])
    chat.check_open()
    number = given["message_id"]
    at = _place_of(chat, number)
    message = _message(given, number, chat)
    message.thread = chat.messages[at].thread
    _put(chat, at, message)
    return _as_json(world, chat, message)


async def edit_message_reply_markup(world: World, given: Json) -> Json:
    """The buttons alone; without any they go."""
    chat = world.chat(given["chat_id"])
    chat.check_open()
    at = _place_of(chat, given["message_id"])
    rows = check_keyboard(given["reply_markup"]) if "reply_markup" in given else []
    message = replace(chat.messages[at], buttons=rows)
    _put(chat, at, message)
    return _as_json(world, chat, message)


def _place_of(chat: FakeChat, number: int) -> int:
    """Where the message stands; those that the chat calls frozen cannot be edited."""
    at = next((at for at, message in enumerate(chat.messages) if message.message_id == number), None)
    if at is None:
        raise bad_request("message to edit not found")
    if number in chat.frozen:
        raise bad_request("message can't be edited")
    return at


def _put(chat: FakeChat, at: int, message: SentMessage) -> None:
    if message == chat.messages[at]:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message"
        )
    chat.messages[at] = message


def _message(given: Json, number: int, chat: FakeChat) -> SentMessage:
    text, entities, markup = given["text"], given.get("entities", []), given.get("reply_markup", {})
    check_text(text)
    check_entities(text, entities)
    rows = check_keyboard(markup) if "inline_keyboard" in markup else []
    below = check_reply_keyboard(markup, chat) if markup and "inline_keyboard" not in markup else None
    return SentMessage(number, text, entities, rows, keyboard=below)


def _as_json(world: World, chat: FakeChat, message: SentMessage) -> Json:
    return world.message_json(
        chat,
        message.message_id,
        BOT,
        text=message.text,
        entities=message.entities or None,
        reply_markup={"inline_keyboard": message.buttons} if message.buttons else None,
        message_thread_id=message.thread,
    )
