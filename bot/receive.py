"""One message in, its answer out, whatever the chat system: in order within a chat, side by side between chats.

Answers go out directly, not through the outbox: who asked is waiting, and can ask again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.outcome import Accepted, Outcome, Rejected
from bot.pacing import Pacing
from bot.payload import Payload
from bot.transports.transport import Transport, chat_key, parse_chat_key
from handlers.reply import Incoming, Reply, plain
from handlers.router import answer
from handlers.services import Services
from storage import chats

# A person waits for the answer: a longer pause than this one, or more attempts, would come too late.
LONGEST_PAUSE = 60.0
MOST_ATTEMPTS = 4

Sleep = Callable[[float], Awaitable[None]]
Place = Mapping[str, Any]

_NOWHERE: Place = {}
_log = logging.getLogger(__name__)


class Turns:
    """One lock per chat, kept only while somebody holds or awaits it; first come, first served."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, chat: str) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())


class Receiver:
    """What a transport's receiving half hands its events to. Each method begins by queueing for its chat."""

    def __init__(
        self, services: Services, transport: Transport, clock: Clock, pacing: Pacing, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._services = services
        self._transport = transport
        self._clock = clock
        self._pacing = pacing
        self._sleep = sleep
        self._turns = Turns()

    async def receive(self, chat_id: str, text: str, place: Place = _NOWHERE) -> None:
        """Answer one message or tap. `place` is added to every payload: where inside the chat the answer belongs."""
        chat = chat_key(self._transport.name, chat_id)
        async with self._turns.of(chat):
            await self._reopen(chat)
            for payload in await self._answer(Incoming(chat, text, self._clock.now())):
                if not await self._deliver(chat, {**payload, **place}):
                    return

    async def closed(self, chat_id: str) -> None:
        """The bot was blocked or thrown out: nothing more is sent there."""
        chat = chat_key(self._transport.name, chat_id)
        async with self._turns.of(chat), self._services.database.begin() as conn:
            await chats.pause(conn, chat)

    async def opened(self, chat_id: str) -> None:
        """The bot may write again: what waited is sent."""
        chat = chat_key(self._transport.name, chat_id)
        async with self._turns.of(chat), self._services.database.begin() as conn:
            await chats.resume(conn, chat)

    async def moved(self, old_id: str, new_id: str) -> None:
        """The chat lives on under a new id, and its subscriptions with it."""
        old, new = chat_key(self._transport.name, old_id), chat_key(self._transport.name, new_id)
        async with self._turns.of(old), self._services.database.begin() as conn:
            await chats.move(conn, old, new)

    async def _reopen(self, chat: str) -> None:
        """Who writes can be written to, even if the news of it was lost."""
        async with self._services.database.read() as conn:
            known = await chats.get(conn, chat)
        if known is not None and known.state == "paused":
            async with self._services.database.begin() as conn:
                await chats.resume(conn, chat)

    async def _answer(self, incoming: Incoming) -> tuple[Payload, ...]:
        """The answer in parts; an apology where the program itself has failed, for silence helps nobody."""
        try:
            return self._transport.compose(await answer(incoming, self._services))
        except Exception:
            _log.exception("answer.failed")
            return self._transport.compose(Reply((plain(self._services.texts("problem.failed")),)))

    async def _deliver(self, chat: str, payload: Payload) -> bool:
        """Send one part, again only where that is safe; False when the rest need not be tried."""
        chat_id = parse_chat_key(chat)[1]
        for _ in range(MOST_ATTEMPTS):
            await self._keep_pace(chat)
            outcome = await self._transport.send(chat_id, payload)
            match outcome:
                case Rejected(moved_to=str(new_id)):
                    await self._follow(chat, new_id)
                    chat_id = new_id
                case Rejected(retry_after=seconds) if seconds is not None and seconds <= LONGEST_PAUSE:
                    await self._sleep(seconds)
                case _:
                    return await self._concluded(chat, outcome)
        return await self._concluded(chat, outcome)

    async def _concluded(self, chat: str, outcome: Outcome) -> bool:
        if isinstance(outcome, Accepted):
            return True
        # An unknown part may stand there already, so the parts behind it still make sense.
        _log.warning("answer.not_sent", extra={"fields": {"outcome": type(outcome).__name__, "reason": outcome.reason}})
        if isinstance(outcome, Rejected) and outcome.gone:
            async with self._services.database.begin() as conn:
                await chats.pause(conn, chat)
        return not isinstance(outcome, Rejected)

    async def _follow(self, chat: str, new_id: str) -> None:
        async with self._services.database.begin() as conn:
            await chats.move(conn, chat, chat_key(self._transport.name, new_id))

    async def _keep_pace(self, chat: str) -> None:
        while wait := self._pacing.take(chat, self._clock.seconds()):
            await self._sleep(wait)
