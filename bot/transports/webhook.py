"""Updates by webhook: Telegram posts each one to us, and posts it again until we say that we have it.

    POST ─▶ secret, size, form ─▶ kept in the store, and claimed (committed) ─▶ 200
                                                        │
                                                        ▼
                                        handle, of each chat the oldest ─▶ forget

So an update is answered for before it is worked on, but not before it is safe. The instance that it comes to works on
it if it can, else any other on the same store; one that dies over an update loses its claim, and another takes it up.
What arrives, and what has been handled, is written for all at once that have gathered meanwhile.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot

from bot.batches import Batches
from bot.clock import Clock
from bot.transports.attempts import Attempts, BackOff, introduce
from bot.transports.raw_update import Handle, handle_raw
from bot.transports.telegram_update import ALLOWED_UPDATES
from bot.transports.update_order import order_of
from config.settings import Secret
from storage import received, updates
from storage.database import Database, DatabaseError
from storage.received import Arrived, Claim, Received

# Requests that Telegram keeps open side by side (Bot API: 1-100).
CONNECTIONS = 100
# As long as an answer takes with all its waiting; after it another may take the update up.
LEASE = dt.timedelta(minutes=3)
AT_ONCE = 200
# Seconds after which somebody looks for updates that another instance left behind, or brought.
LOOK_EVERY = 1.0
# Seconds: what was handled may be noted a little later, all of it together.
GATHER = 0.03

_TRANSPORT = "telegram"

_log = logging.getLogger(__name__)


class WebhookUpdates:
    """Sets the webhook, keeps what it brings, and handles that until `stop`. `url` is where Telegram finds the door,
    `owner` the number of this instance, for others to know whose claim it is."""

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
        self._open = False
        self._stopping = asyncio.Event()
        self._attempts = Attempts(back_off or BackOff(), self._stopping)
        self._awake = asyncio.Event()
        self._arriving = Batches(self._keep, of_all=(DatabaseError,))
        self._ending = Batches(self._forget, GATHER, of_all=(DatabaseError,))
        self._under_way: set[asyncio.Task[bool]] = set()

    async def keep(self, update: dict[str, Any]) -> None:
        """An update has come. When this returns it is safe, and begun if there was room for it; raises what is wrong
        with the store."""
        await self._arriving.of(Arrived(update["update_id"], update, order_of(update)))

    def wake(self) -> None:
        """There may be something to handle."""
        self._awake.set()

    def stop(self) -> None:
        """End `run` soon. What is being handled is finished; what is not stays in the store."""
        self._open = False
        self._stopping.set()
        self._awake.set()

    async def run(self) -> None:
        """Until `stop`. Raises TokenRefusedError when Telegram refuses the token at the start."""
        await self._attempts.until_done(self._introduce)
        self._open = not self._stopping.is_set()
        while not self._stopping.is_set():
            self._awake.clear()
            if not await self._take_up():
                await self._doze()
        while self._under_way:  # what was just being kept may still have begun
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

    @property
    def _room(self) -> int:
        return max(0, AT_ONCE - len(self._under_way)) if self._open else 0

    async def _keep(self, arrived: Sequence[Arrived]) -> Sequence[None]:
        """All of them in one statement; what is ours then begins at once. (What there is no room for in another.)"""
        now, room = self._clock.now(), self._room
        claim = Claim(now + LEASE, self._owner)
        async with self._database.single() as conn:
            if len(arrived) > room:
                await received.keep(conn, _TRANSPORT, arrived[room:], now)
            ours = await received.keep(conn, _TRANSPORT, arrived[:room], now, claim) if room else frozenset()
        for one in arrived:
            if one.number in ours:
                self._begin(one)
        return [None] * len(arrived)

    async def _take_up(self) -> bool:
        """Begin what waits and can be begun; whether there was anything. Never raises: the store may be away."""
        try:
            mine = await self._claim()
        except Exception:
            _log.exception("webhook.not_claimed")
            return False
        for one in mine:
            self._begin(one)
        return bool(mine)

    async def _claim(self) -> tuple[Received, ...]:
        if not self._room:
            return ()
        async with self._database.begin() as conn:
            return await received.claim(conn, _TRANSPORT, self._clock.now(), LEASE, self._room, self._owner)

    def _begin(self, update: Received) -> None:
        task = asyncio.create_task(self._one(update))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    async def _one(self, update: Received) -> bool:
        """Whether something waits that can be handled now."""
        await handle_raw(self._bot, self._handle, update.number, dict(update.body))
        try:
            return await self._ending.of(update.number)
        except Exception:  # when the lease has ended it is handled again, and then known to be answered
            _log.exception("webhook.not_forgotten", extra={"fields": {"update_id": update.number}})
            return False

    def _ended(self, task: asyncio.Task[bool]) -> None:
        was_full = not self._room
        self._under_way.discard(task)
        if was_full or task.cancelled() or task.result():
            self.wake()

    async def _forget(self, numbers: Sequence[int]) -> Sequence[bool]:
        """They are answered, and done with. For each, whether something waits that can be handled now."""
        async with self._database.begin() as conn:
            await updates.finish(conn, _TRANSPORT, numbers)
            more = await received.end(conn, _TRANSPORT, numbers)
        return [more] * len(numbers)

    async def _doze(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await self._awake.wait()
        except TimeoutError:
            return
