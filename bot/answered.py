"""Which updates were answered, durably: an update may come again after a crash, or to a second program."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.batches import Batches
from bot.clock import Clock
from bot.turnstile import Sleep
from storage import updates
from storage.database import Database, DatabaseError
from storage.instance import living
from storage.updates import Seen

_log = logging.getLogger(__name__)

# Seconds that another process may still need for an answer that it has begun, if it is alive as far as anybody knows.
STILL_AT_IT = 30.0
LOOK_EVERY = 1.0


class Answered:
    """One transport's updates; `owner` is this process.

    Nothing is written while an answer is worked out: every command may be worked out twice. The note is made before
    the first word goes out, and ended when the last one has. What is found begun and not ended may or may not stand
    in the chat; nobody can know, so the person is told instead.
    """

    def __init__(self, database: Database, transport: str, clock: Clock, sleep: Sleep, owner: str) -> None:
        self._database = database
        self._transport = transport
        self._clock = clock
        self._sleep = sleep
        self._owner = owner
        self._beginning = Batches(self._begin_all, of_all=(DatabaseError,))
        self._ending = Batches(self._finish_all, of_all=(DatabaseError,))

    async def is_mine(self, number: int) -> bool:
        """Whether this process is the first to answer it; also when the store does not say, as silence is worse."""
        try:
            return await self._beginning.of(number) is Seen.NEW
        except Exception:
            _log.exception("answer.not_noted", extra={"fields": {"update_id": number}})
            return True

    async def take_over(self, number: int) -> bool:
        """For an update that is not ours: whether whoever began it left it unfinished, and it is ours now."""
        if await self._beginning.of(number) is Seen.BEGUN:
            await self._wait(number)
        async with self._database.begin() as conn:
            return await updates.take_over(conn, self._transport, number, self._owner, self._clock.now())

    async def finish(self, number: int) -> None:
        """Never raises: the answer is out; at worst it is asked about once more."""
        try:
            await self._ending.of(number)
        except Exception:
            _log.exception("answer.not_noted", extra={"fields": {"update_id": number}})

    async def _finish_all(self, numbers: Sequence[int]) -> Sequence[None]:
        async with self._database.begin() as conn:
            await updates.finish(conn, self._transport, numbers)
        return [None] * len(numbers)

    async def _wait(self, number: int) -> None:
        """As long as whoever is answering may still be at it."""
        waited = 0.0
        while waited < STILL_AT_IT and await self._is_answered_elsewhere(number):
            await self._sleep(LOOK_EVERY)
            waited += LOOK_EVERY

    async def _is_answered_elsewhere(self, number: int) -> bool:
        async with self._database.read() as conn:
            owner, alive = await updates.owner(conn, self._transport, number), await living(conn)
        return owner is not None and (not owner.isdecimal() or int(owner) in alive)

    async def _begin_all(self, numbers: Sequence[int]) -> Sequence[Seen]:
        async with self._database.single() as conn:
            return await updates.begin(conn, self._transport, numbers, self._owner, self._clock.now())
