"""The limiter at work: whoever wants to send waits for his turn here, and nowhere else.

Waiting costs nobody a place: a grant wakes exactly the one whose turn it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from bot.clock import Clock
from bot.limiter import Limiter, Priority, Ticket
from bot.weather import Weathers

Sleep = Callable[[float], Awaitable[None]]


# Seconds: clocks are not exact, and one that is a hair too early would look again and again.
SHORTEST_NAP = 0.001


class NoTurn(Exception):
    """All others, or the limits, kept it waiting too long; nothing was sent and nothing counted."""


class Turnstile:
    """One for all that send through the same transports. `sleep` waits on the same clock as `clock.seconds`."""

    def __init__(self, limiter: Limiter, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self.limiter = limiter
        self.weathers = Weathers()
        self._clock = clock
        self._sleep = sleep
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0

    @asynccontextmanager
    async def passage(
        self, chat: str, priority: Priority, patience: float, lead: float = 0.0
    ) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """The block is the request: it begins when it may, and counts until it ends.

        Where there is work of our own before the request leaves, `lead` is how long it takes as a rule: the block then
        begins that much early, and must await the function that it is given when the request is ready. Raises `NoTurn`
        when there was no turn within `patience` seconds (of the real clock).
        """
        ticket = self.limiter.ask(chat, priority, lead)
        try:
            async with asyncio.timeout(patience):
                await self._turn(ticket)
        except TimeoutError as error:
            raise NoTurn(f"{chat} had no turn within {patience:g} s") from error
        try:
            yield partial(self._leave, ticket)
        finally:
            self.limiter.ended(ticket, self._clock.seconds())
            self._let_through()

    def chat_wait(self, chat: str) -> float:
        """Seconds that this chat alone is held back now."""
        return self.limiter.chat_wait(chat, self._clock.seconds())

    def probe_in(self, chat: str) -> float:
        """As `Weather.probe_in`, now."""
        return self.weathers.of(chat).probe_in(chat, self._clock.seconds())

    def refused(self, chat: str, seconds: float) -> bool:
        """As `Limiter.refused`, now."""
        return self.limiter.refused(chat, seconds, self._clock.seconds())

    def stop_all(self, transport: str, seconds: float, why: str = "") -> None:
        """As `Limiter.stop_all`, from now."""
        self.limiter.stop_all(transport, seconds, self._clock.seconds(), why)

    def why(self, chat: str) -> str | None:
        """As `Limiter.why`, now."""
        return self.limiter.why(chat, self._clock.seconds())

    def stopped(self, transport: str) -> float:
        """As `Limiter.stopped`, now."""
        return self.limiter.stopped(transport, self._clock.seconds())

    async def _leave(self, ticket: Ticket) -> None:
        if pause := self.limiter.leave_in(ticket, self._clock.seconds()):
            await self._sleep(pause)
        self.limiter.sending(ticket, self._clock.seconds())

    async def _turn(self, ticket: Ticket) -> None:
        turn = self._waiting[ticket] = asyncio.get_running_loop().create_future()
        self._let_through()
        try:
            await turn
        except asyncio.CancelledError:
            self.limiter.withdraw(ticket)
            self.limiter.ended(ticket, self._clock.seconds())
            raise
        finally:
            self._waiting.pop(ticket, None)

    def _let_through(self) -> None:
        for ticket in self.limiter.grant(self._clock.seconds()):
            turn = self._waiting.pop(ticket)
            if not turn.done():
                turn.set_result(None)
        self._set_alarm()

    def _set_alarm(self) -> None:
        """Look again when time alone lets somebody through; what ends before that looks by itself."""
        now = self._clock.seconds()
        pause = self.limiter.next_grant(now)
        if pause is None:
            return
        pause = max(pause, SHORTEST_NAP)
        if self._alarm is not None and not self._alarm.done():
            if self._alarm_at <= now + pause:
                return
            self._alarm.cancel()
        self._alarm_at = now + pause
        self._alarm = asyncio.create_task(self._ring(pause))

    async def _ring(self, pause: float) -> None:
        await self._sleep(pause)
        self._alarm = None
        self._let_through()
