"""One raw update to whoever handles updates; whatever is wrong with it stays with it."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update

from storage.column_types import whole_characters

Handle = Callable[[Update], Awaitable[None]]

_NO_TEXT = " "
"""A message without words is answered too."""

_log = logging.getLogger(__name__)


def legible(raw: Any) -> dict[str, Any] | None:
    """Of an update that cannot be read whole, what is needed to answer the person in a private chat: who, and the text
    if there is one. None for all others."""
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return None
    message = raw.get("message")
    if not isinstance(message, dict) or not isinstance(chat := message.get("chat"), dict):
        return None
    if chat.get("type") != "private":
        return None
    kept = {name: message[name] for name in ("message_id", "date", "chat", "from") if name in message}
    text = message.get("text") or message.get("caption")
    return {"update_id": raw["update_id"], "message": {**kept, "text": text if isinstance(text, str) else _NO_TEXT}}


async def handle_raw(bot: Bot, handle: Handle, number: int, raw: Any) -> None:
    """Never raises for what the update holds or the handler does; both are logged, without what people wrote."""
    raw = _mended(number, raw)
    update = _read(bot, number, raw)
    if update is None and (rest := legible(raw)) is not None:
        update = _read(bot, number, rest)
    if update is None:
        return
    try:
        await handle(update)
    except Exception:
        _log.exception("telegram.update_failed", extra={"fields": {"update_id": number}})


def _read(bot: Bot, number: int, raw: Any) -> Update | None:
    """None, and a line in the log, for what the library cannot read (news of Telegram's that it does not know yet)."""
    try:
        return Update.de_json(raw, bot)
    except Exception as error:
        _unreadable(number, type(error).__name__)
        return None


def _mended(number: int, raw: Any) -> Any:
    """With replacement characters, and a line in the log, where halves of surrogate pairs stand in it: they are no text
    that could be kept, or sent back."""
    written = json.dumps(raw, ensure_ascii=False)
    if (whole := whole_characters(written)) == written:
        return raw
    _unreadable(number, "half a surrogate pair")
    return json.loads(whole)


def _unreadable(number: int, error: str) -> None:
    _log.error("telegram.update_unreadable", extra={"fields": {"update_id": number, "error": error}})
