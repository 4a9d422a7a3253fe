"""Updates by webhook: Telegram posts each one to us, and posts it again until we say that we have it.

    POST ─▶ secret, size, form ─▶ kept in the store (committed) ─▶ 200
                                          │ wake
                                          ▼
                       claim, of each chat the oldest ─▶ handle ─▶ forget

So an update is answered for before it is worked on, but not before it is safe. Any instance on the same store may work
on it; one that dies over an update loses its claim, and another takes it up.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web
from telegram import Bot

from bot.clock import Clock
from bot.transports.attempts import Attempts, BackOff, introduce
from bot.transports.raw_update import Handle, handle_raw
from bot.transports.telegram_update import ALLOWED_UPDATES
from bot.transports.update_order import order_of
from config.settings import Secret
from storage import received
from storage.database import Database
from storage.received import Received

# Bytes: far above any update (text is at most 4096 characters), far below what could hurt.
LARGEST_UPDATE = 1024 * 1024
HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Requests that Telegram keeps open side by side (Bot API: 1-100).
CONNECTIONS = 100
# As long as an answer takes with all its waiting; after it another may take the update up.
LEASE = dt.timedelta(minutes=3)
AT_ONCE = 200
# Seconds after which somebody looks for updates that another instance left behind, or brought.
LOOK_EVERY = 1.0

_TRANSPORT = "telegram"

_log = logging.getLogger(__name__)


class WebhookDoor:
    """Where Telegram knocks. `wake` is told of every update that is new."""

    def __init__(self, secret: Secret, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._secret = secret
        self._database = database
        self._clock = clock
        self._wake = wake

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
        self._wake()
        return web.Response()

    def _knows_secret(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(errors="replace"), self._secret.reveal().encode())

    async def _keep(self, update: dict[str, Any]) -> None:
        async with self._database.begin() as conn:
            await received.keep(conn, _TRANSPORT, update["update_id"], order_of(update), update, self._clock.now())


def _update_in(body: bytes) -> dict[str, Any] | None:
    """The update, if it can be told apart from others; what is wrong inside it is found when it is handled."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    sound = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
    return update if sound else None


class WebhookUpdates:
    """Sets the webhook, and handles what it brings until `stop`. `url` is where Telegram finds the door, `owner` the
    number of this instance, for others to know whose claim it is."""

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        database: Database,
        clock: Clock,
        url: str,
        secret: Secret,
        back_off: BackOff | None = None,
        owner: int | None = None,
    ) -> None:
        self._owner = owner
        self._bot = bot
        self._handle = handle
        self._database = database
        self._clock = clock
        self._url = url
        self._secret = secret
        self._stopping = asyncio.Event()
        self._attempts = Attempts(back_off or BackOff(), self._stopping)
        self._awake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something to handle."""
        self._awake.set()

    def stop(self) -> None:
        """End `run` soon. What is being handled is finished; what is not stays in the store."""
        self._stopping.set()
        self._awake.set()

    async def run(self) -> None:
        """Until `stop`. Raises TokenRefusedError when Telegram refuses the token at the start."""
        await self._attempts.until_done(self._introduce)
        while not self._stopping.is_set():
            self._awake.clear()
            if not await self._begin():
                await self._doze()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def look_after(self) -> None:
        """Set the webhook again where another program took it away, and say what Telegram cannot deliver."""
        found = await self._bot.get_webhook_info()
        if found.url != self._url:
            _log.warning("webhook.was_changed")
            await self._set()
        if found.last_error_message and found.pending_update_count:
            fields = {"reason": found.last_error_message, "waiting": found.pending_update_count}
            _log.warning("webhook.not_reached", extra={"fields": fields})

    async def _introduce(self) -> None:
        await introduce(self._bot)
        await self._set()

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret.reveal(),
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=CONNECTIONS,
        )

    async def _begin(self) -> bool:
        """Start handling what can be; whether there was anything. Never raises: the store may be away for a while."""
        try:
            mine = await self._claim()
        except Exception:
            _log.exception("webhook.not_claimed")
            return False
        for one in mine:
            task = asyncio.create_task(self._one(one))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return bool(mine)

    async def _claim(self) -> tuple[Received, ...]:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return ()
        async with self._database.begin() as conn:
            return await received.claim(conn, _TRANSPORT, self._clock.now(), LEASE, room, self._owner)

    async def _one(self, update: Received) -> None:
        await handle_raw(self._bot, self._handle, update.number, dict(update.body))
        try:
            async with self._database.begin() as conn:
                await received.end(conn, _TRANSPORT, update.number)
        except Exception:  # when the lease has ended it is handled again, and then known to be answered
            _log.exception("webhook.not_forgotten", extra={"fields": {"update_id": update.number}})

    def _ended(self, task: asyncio.Task[None]) -> None:
        """The chat's next update can be claimed now."""
        self._under_way.discard(task)
        self.wake()

    async def _doze(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await self._awake.wait()
        except TimeoutError:
            return
