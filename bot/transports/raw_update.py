"""One raw update to whoever handles updates; whatever is wrong with it stays with it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, Update

Handle = Callable[[Update], Awaitable[None]]

_log = logging.getLogger(__name__)


async def handle_raw(bot: Bot, handle: Handle, number: int, raw: Any) -> None:
    """Never raises for what the update holds or the handler does; both are logged, without what people wrote."""
    try:
        update = Update.de_json(raw, bot)
    except Exception as error:
        fields = {"update_id": number, "error": type(error).__name__}
        _log.error("telegram.update_unreadable", extra={"fields": fields})
        return
    try:
        await handle(update)
    except Exception:
        _log.exception("telegram.update_failed", extra={"fields": {"update_id": number}})
