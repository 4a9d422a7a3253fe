"""A Bot API of its own process on loopback for a bot that answers: it takes everything and notes when which chat got
what. It judges nothing; that is what the tests' fake is for."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from aiohttp import web

BOT = {"id": 999, "is_bot": True, "first_name": "Beschlussbote", "username": "beschlussbote_bot"}
HOOK = {"url": "https://bot.example/hook", "has_custom_certificate": False, "pending_update_count": 0}


@dataclass(frozen=True, slots=True)
class Answer:
    """`at`: seconds of the machine's monotonic clock, which all its processes share."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class AnsweringServer:
    api_base: str

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[AnsweringServer]:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there,), daemon=True)
        process.start()
        try:
            yield cls(f"http://127.0.0.1:{here.recv()}")
        finally:
            process.terminate()
            process.join()

    def answers(self) -> dict[int, list[Answer]]:
        """What each chat got, in the order of arrival."""
        with urllib.request.urlopen(f"{self.api_base}/answers") as answer:
            found: dict[str, list[tuple[float, str]]] = json.load(answer)
        return {int(chat): [Answer(at, text) for at, text in given] for chat, given in found.items()}


def _serve(pipe: Connection) -> None:
    got: dict[str, list[tuple[float, str]]] = {}

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method.lower() == "sendmessage":
            return _message(got, dict(await request.post()))
        results = {"getme": BOT, "getwebhookinfo": HOOK}
        return web.json_response({"ok": True, "result": results.get(method.lower(), True)})

    async def answers(_request: web.Request) -> web.Response:
        return web.json_response(got)

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", call)
        app.router.add_get("/answers", answers)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


def _message(got: dict[str, list[tuple[float, str]]], given: dict[str, object]) -> web.Response:
    chat = str(given["chat_id"])
    got.setdefault(chat, []).append((time.monotonic(), str(given["text"])[:200]))
    sent = {"message_id": len(got), "date": 1_790_812_800, "chat": {"id": int(chat), "type": "private"}}
    return web.json_response({"ok": True, "result": {**sent, "text": "x"}})
