"""Updates by webhook: each is posted with the secret, and again until it is answered with 2xx; of each chat in order.

Telegram wants https on the open net. What ends the encryption in front of the program is played by `routes`: what the
webhook's address begins with, and where that is found on loopback.
"""

from __future__ import annotations

import asyncio

import aiohttp

from tests.fake_telegram.answers import Json
from tests.fake_telegram.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40
PAUSE = 0.02
"""Seconds until an update is posted again; the original begins with one and lets them grow."""


class Webhook:
    def __init__(self, world: World) -> None:
        self.routes: dict[str, str] = {}
        self._world = world
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until it is cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            try:
                while True:
                    self._world.updates.news.clear()
                    self._begin(session)
                    await self._world.updates.news.wait()
            finally:
                for task in self._under_way.values():
                    task.cancel()
                await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _begin(self, session: aiohttp.ClientSession) -> None:
        hook = self._world.webhook
        if hook is None:
            return
        for update in self._world.updates.pending:
            queue = _queue_of(update)
            if queue not in self._under_way and len(self._under_way) < hook.get("max_connections", CONNECTIONS):
                self._under_way[queue] = asyncio.create_task(self._post(session, hook, queue, update))

    async def _post(self, session: aiohttp.ClientSession, hook: Json, queue: str, update: Json) -> None:
        """One attempt, and a pause behind one that failed."""
        problem = await self._attempt(session, hook, update)
        if problem is None:
            self._world.updates.confirm(update)
        else:
            self._world.webhook_error = problem
            await asyncio.sleep(PAUSE)
        del self._under_way[queue]
        self._world.updates.wake()
        self._world.changed()

    async def _attempt(self, session: aiohttp.ClientSession, hook: Json, update: Json) -> str | None:
        """What went wrong."""
        address = self._address(hook["url"])
        if address is None:
            return "Failed to resolve host"
        headers = {SECRET_HEADER: hook["secret_token"]} if "secret_token" in hook else {}
        try:
            async with session.post(address, json=update, headers=headers, allow_redirects=False) as answer:
                return None if 200 <= answer.status < 300 else f"Wrong response from the webhook: {answer.status}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return f"Connection failed: {type(error).__name__}"

    def _address(self, url: str) -> str | None:
        routes = (to + url.removeprefix(start) for start, to in self.routes.items() if url.startswith(start))
        return next(routes, None)


def _queue_of(update: Json) -> str:
    """Updates of one chat are posted one after the other; whatever names no chat has a queue of its own."""
    for content in update.values():
        for about in (content, content.get("message") if isinstance(content, dict) else None):
            chat = about.get("chat") if isinstance(about, dict) else None
            if isinstance(chat, dict) and "id" in chat:
                return str(chat["id"])
    return f"update {update.get('update_id')}"
