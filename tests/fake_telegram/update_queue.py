"""The updates that wait for the bot, and getUpdates' rules: an offset confirms, a second poller ends the first."""

from __future__ import annotations

import asyncio

from tests.fake_telegram.answers import Json, conflict


class UpdateQueue:
    def __init__(self) -> None:
        self._pending: list[Json] = []
        self._next_id = 1001
        self._open: asyncio.Future[None] | None = None
        self.allowed: list[str] | None = None
        self.news = asyncio.Event()

    @property
    def pending(self) -> tuple[Json, ...]:
        """What was not confirmed yet."""
        return tuple(self._pending)

    def add(self, content: Json) -> int:
        """Queue an update (`content` without its number); returns the number. Kinds not asked for are left out."""
        number = self._next_id
        self._next_id += 1
        if self.allowed is None or not content or set(content) & set(self.allowed):
            self._pending.append({"update_id": number, **content})
            self.wake()
        return number

    def put(self, update: Json) -> None:
        """Queue an update as it is: one that was given before, or rubbish."""
        self._pending.append(update)
        self.wake()

    def wake(self) -> None:
        """Let an open poll answer now, and whoever posts updates look."""
        self.news.set()
        if self._open is not None and not self._open.done():
            self._open.set_result(None)

    def confirm(self, update: Json) -> None:
        """This one has arrived."""
        self._pending = [one for one in self._pending if one is not update]

    async def take(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what lies before `offset`, then wait up to `seconds` for something to give."""
        self._confirm(offset)
        if self._open is not None and not self._open.done():
            self._open.set_exception(conflict())
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return self._pending[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset > 0:
            self._pending = [one for one in self._pending if one.get("update_id", offset) >= offset]

    async def _wait(self, seconds: float) -> None:
        self._open = own = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await own
        except TimeoutError:
            pass
        finally:
            if self._open is own:
                self._open = None
