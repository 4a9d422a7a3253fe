"""A Bot API of its own process on loopback that takes messages and nothing else, with Telegram's limits or without.

`with StubServer.running(limits=True) as stub:` — `stub.api_base` goes to the client, `stub.stats()` says what arrived.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import web

TOKEN = "999:only-for-the-benchmark"  # the stub does not look at it
OVERALL, PRIVATE, GROUP = (30, 1.0), (1, 1.0), (20, 60.0)


@dataclass(frozen=True, slots=True)
class StubServer:
    api_base: str

    @classmethod
    @contextmanager
    def running(cls, *, limits: bool) -> Iterator[StubServer]:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, limits), daemon=True)
        process.start()
        try:
            yield cls(f"http://127.0.0.1:{here.recv()}")
        finally:
            process.terminate()
            process.join()

    def stats(self) -> dict[str, Any]:
        """`accepted`, `refused` (429) and the seconds from the first to the last accepted message."""
        with urllib.request.urlopen(f"{self.api_base}/stats") as answer:
            found: dict[str, Any] = json.load(answer)
            return found


class _Desk:
    """What has arrived; the limits are counted by arrival."""

    def __init__(self, limits: bool) -> None:
        self.limits = limits
        self.accepted = self.refused = 0
        self.first = self.last = 0.0
        self._sent: dict[str, deque[float]] = {}

    def too_many(self, chat: str) -> float:
        """0.0 and counted, or the seconds to wait."""
        now = time.monotonic()
        rates = (("", OVERALL), (chat, GROUP if chat.startswith("-") else PRIVATE))
        for key, (most, within) in rates if self.limits else ():
            times = self._sent.setdefault(key, deque(maxlen=most))
            if len(times) == most and times[0] > now - within:
                self.refused += 1
                return times[0] + within - now
        for key, _ in rates if self.limits else ():
            self._sent[key].append(now)
        self.first, self.last, self.accepted = self.first or now, now, self.accepted + 1
        return 0.0


def _serve(pipe: Connection, limits: bool) -> None:
    desk = _Desk(limits)

    async def message(request: web.Request) -> web.Response:
        given = await request.post()
        if wait := desk.too_many(str(given.get("chat_id"))):
            seconds = int(wait) + 1
            refusal = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}"}
            return web.json_response(refusal | {"parameters": {"retry_after": seconds}}, status=429)
        chat = {"id": int(str(given["chat_id"])), "type": "private"}
        sent = {"message_id": desk.accepted, "date": 1_790_812_800, "chat": chat, "text": given["text"]}
        return web.json_response({"ok": True, "result": sent})

    async def stats(_request: web.Request) -> web.Response:
        seconds = desk.last - desk.first
        return web.json_response({"accepted": desk.accepted, "refused": desk.refused, "seconds": seconds})

    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", message)
    app.router.add_get("/stats", stats)
    _run(app, pipe)


def _run(app: web.Application, pipe: Connection) -> None:
    async def serve() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())
