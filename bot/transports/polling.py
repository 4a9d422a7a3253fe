"""Fetching Telegram's updates. Our own loop, because the library's confirms what it has not handled yet, and stands
still for ever at one update that it cannot parse.

An update is confirmed by the offset of a later request, and that never passes one that is still being handled: after a
crash the same updates come again. While a chat is slow, the others' updates are fetched beside its unconfirmed ones.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.transports.aiohttp_request import READ_TIMEOUT
from bot.transports.attempts import Attempts, BackOff, introduce
from bot.transports.raw_update import Handle, handle_raw
from bot.transports.telegram_update import ALLOWED_UPDATES

# Seconds that Telegram holds a request open when there is nothing.
LONG_POLL = 25
# The library warns against calling get_updates raw under its own name; this spelling reaches the same method.
_RAW_GET_UPDATES = "get_Updates"
_REMEMBERED = 1000
# Seconds that a round waits for what it brought, so that as a rule everything is confirmed by the next request.
_PATIENCE = 1.0


class Poller:
    """`handle` gets every update once, several at the same time, started in the order of their arrival."""

    def __init__(self, bot: Bot, handle: Handle, back_off: BackOff | None = None, long_poll: int = LONG_POLL) -> None:
        self._bot = bot
        self._handle = handle
        self._long_poll = long_poll
        self._confirmed = 0
        self._newest = -1
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self._attempts = Attempts(back_off or BackOff(), self._stopping)

    def stop(self) -> None:
        """End `run` soon: a request that waits is dropped, updates being handled are finished and confirmed."""
        self._stopping.set()

    async def run(self) -> None:
        """Until `stop`. Raises TokenRefusedError when Telegram refuses the token at the start."""
        try:
            await self._attempts.until_done(self._introduce)
            while not self._stopping.is_set():
                await self._attempts.until_done(self._round)
            await self._finish()
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def _introduce(self) -> None:
        """Learn the bot's own name and end a webhook that may be set: Telegram would not give updates beside it."""
        await introduce(self._bot)
        await self._bot.delete_webhook()

    async def _round(self) -> None:
        """One request; what it brought is begun, and as a rule also done."""
        updates = await self._unless_stopped(self._fetch(self._long_poll))
        if fresh := self._begin(updates):
            await asyncio.wait(fresh, timeout=_PATIENCE)
        elif updates:
            await self._linger()

    async def _linger(self) -> None:
        """Telegram gives only what we have: the next request would be answered at once, and the one after it."""
        if self._under_way:
            await asyncio.wait(set(self._under_way.values()), timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(_PATIENCE)

    async def _finish(self) -> None:
        """Let what is being handled end, and tell Telegram; what it gives in return comes again after the restart."""
        if self._under_way:
            await asyncio.wait(set(self._under_way.values()))
        if self._offset != self._confirmed:
            await self._attempts.once(partial(self._fetch, 0))

    @property
    def _offset(self) -> int:
        """Everything before it has been handled."""
        return min(self._under_way, default=self._newest + 1)

    async def _fetch(self, wait: int) -> list[Any]:
        """The updates from the offset on, raw: each is parsed on its own."""
        offset = self._offset
        updates = await self._bot.do_api_request(
            _RAW_GET_UPDATES,
            api_kwargs={"offset": offset, "timeout": wait, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=wait + READ_TIMEOUT,
        )
        self._confirmed = offset
        return _numbered(updates)

    def _begin(self, updates: list[Any]) -> set[asyncio.Task[None]]:
        """Start handling those not seen before, in their order."""
        fresh = set()
        for raw in updates:
            number: int = raw["update_id"]
            if number in self._seen:
                continue
            self._seen.append(number)
            self._newest = max(self._newest, number)
            task = asyncio.create_task(handle_raw(self._bot, self._handle, number, raw))
            self._under_way[number] = task
            task.add_done_callback(partial(self._ended, number))
            fresh.add(task)
        return fresh

    def _ended(self, number: int, _task: asyncio.Task[None]) -> None:
        del self._under_way[number]

    async def _unless_stopped(self, request: Awaitable[list[Any]]) -> list[Any]:
        """The request's result; nothing when `stop` came first (what was not confirmed is not lost)."""
        fetching = asyncio.ensure_future(request)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return fetching.result() if fetching.done() else []
        finally:
            fetching.cancel()
            stopping.cancel()
            await asyncio.gather(fetching, stopping, return_exceptions=True)


def _numbered(updates: Any) -> list[Any]:
    """Those that can be told apart and confirmed. Raises TelegramError where there is nothing else, as that would go on
    for ever without a pause."""
    if not isinstance(updates, list):
        raise TelegramError("getUpdates gave no list.")
    numbered = [update for update in updates if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
    if updates and not numbered:
        raise TelegramError("getUpdates gave only updates without a number.")
    return numbered
