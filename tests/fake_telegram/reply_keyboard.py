"""What a keyboard below the chat must be like: here only with buttons that let one choose a chat."""

from __future__ import annotations

from typing import Any

from tests.fake_telegram.answers import Json, bad_request
from tests.fake_telegram.world import FakeChat

_MARKUP = {"keyboard", "resize_keyboard", "one_time_keyboard", "is_persistent", "input_field_placeholder", "selective"}
_REQUEST = {
    "request_id",
    "chat_is_channel",
    "chat_is_forum",
    "chat_has_username",
    "chat_is_created",
    "user_administrator_rights",
    "bot_administrator_rights",
    "bot_is_member",
    "request_title",
    "request_username",
    "request_photo",
}


def check_reply_keyboard(markup: Json, chat: FakeChat) -> list[list[Json]]:
    """The rows of buttons; none where the keyboard is taken away."""
    if set(markup) <= {"remove_keyboard", "selective"} and markup.get("remove_keyboard") is True:
        return []
    rows = markup.get("keyboard")
    if not set(markup) <= _MARKUP or not isinstance(rows, list) or not rows:
        raise bad_request("can't parse reply keyboard markup JSON object")
    for button in (button for row in rows for button in row):
        _check_button(button, chat)
    return rows


def _check_button(button: Json, chat: FakeChat) -> None:
    if not str(button.get("text", "")).strip() or not set(button) <= {"text", "request_chat"}:
        raise bad_request("can't parse keyboard button")
    if "request_chat" not in button:
        return
    if chat.type != "private":
        raise bad_request("BUTTON_TYPE_INVALID: request_chat buttons are for private chats")
    _check_request(button["request_chat"])


def _check_request(request: Any) -> None:
    if not {"request_id", "chat_is_channel"} <= set(request) <= _REQUEST:
        raise bad_request("can't parse KeyboardButtonRequestChat")
    theirs, ours = request.get("user_administrator_rights", {}), request.get("bot_administrator_rights", {})
    if any(given and not theirs.get(right) for right, given in ours.items()):
        raise bad_request("bot_administrator_rights must be a subset of user_administrator_rights")
