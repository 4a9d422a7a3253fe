from __future__ import annotations

import aiohttp
import pytest

from bot.http import Health, serve_health
from config.settings import Listen


async def healthy() -> Health:
    return Health(True, {"outbox": {"pending": 2}})


async def ill() -> Health:
    return Health(False, {"database": "weg"})


@pytest.mark.parametrize(
    ("ask", "status", "body"),
    [(healthy, 200, {"ok": True, "outbox": {"pending": 2}}), (ill, 503, {"ok": False, "database": "weg"})],
)
async def test_health_is_told_by_status_and_facts(ask: object, status: int, body: dict[str, object]) -> None:
    assert callable(ask)
    async with serve_health(Listen("127.0.0.1", 0), ask) as at, aiohttp.ClientSession() as session:
        async with session.get(f"http://{at}/healthz") as answer:
            assert (answer.status, await answer.json()) == (status, body)
            assert answer.headers["Cache-Control"] == "no-store"
        async with session.get(f"http://{at}/") as answer:
            assert answer.status == 404
        async with session.post(f"http://{at}/healthz") as answer:
            assert answer.status == 405


async def test_an_address_that_is_taken_is_an_error() -> None:
    async with serve_health(Listen("127.0.0.1", 0), healthy) as at:
        with pytest.raises(OSError, match="in use"):
            async with serve_health(at, healthy):
                pass
