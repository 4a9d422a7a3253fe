"""The Bot API methods the project uses, by name, with the parameters each one takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.files import upload
from tests.fake_telegram.inline import check_answer
from tests.fake_telegram.membership import get_chat, get_chat_member
from tests.fake_telegram.parameters import Reader, boolean, integer, string, structure
from tests.fake_telegram.profile import get_my_commands, get_text, set_my_commands, set_text
from tests.fake_telegram.sending import edit_message_reply_markup, edit_message_text, send_file, send_message
from tests.fake_telegram.update_methods import delete_webhook, get_updates, get_webhook_info, set_webhook
from tests.fake_telegram.world import BOT, World

LONGEST_TOAST = 200  # characters


@dataclass(frozen=True)
class Method:
    run: Callable[[World, Json], Awaitable[object]]
    takes: Mapping[str, Reader] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()


async def get_me(world: World, given: Json) -> Json:
    return BOT


async def send_chat_action(world: World, given: Json) -> bool:
    chat = world.chat(given["chat_id"])
    chat.check_open()
    if given["action"] not in ("typing", "upload_photo", "upload_document"):
        raise bad_request("wrong parameter action in request")
    if chat.type == "channel":
        raise bad_request("chat actions are not shown in channels")
    return True


async def get_file(world: World, given: Json) -> Json:
    data = world.files.get(given["file_id"])
    if data is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    about = {"file_id": given["file_id"], "file_unique_id": given["file_id"]}
    return about | {"file_size": len(data), "file_path": f"documents/{given['file_id']}"}


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


async def answer_inline_query(world: World, given: Json) -> bool:
    query = given["inline_query_id"]
    if query not in world.open_inline:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = check_answer(given)
    world.open_inline.remove(query)
    world.inline_answers[query] = answer
    return True


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
    "getFile": Method(get_file, {"file_id": string}, frozenset({"file_id"})),
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
        set_text("description", 512), {"description": string, "language_code": string}, frozenset({"description"})
    ),
    "getMyDescription": Method(get_text("description"), {"language_code": string}),
    "setMyShortDescription": Method(
        set_text("short_description", 120),
        {"short_description": string, "language_code": string},
        frozenset({"short_description"}),
    ),
    "getMyShortDescription": Method(get_text("short_description"), {"language_code": string}),
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
