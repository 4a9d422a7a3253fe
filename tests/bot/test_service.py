"""The service as a whole: a publisher on one side, Telegram on the other, both on loopback."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.app import App, open_app, open_watching
from bot.clock import SystemClock
from bot.demo.publisher import FEED_PATH, Publisher
from bot.demo.samples import new_in_feed, older_document
from bot.observe import health
from bot.service import serve
from bot.transports.attempts import TokenRefusedError
from bot.watch import run_round
from config.settings import Listen, Secret, Settings
from feeds.fetch import Limits
from handlers.reply import Incoming
from handlers.router import answer
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).resolve().parents[2]
CHAT = 4711
CATALOGUE = """
[[source]]
id = "bspmk"
name = "Beispielministerkonferenz"
kind = "feed"
address = "{address}"
interval = "1s"
expected_every = "400d"
"""


@pytest.fixture
async def site() -> AsyncIterator[Publisher]:
    async with Publisher() as publisher:
        publisher.publish(replace(older_document(), shown_in="feed"))
        yield publisher


@pytest.fixture
def settings(tmp_path: Path, site: Publisher, telegram: FakeTelegram) -> Settings:
    telegram.people.person(CHAT)
    catalogue = tmp_path / "sources.toml"
    catalogue.write_text(CATALOGUE.format(address=site.address + FEED_PATH), encoding="utf-8")
    return Settings(
        telegram_token=Secret(telegram.token),
        telegram_api_base=telegram.api_base,
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'b.sqlite'}",
        sources=catalogue,
        fetch_allow=("127.0.0.1",),
    )


async def look_once(app: App) -> None:
    """The silent first look, so that the service's own first round finds news."""
    async with open_watching(app, Limits(pause=0)) as watching:
        await run_round(watching, app.clock.now() - dt.timedelta(hours=1))


async def test_it_answers_watches_and_delivers_until_it_is_stopped(
    settings: Settings, site: Publisher, telegram: FakeTelegram
) -> None:
    stop = asyncio.Event()
    async with open_app(settings, SystemClock()) as app:
        await look_once(app)
        await answer(Incoming(f"telegram:{CHAT}", "/abo topic Ausländerbehörde", app.clock.now()), app.services)
        site.publish(new_in_feed())
        running = asyncio.create_task(serve(app, stop))
        await telegram.until(lambda: telegram.texts(CHAT))
        assert telegram.texts(CHAT)[0].startswith("Neuer Beschluss zu Ihrem Abo")
        telegram.people.says(CHAT, "/state Saarland")
        await telegram.until(lambda: len(telegram.texts(CHAT)) > 1)
        assert telegram.texts(CHAT)[1].startswith("Saarland")
        stop.set()
        await asyncio.wait_for(running, 30)
    assert telegram.called("setMyCommands"), "people see the menu of commands"


async def test_a_token_that_is_refused_ends_the_service_with_a_clear_word(settings: Settings) -> None:
    async with open_app(replace(settings, telegram_token=Secret("1:wrong")), SystemClock()) as app:
        with pytest.raises(TokenRefusedError, match="BotFather"):
            await asyncio.wait_for(serve(app, asyncio.Event()), 30)


async def test_without_a_token_it_watches_and_keeps(settings: Settings, site: Publisher) -> None:
    stop = asyncio.Event()
    async with open_app(replace(settings, telegram_token=None), SystemClock()) as app:
        running = asyncio.create_task(serve(app, stop))
        async with asyncio.timeout(20):
            await site.until_asked(older_document().path)
        stop.set()
        await asyncio.wait_for(running, 30)


async def test_health_is_the_store_and_the_facts(settings: Settings) -> None:
    async with open_app(settings, SystemClock()) as app:
        found = await health(app)
        assert found.ok
        assert found.facts["source_troubles"] == {}
        assert (found.facts["last_round"], found.facts["last_delivery"]) == (None, None)
        assert isinstance(found.facts["outbox"], dict)
    gone = replace(settings, database_url=f"{settings.database_url}.gone/x")
    async with open_app(settings, SystemClock()) as app:
        ill = await health(replace(app, database=type(app.database).open(gone.database_url)))
    assert (ill.ok, ill.facts) == (False, {"database": "DatabaseError"})


async def test_as_a_process_it_ends_cleanly_on_sigterm(settings: Settings, telegram: FakeTelegram) -> None:
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BESCHLUSSBOTE_")},
        "BESCHLUSSBOTE_TELEGRAM_TOKEN": telegram.token,
        "BESCHLUSSBOTE_TELEGRAM_API_BASE": settings.telegram_api_base,
        "BESCHLUSSBOTE_DATABASE_URL": settings.database_url,
        "BESCHLUSSBOTE_SOURCES": str(settings.sources),
        "BESCHLUSSBOTE_FETCH_ALLOW": "127.0.0.1",
        "BESCHLUSSBOTE_HTTP_LISTEN": str(Listen("127.0.0.1", 0)),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environ, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr
    printed = b""
    while b"service.started" not in printed:
        line = await asyncio.wait_for(process.stderr.readline(), 30)
        assert line, printed.decode()
        printed += line
    address = re.search(rb"http\.listening address=(\S+)", printed)
    assert address
    async with aiohttp.ClientSession(f"http://{address[1].decode()}") as session:
        for path in ("/healthz", "/readyz"):
            async with session.get(path) as answer:
                assert (answer.status, (await answer.json())["ok"]) == (200, True)
        async with session.get("/metrics") as answer:
            assert 'beschlussbote_outbox{state="pending"} 0.0' in await answer.text()
    telegram.people.says(CHAT, "/hilfe")
    await telegram.until(lambda: telegram.texts(CHAT))
    process.send_signal(signal.SIGTERM)
    _, rest = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, (printed + rest).decode()
    assert b"service.stopped" in rest
    assert telegram.token.encode() not in printed + rest
