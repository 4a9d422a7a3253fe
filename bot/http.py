"""The HTTP side: /healthz, for whatever watches the service. Nothing else is served."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from config.settings import Listen


@dataclass(frozen=True, slots=True)
class Health:
    """`facts` are shown as JSON beside the state; they hold no secrets and no chats."""

    ok: bool
    facts: Mapping[str, object]


@asynccontextmanager
async def serve_health(listen: Listen, ask: Callable[[], Awaitable[Health]]) -> AsyncIterator[Listen]:
    """Answer GET /healthz with 200 or 503 until the end; gives where it really listens.

    Raises `OSError` when the address is taken.
    """

    async def answer(_request: web.Request) -> web.Response:
        health = await ask()
        body = json.dumps({"ok": health.ok, **health.facts}, ensure_ascii=False, default=str)
        return web.Response(
            text=body,
            status=200 if health.ok else 503,
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    app = web.Application()
    app.router.add_get("/healthz", answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, listen.host, listen.port).start()
        host, port = runner.addresses[0][:2]
        yield Listen(host, port)
    finally:
        await runner.cleanup()
