"""A Bot API of its own process on loopback for a bot that answers: it takes everything and notes when which chat got
what. It judges nothing; that is what the tests' fake is for."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

    def says(self, chat: int, text: str) -> None:
        """A person writes; who fetches updates gets it."""
        told = json.dumps({"chat": chat, "text": text}).encode()
        with urllib.request.urlopen(f"{self.api_base}/says", told):
            pass


def _serve(pipe: Connection) -> None:
    got: dict[str, list[tuple[float, str]]] = {}
    said: list[dict[str, object]] = []
    news = asyncio.Event()

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method.lower() == "sendmessage":
            return _message(got, dict(await request.post()))
        if method.lower() == "getupdates":
            return await updates(dict(await request.post()))
        results = {"getme": BOT, "getwebhookinfo": HOOK}
        return web.json_response({"ok": True, "result": results.get(method.lower(), True)})

    async def updates(asked: dict[str, object]) -> web.Response:
        """Those from the offset on, as soon as there are any (Bot API, getUpdates)."""
        first = int(str(asked.get("offset", 0)))
        with suppress(TimeoutError):
            async with asyncio.timeout(float(str(asked.get("timeout", 0)))):
                while len(said) < first:
                    news.clear()
                    await news.wait()
        return web.json_response({"ok": True, "result": said[max(0, first - 1) :]})

    async def says(request: web.Request) -> web.Response:
        told = json.loads(await request.read())
        said.append({"update_id": len(said) + 1, "message": message(told["chat"], told["text"])})
        news.set()
        return web.Response()

    async def answers(_request: web.Request) -> web.Response:
        return web.json_response(got)

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", call)
        app.router.add_get("/answers", answers)
        app.router.add_post("/says", says)
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


def message(chat: int, text: str) -> dict[str, object]:
    """As Telegram tells of one in a private chat."""
    person = {"id": chat, "is_bot": False, "first_name": "X"}
    about = {"message_id": 1, "date": 1_790_812_800, "chat": {"id": chat, "type": "private"}, "from": person}
    return {**about, "text": text}
