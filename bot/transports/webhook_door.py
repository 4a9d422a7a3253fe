"""Where Telegram knocks: each update comes by an HTTP request of its own, and again until we say that we have it."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from config.settings import Secret

# Bytes: far above any update (text is at most 4096 characters), far below what could hurt.
LARGEST_UPDATE = 1024 * 1024
HEADER = "X-Telegram-Bot-Api-Secret-Token"

_log = logging.getLogger(__name__)


class WebhookDoor:
    """`keep` makes an update safe, or raises why it cannot."""

    def __init__(self, secret: Secret, keep: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._secret = secret
        self._keep = keep

    async def answer(self, request: web.Request) -> web.Response:
        """200: we have it. 403, 413, 400: it is not Telegram, or no update. 503: try again."""
        if not self._knows_secret(request.headers.get(HEADER, "")):
            return web.Response(status=403)
        update = _update_in(await request.read())
        if update is None:
            _log.warning("webhook.no_update")
            return web.Response(status=400)
        try:
            await self._keep(update)
        except Exception:
            _log.exception("webhook.not_kept", extra={"fields": {"update_id": update["update_id"]}})
            return web.Response(status=503)
        return web.Response()

    def _knows_secret(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(errors="replace"), self._secret.reveal().encode())


def _update_in(body: bytes) -> dict[str, Any] | None:
    """The update, if it can be told apart from others; what is wrong inside it is found when it is handled."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    sound = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
    return update if sound else None
