"""The Bot API methods the project uses, by name, with the parameters each one takes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from tests.fake_telegram.answers import Json, RefusedError, bad_request
from tests.fake_telegram.files import checked, upload
from tests.fake_telegram.inline import check_answer
from tests.fake_telegram.keyboard import check_keyboard
from tests.fake_telegram.membership import get_chat, get_chat_member
from tests.fake_telegram.parameters import Reader, boolean, integer, string, structure
from tests.fake_telegram.reply_keyboard import check_reply_keyboard
from tests.fake_telegram.text import check_entities, check_text
from tests.fake_telegram.world import BOT, FakeChat, SentMessage, World

LONGEST_TOAST = 200  # characters
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK = re.compile(r"https://[^/:]+(:(443|80|88|8443))?(/.*)?")


@dataclass(frozen=True)
class Method:
    run: Callable[[World, Json], Awaitable[object]]
    takes: Mapping[str, Reader] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()


async def get_me(world: World, given: Json) -> Json:
    return BOT


async def get_updates(world: World, given: Json) -> list[Json]:
    if world.webhook is not None:
        what = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
        raise RefusedError(409, what)
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"] or None
    limit = given.get("limit", 100)
    if not 1 <= limit <= 100:
        raise bad_request("limit must be 1 to 100")
    return await world.updates.take(given.get("offset", 0), limit, given.get("timeout", 0))


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


async def send_chat_action(world: World, given: Json) -> bool:
    chat = world.chat(given["chat_id"])
    chat.check_open()
    if given["action"] not in ("typing", "upload_photo", "upload_document"):
        raise bad_request("wrong parameter action in request")
    if chat.type == "channel":
        raise bad_request("chat actions are not shown in channels")
    return True


async def leave_chat(world: World, given: Json) -> bool:
    chat = world.chat(given["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.check_open()
    chat.closed = f"bot is not a member of the {chat.type} chat"
    world.membership(chat, BOT, "member", "left")
    return True


async def answer_callback_query(world: World, given: Json) -> bool:
    query = given["callback_query_id"]
    if query not in world.open_queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    world.open_queries.remove(query)
    world.answered_queries.append(query)
    if len(given.get("text", "")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if given.get("text"):
        world.toasts.append(given["text"])
    return True


async def set_my_commands(world: World, given: Json) -> bool:
    commands = given["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope, code = _place_of_menu(given)
    if commands:
        world.menus[scope, code] = commands
    else:
        world.menus.pop((scope, code), None)
    return True


async def get_my_commands(world: World, given: Json) -> list[Json]:
    """Exactly what was set there: the fall back on wider scopes is the client's business."""
    return world.menus.get(_place_of_menu(given), [])


def _place_of_menu(given: Json) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})["type"]
    if scope not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        raise bad_request(f"BotCommandScope {scope} is not known to this fake")
    return scope, _language(given)


def _language(given: Json) -> str:
    code: str = given.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _set_text(name: str, longest: int) -> Callable[[World, Json], Awaitable[bool]]:
    async def run(world: World, given: Json) -> bool:
        text = given.get(name, "")
        if len(text) > longest:
            raise bad_request(f"BOT_{name.upper()}_INVALID")
        world.descriptions[name, _language(given)] = text
        return True

    return run


def _get_text(name: str) -> Callable[[World, Json], Awaitable[Json]]:
    async def run(world: World, given: Json) -> Json:
        return {name: world.descriptions.get((name, _language(given)), "")}

    return run


