"""The HTTP side: a few addresses for whatever watches the service, and the door for Telegram's webhook.

    GET /healthz    alive: the program turns; nothing is looked at, so that an ill database does not get it restarted
    GET /readyz     fit to serve: the store answers, and what it knows of sources and messages
    GET /metrics    in numbers, for Prometheus (`bot.metrics`)

It speaks plain HTTP and belongs behind a proxy that keeps all but the webhook to the house.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from config.settings import Listen

Answer = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Health:
    """`facts` are shown as JSON beside the state; they hold no secrets and no chats."""

    ok: bool
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Route:
    """One address, with what answers there."""

    method: str
    path: str
    answer: Answer


@asynccontextmanager
async def serve_http(listen: Listen, routes: Sequence[Route], largest: int = 1024) -> AsyncIterator[Listen]:
    """Answer until the end; gives where it really listens. `largest`: bytes in a body; more is refused (413).

    Raises `OSError` when the address is taken.
    """
    app = web.Application(client_max_size=largest)
    for route in routes:
        app.router.add_route(route.method, route.path, route.answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, listen.host, listen.port).start()
        host, port = runner.addresses[0][:2]
        yield Listen(host, port)
    finally:
        await runner.cleanup()


def alive(version: str) -> Route:
    """GET /healthz."""

    async def answer(_request: web.Request) -> web.Response:
        return _as_json(Health(True, {"version": version}))

    return Route("GET", "/healthz", answer)


def ready(ask: Callable[[], Awaitable[Health]]) -> Route:
    """GET /readyz: 200, or 503 where the service cannot do its work."""

    async def answer(_request: web.Request) -> web.Response:
        return _as_json(await ask())

    return Route("GET", "/readyz", answer)


def _as_json(health: Health) -> web.Response:
    body = json.dumps({"ok": health.ok, **health.facts}, ensure_ascii=False, default=str)
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=body, status=200 if health.ok else 503, content_type="application/json", headers=headers)
