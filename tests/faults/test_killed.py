"""`kill -9` of the real service, again and again, in the middle of a broadcast and of answering.

`tests/story/test_delivery.py` kills at each single place between “the feed has changed” and “marked as sent”; here the
whole program dies at whatever it is doing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from storage import chats, outbox
from storage.database import Database
from storage.migrate import upgrade
from storage.outbox_desk import listed
from tests.bot.conftest import NOON
from tests.fake_telegram import FakeTelegram
from tests.faults.conftest import ALL

ROOT = Path(__file__).resolve().parents[2]
CHATS = range(4711, 4771)


async def fill(url: str, telegram: FakeTelegram) -> None:
    await upgrade(url)
    database = Database.open(url)
    async with database.begin() as conn:
        for chat in CHATS:
            telegram.people.person(chat)
            await chats.ensure(conn, f"telegram:{chat}", "Europe/Berlin", NOON)
            payload = {"text": f"Nachricht {chat}", "entities": [], "buttons": []}
            await outbox.enqueue(conn, f"telegram:{chat}", "event", "text", payload, NOON)
    await database.dispose()


async def states(url: str) -> dict[str, str]:
    database = Database.open(url)
    try:
        async with database.read() as conn:
            return {row.payload["text"]: row.state for row in await listed(conn, ALL, 1000)}
    finally:
        await database.dispose()


def service(url: str, telegram: FakeTelegram, folder: Path) -> dict[str, str]:
    """The environment of the service."""
    empty = folder / "sources.toml"
    empty.write_text("source = []\n", encoding="utf-8")
    outside = {name: value for name, value in os.environ.items() if not name.startswith("BESCHLUSSBOTE_")}
    return {
        **outside,
        "BESCHLUSSBOTE_TELEGRAM_TOKEN": telegram.token,
        "BESCHLUSSBOTE_TELEGRAM_API_BASE": telegram.api_base,
        "BESCHLUSSBOTE_DATABASE_URL": url,
        "BESCHLUSSBOTE_SOURCES": str(empty),
        "BESCHLUSSBOTE_BROADCAST_RATE": "20",
    }


async def start(environ: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environ, stderr=asyncio.subprocess.DEVNULL
    )


async def test_killed_in_the_middle_of_a_broadcast(telegram: FakeTelegram, tmp_path: Path) -> None:
    """What it had begun is in doubt, what it had only claimed goes out after the next start."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'b.sqlite'}"
    await fill(url, telegram)
    environ = service(url, telegram, tmp_path)
    process = await start(environ)
    telegram.people.says(CHATS[0], "/frage")
    await telegram.until(lambda: len(telegram.called("sendMessage")) >= 20, 60)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await free_the_claims(url)
    process = await start(environ)
    doubt = [text for text, state in (await states(url)).items() if state == "sending"]
    await telegram.until(lambda: len(missing(telegram, doubt)) == 0, 60)
    process.send_signal(signal.SIGTERM)
    await process.wait()
    found = await states(url)
    for chat in CHATS:
        times, state = telegram.texts(chat).count(f"Nachricht {chat}"), found[f"Nachricht {chat}"]
        assert times <= 1, "doubled"
        assert times == 1 or state in ("sending", "unknown"), "lost"
    assert len(doubt) <= 20, "only what was on its way in the moment of death: no more than a second of the rate"


def missing(telegram: FakeTelegram, doubt: list[str]) -> list[str]:
    shown = {text for chat in CHATS for text in telegram.texts(chat)}
    return [text for text in (f"Nachricht {chat}" for chat in CHATS) if text not in shown and text not in doubt]


async def free_the_claims(url: str) -> None:
    """As half a minute of waiting does, without waiting."""
    database = Database.open(url)
    async with database.begin() as conn:
        await conn.exec_driver_sql("UPDATE outbox SET claimed_until = NULL WHERE state = 'pending'")
    await database.dispose()
