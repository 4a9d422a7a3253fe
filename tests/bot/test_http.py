from __future__ import annotations

import aiohttp
import pytest

from bot.http import Health, alive, ready, serve_http
from config.settings import Listen

ANY_PORT = Listen("127.0.0.1", 0)


async def fit() -> Health:
    return Health(True, {"outbox": {"pending": 2}})


async def ill() -> Health:
    return Health(False, {"database": "weg"})


@pytest.mark.parametrize(
    ("ask", "status", "body"),
    [(fit, 200, {"ok": True, "outbox": {"pending": 2}}), (ill, 503, {"ok": False, "database": "weg"})],
)
async def test_being_ready_is_told_by_status_and_facts(ask: object, status: int, body: dict[str, object]) -> None:
    assert callable(ask)
    async with serve_http(ANY_PORT, [ready(ask)]) as at, aiohttp.ClientSession() as session:
        async with session.get(f"http://{at}/readyz") as answer:
            assert (answer.status, await answer.json()) == (status, body)
            assert answer.headers["Cache-Control"] == "no-store"
        async with session.get(f"http://{at}/") as answer:
            assert answer.status == 404
        async with session.post(f"http://{at}/readyz") as answer:
            assert answer.status == 405


async def test_being_alive_asks_nobody() -> None:
    """An ill database is no reason to start the program anew."""
    async with (
        serve_http(ANY_PORT, [alive("1.2"), ready(ill)]) as at,
        aiohttp.ClientSession() as session,
        session.get(f"http://{at}/healthz") as answer,
    ):
        assert (answer.status, await answer.json()) == (200, {"ok": True, "version": "1.2"})


async def test_an_address_that_is_taken_is_an_error() -> None:
    async with serve_http(ANY_PORT, []) as at:
        with pytest.raises(OSError, match="in use"):
            async with serve_http(at, []):
                pass
