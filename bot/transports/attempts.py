"""Asking Telegram for something until it works: pauses that grow, and one log line for each failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.transports.aiohttp_request import FloodControlError

_ADVICE = "another program receives with this bot's token; stop one of the two"

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


async def introduce(bot: Bot) -> None:
    """Learn the bot's own name. Raises TokenRefusedError, or TelegramError where Telegram is not reached."""
    try:
        await bot.initialize()
    except InvalidToken:
        raise TokenRefusedError(
            "Telegram does not accept the token in BESCHLUSSBOTE_TELEGRAM_TOKEN; "
            "right would be the one that @BotFather shows for this bot."
        ) from None


class Attempts:
    """Counts the failures in a row of whatever is tried; `stopping` ends every pause."""

    def __init__(self, back_off: BackOff, stopping: asyncio.Event) -> None:
        self._back_off = back_off
        self._stopping = stopping
        self._failures = 0
        self._next_pause = 0.0

    async def until_done(self, step: Callable[[], Awaitable[object]]) -> None:
        """Again and again until it succeeds once, or it is time to stop."""
        while not self._stopping.is_set() and not await self.once(step):
            await self.pause()

    async def once(self, step: Callable[[], Awaitable[object]]) -> bool:
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

    async def pause(self) -> None:
        """As long as the last failure asks for, or until it is time to stop."""
        try:
            async with asyncio.timeout(self._next_pause):
                await self._stopping.wait()
        except TimeoutError:
            return

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
