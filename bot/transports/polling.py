"""Fetching Telegram's updates. Our own loop, because the library's confirms what it has not handled yet, and stands
still for ever at one update that it cannot parse.

An update is confirmed by the offset of a later request, and that never passes one that is still being handled: after a
crash the same updates come again. While a chat is slow, the others' updates are fetched beside its unconfirmed ones.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.transports.aiohttp_request import READ_TIMEOUT, FloodControlError
from bot.transports.telegram_update import ALLOWED_UPDATES

# Seconds that Telegram holds a request open when there is nothing.
LONG_POLL = 25
# The library warns against calling get_updates raw under its own name; this spelling reaches the same method.
_RAW_GET_UPDATES = "get_Updates"
_REMEMBERED = 1000
# Seconds that a round waits for what it brought, so that as a rule everything is confirmed by the next request.
_PATIENCE = 1.0
_ADVICE = "another program receives with this bot's token; stop one of the two"

Handle = Callable[[Update], Awaitable[None]]

_log = logging.getLogger(__name__)


class TokenRefusedError(Exception):
    """Telegram does not know the token; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class BackOff:
    """Seconds to wait after the nth failure in a row: doubling from `first` up to `most`."""

    first: float = 1.0
    most: float = 60.0

    def after(self, failures: int) -> float:
        return min(self.most, self.first * 2.0 ** min(failures - 1, 30))


class Poller:
    """`handle` gets every update once, several at the same time, started in the order of their arrival."""

    def __init__(self, bot: Bot, handle: Handle, back_off: BackOff | None = None, long_poll: int = LONG_POLL) -> None:
        self._bot = bot
        self._handle = handle
        self._back_off = back_off or BackOff()
        self._long_poll = long_poll
        self._confirmed = 0
        self._newest = -1
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._failures = 0
        self._next_pause = 0.0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End `run` soon: a request that waits is dropped, updates being handled are finished and confirmed."""
        self._stopping.set()

    async def run(self) -> None:
        """Until `stop`. Raises TokenRefusedError when Telegram refuses the token at the start."""
        try:
            while not self._stopping.is_set() and not await self._attempt(self._introduce):
                await self._pause()
            while not self._stopping.is_set():
                if not await self._attempt(self._round):
                    await self._pause()
            await self._finish()
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def _attempt(self, step: Callable[[], Awaitable[object]]) -> bool:
        """Whether the step succeeded; failures and the recovery from them are logged and counted."""
        try:
            await step()
        except TelegramError as error:
            self._failures += 1
            self._complain(error)
            return False
        if self._failures:
            _log.info("telegram.reached_again", extra={"fields": {"failures": self._failures}})
        self._failures = 0
        return True

    async def _introduce(self) -> None:
        """Learn the bot's own name and end a webhook that may be set: Telegram would not give updates beside it."""
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise TokenRefusedError(
                "Telegram does not accept the token in BESCHLUSSBOTE_TELEGRAM_TOKEN; "
                "right would be the one that @BotFather shows for this bot."
            ) from None
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
            await self._attempt(partial(self._fetch, 0))

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
            task = asyncio.create_task(self._handle_one(number, raw))
            self._under_way[number] = task
            task.add_done_callback(partial(self._ended, number))
            fresh.add(task)
        return fresh

    def _ended(self, number: int, _task: asyncio.Task[None]) -> None:
        del self._under_way[number]

    async def _handle_one(self, number: int, raw: Any) -> None:
        try:
            update = Update.de_json(raw, self._bot)
        except Exception as error:
            fields = {"update_id": number, "error": type(error).__name__}
            _log.error("telegram.update_unreadable", extra={"fields": fields})
            return
        try:
            await self._handle(update)
        except Exception:
            _log.exception("telegram.update_failed", extra={"fields": {"update_id": number}})

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

    def _complain(self, error: TelegramError) -> None:
        seconds = self._back_off.after(self._failures)
        if isinstance(error, FloodControlError):
            seconds = max(seconds, error.seconds)
        self._next_pause = seconds
        if isinstance(error, Conflict):
            _log.error("telegram.conflict", extra={"fields": {"advice": _ADVICE, "again_in": seconds}})
        else:
            fields = {"error": type(error).__name__, "reason": str(error), "again_in": seconds}
            _log.warning("telegram.not_reached", extra={"fields": fields})

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._next_pause):
                await self._stopping.wait()
        except TimeoutError:
            return


def _numbered(updates: Any) -> list[Any]:
    """Those that can be told apart and confirmed. Raises TelegramError where there is nothing else, as that would go on
    for ever without a pause."""
    if not isinstance(updates, list):
        raise TelegramError("getUpdates gave no list.")
    numbered = [update for update in updates if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
    if updates and not numbered:
        raise TelegramError("getUpdates gave only updates without a number.")
    return numbered