async def set_webhook(world: World, given: Json) -> bool:
    if not _WEBHOOK.fullmatch(given["url"]):
        raise bad_request("bad webhook: An HTTPS URL on port 443, 80, 88 or 8443 must be provided")
    if "secret_token" in given and not _SECRET.fullmatch(given["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= given.get("max_connections", 40) <= 100:
        raise bad_request("max_connections must be 1 to 100")
    await _drop(world, given)
    if "allowed_updates" in given:
        world.updates.allowed = given["allowed_updates"] or None
    world.webhook, world.webhook_error = given, None
    world.updates.wake()
    return True


async def delete_webhook(world: World, given: Json) -> bool:
    world.webhook = None
    await _drop(world, given)
    return True


async def _drop(world: World, given: Json) -> None:
    if given.get("drop_pending_updates"):
        await world.updates.take(2**31, 100, 0)


async def answer_inline_query(world: World, given: Json) -> bool:
    query = given["inline_query_id"]
    if query not in world.open_inline:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = check_answer(given)
    world.open_inline.remove(query)
    world.inline_answers[query] = answer
    return True


async def get_webhook_info(world: World, given: Json) -> Json:
    url = world.webhook["url"] if world.webhook else ""
    failed = {"last_error_message": world.webhook_error} if world.webhook_error else {}
    count = len(world.updates.pending)
    return {"url": url, "has_custom_certificate": False, "pending_update_count": count, **failed}


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


_CONTENT: Mapping[str, Reader] = {
    "chat_id": integer,
    "text": string,
    "entities": structure,
    "reply_markup": structure,
    "link_preview_options": structure,
}

_FILE: Mapping[str, Reader] = {
    "chat_id": integer,
    "caption": string,
    "message_thread_id": integer,
    "disable_notification": boolean,
    "disable_content_type_detection": boolean,
}

METHODS: Mapping[str, Method] = {
    "sendPhoto": Method(partial(send_file, "photo"), {**_FILE, "photo": upload}, frozenset({"chat_id", "photo"})),
    "sendDocument": Method(
        partial(send_file, "document"), {**_FILE, "document": upload}, frozenset({"chat_id", "document"})
    ),
    "getMe": Method(get_me),
    "getUpdates": Method(
        get_updates, {"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": structure}
    ),
    "sendMessage": Method(
        send_message,
        {**_CONTENT, "message_thread_id": integer, "disable_notification": boolean, "protect_content": boolean},
        frozenset({"chat_id", "text"}),
    ),
    "editMessageText": Method(
        edit_message_text, {**_CONTENT, "message_id": integer}, frozenset({"chat_id", "message_id", "text"})
    ),
    "editMessageReplyMarkup": Method(
        edit_message_reply_markup,
        {"chat_id": integer, "message_id": integer, "reply_markup": structure},
        frozenset({"chat_id", "message_id"}),
    ),
    "answerCallbackQuery": Method(
        answer_callback_query,
        {"callback_query_id": string, "text": string, "show_alert": boolean},
        frozenset({"callback_query_id"}),
    ),
    "answerInlineQuery": Method(
        answer_inline_query,
        {
            "inline_query_id": string,
            "results": structure,
            "cache_time": integer,
            "is_personal": boolean,
            "next_offset": string,
            "button": structure,
        },
        frozenset({"inline_query_id", "results"}),
    ),
    "sendChatAction": Method(
        send_chat_action,
        {"chat_id": integer, "action": string, "message_thread_id": integer},
        frozenset({"chat_id", "action"}),
    ),
    "getChat": Method(get_chat, {"chat_id": integer}, frozenset({"chat_id"})),
    "getChatMember": Method(
        get_chat_member, {"chat_id": integer, "user_id": integer}, frozenset({"chat_id", "user_id"})
    ),
    "leaveChat": Method(leave_chat, {"chat_id": integer}, frozenset({"chat_id"})),
    "setMyCommands": Method(
        set_my_commands, {"commands": structure, "scope": structure, "language_code": string}, frozenset({"commands"})
    ),
    "getMyCommands": Method(get_my_commands, {"scope": structure, "language_code": string}),
    "setMyDescription": Method(
        _set_text("description", 512), {"description": string, "language_code": string}, frozenset({"description"})
    ),
    "getMyDescription": Method(_get_text("description"), {"language_code": string}),
    "setMyShortDescription": Method(
        _set_text("short_description", 120),
        {"short_description": string, "language_code": string},
        frozenset({"short_description"}),
    ),
    "getMyShortDescription": Method(_get_text("short_description"), {"language_code": string}),
    "setWebhook": Method(
        set_webhook,
        {
            "url": string,
            "secret_token": string,
            "allowed_updates": structure,
            "max_connections": integer,
            "drop_pending_updates": boolean,
        },
        frozenset({"url"}),
    ),
    "getWebhookInfo": Method(get_webhook_info),
    "deleteWebhook": Method(delete_webhook, {"drop_pending_updates": boolean}),
}
