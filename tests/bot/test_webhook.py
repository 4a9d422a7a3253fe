"""Updates by webhook: kept before they are acknowledged, handled once and in order, whoever handles them."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot, Update

from bot.http import Route, serve_http
from bot.transports.attempts import BackOff
from bot.transports.webhook import AT_ONCE, LEASE, WebhookUpdates
from bot.transports.webhook_door import HEADER, LARGEST_UPDATE, WebhookDoor
from config.settings import Listen, Secret
from handlers.services import Services
from storage import received
from storage.database import Database
from storage.received import Arrived
from tests.bot.conftest import HandClock
from tests.fake_telegram import FakeTelegram

ANNA, BERT = 4711, 4712
SECRET = Secret("geheim-1")
URL = "https://bote.example/hook"


def said(number: int, text: str, chat: int = ANNA) -> dict[str, Any]:
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


@dataclass(frozen=True)
class Door:
    """The door as Telegram finds it."""

    address: str
    session: aiohttp.ClientSession

    async def post(self, body: bytes, secret: str | None = SECRET.reveal()) -> int:
        headers = {} if secret is None else {HEADER: secret}
        async with self.session.post(self.address, data=io.BytesIO(body), headers=headers) as answer:
            assert await answer.read() == b"" or answer.status == 413
            return answer.status

    async def update(self, update: dict[str, Any]) -> int:
        return await self.post(json.dumps(update).encode())


@asynccontextmanager
async def door(hook: WebhookUpdates) -> AsyncIterator[Door]:
    route = Route("POST", "/hook", WebhookDoor(SECRET, hook.keep).answer)
    async with serve_http(Listen("127.0.0.1", 0), [route], LARGEST_UPDATE) as at, aiohttp.ClientSession() as session:
        yield Door(f"http://{at}/hook", session)


class Reader:
    """Notes the texts it is given when it has finished with them; those in `stuck` are never finished."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.seen: list[str] = []
        self.begun: list[str] = []
        self.stuck: set[str] = set()
        self._world = telegram.world

    async def __call__(self, update: Update) -> None:
        text = update.message.text if update.message else ""
        assert text
        self.begun.append(text)
        self._world.changed()
        if text in self.stuck:
            await asyncio.Event().wait()
        if text == "schlecht":
            raise RuntimeError("on purpose")
        self.seen.append(text)
        self._world.changed()


@pytest.fixture
def reader(telegram: FakeTelegram) -> Reader:
    return Reader(telegram)


def hook_of(bot: Bot, reader: Reader, services: Services, clock: HandClock) -> WebhookUpdates:
    return WebhookUpdates(bot, reader, services.database, clock, URL, SECRET, BackOff(first=0.01, most=0.02))


@asynccontextmanager
async def running(hook: WebhookUpdates) -> AsyncIterator[None]:
    task = asyncio.create_task(hook.run())
    try:
        yield
    finally:
        hook.stop()
        await asyncio.wait_for(task, 20)


async def left(services: Services) -> int:
    async with services.database.read() as conn:
        return await received.waiting(conn)


async def test_what_comes_in_is_handled_once_and_forgotten(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    hook = hook_of(bot, reader, services, clock)
    async with door(hook) as at, running(hook):
        assert await at.update(said(1, "eins")) == 200
        await telegram.until(lambda: reader.seen == ["eins"])
        assert [await at.update(said(number, str(number))) for number in (2, 3, 4)] == [200] * 3
        await telegram.until(lambda: reader.seen == ["eins", "2", "3", "4"])
    assert await left(services) == 0
    assert telegram.world.webhook is not None
    assert telegram.world.webhook["secret_token"] == SECRET.reveal()


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        (b"{}", None, 403),
        (b'{"update_id": 1}', "geheim-2", 403),
        (b'{"update_id": 1}', "ge\xe4heim", 403),
        (b"", SECRET.reveal(), 400),
        (b"[1]", SECRET.reveal(), 400),
        (b'{"update_id": "1"}', SECRET.reveal(), 400),
        (b'{"update_id": true, "message": {}}', SECRET.reveal(), 400),
        (b'{"update_id": 99999999999999999999}', SECRET.reveal(), 400),
        (b"[" * 100_000, SECRET.reveal(), 400),
        (b"\xff\xfe", SECRET.reveal(), 400),
        (b"x" * (LARGEST_UPDATE + 1), SECRET.reveal(), 413),
    ],
    ids=lambda value: repr(value)[:30],
)
async def test_who_is_not_telegram_is_turned_away(
    bot: Bot,
    reader: Reader,
    services: Services,
    clock: HandClock,
    body: bytes,
    secret: str | None,
    status: int,
) -> None:
    async with door(hook_of(bot, reader, services, clock)) as at:
        assert await at.post(body, secret) == status
    assert await left(services) == 0


async def test_what_cannot_be_kept_is_not_acknowledged(
    telegram: FakeTelegram, bot: Bot, reader: Reader, clock: HandClock, tmp_path: Path
) -> None:
    gone = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'gone' / 'x.sqlite'}")
    hook = WebhookUpdates(bot, reader, gone, clock, URL, SECRET)
    async with door(hook) as at, running(hook):
        await telegram.until(lambda: telegram.called("setWebhook"))
        assert await at.update(said(1, "eins")) == 503
        assert await asyncio.gather(*(at.update(said(number, "zwei")) for number in range(2, 9))) == [503] * 7
    assert reader.begun == []
    await gone.dispose()


async def test_many_that_come_at_once_are_all_handled(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    """More than can be under way: what there is no room for waits in the store, and is taken up as others end."""
    hook = hook_of(bot, reader, services, clock)
    numbers = range(1, AT_ONCE + 100)
    async with door(hook) as at, running(hook):
        await telegram.until(lambda: telegram.called("setWebhook"))
        posted = (at.update(said(number, f"{number}", ANNA + number)) for number in numbers)
        assert set(await asyncio.gather(*posted)) == {200}
        await telegram.until(lambda: len(reader.seen) == len(numbers), 30)
    assert sorted(map(int, reader.seen)) == list(numbers)
    assert await left(services) == 0


async def test_after_the_end_what_comes_is_kept_for_others(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    first, second = (hook_of(bot, reader, services, clock) for _ in range(2))
    async with door(first) as at:
        async with running(first):
            await telegram.until(lambda: telegram.called("setWebhook"))
        assert await at.update(said(1, "eins")) == 200
        assert reader.begun == []
        async with running(second):
            await telegram.until(lambda: reader.seen == ["eins"])


async def test_the_same_update_again_waits_once(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    hook = hook_of(bot, reader, services, clock)
    async with door(hook) as at:
        assert [await at.update(said(1, "eins")) for _ in range(3)] == [200] * 3
        async with running(hook):
            await telegram.until(lambda: reader.seen == ["eins"])
    assert reader.begun == ["eins"]


async def test_one_that_is_broken_or_fails_stops_nobody(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    hook = hook_of(bot, reader, services, clock)
    async with door(hook) as at, running(hook):
        for update in ({"update_id": 1, "message": {"chat": 5}}, said(2, "schlecht"), said(3, "gut")):
            assert await at.update(update) == 200
        await telegram.until(lambda: reader.seen == ["gut"])
    assert await left(services) == 0


async def test_half_a_character_is_replaced_and_the_rest_answered(
    telegram: FakeTelegram,
    bot: Bot,
    reader: Reader,
    services: Services,
    clock: HandClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hook = hook_of(bot, reader, services, clock)
    async with door(hook) as at, running(hook):
        assert await at.update(said(1, "Lohn \ud800")) == 200
        assert await at.update(said(2, "Lohn \U0001f600")) == 200
        await telegram.until(lambda: reader.seen == ["Lohn \ufffd", "Lohn \U0001f600"])
    (record,) = [record for record in caplog.records if record.getMessage() == "telegram.update_unreadable"]
    assert record.__dict__["fields"]["update_id"] == 1
    assert "Lohn" not in caplog.text
    assert await left(services) == 0


async def test_a_chat_keeps_its_order_and_holds_up_no_other(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    reader.stuck = {"langsam"}
    hook = hook_of(bot, reader, services, clock)
    async with door(hook) as at:
        for update in (said(1, "langsam"), said(2, "danach"), said(3, "anderswo", BERT)):
            await at.update(update)
        task = asyncio.create_task(hook.run())
        await telegram.until(lambda: reader.seen == ["anderswo"])
        task.cancel()
        await asyncio.wait([task])
    assert reader.begun == ["langsam", "anderswo"]


async def test_what_a_dead_process_left_is_taken_up_when_its_claim_ends(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    async with services.database.begin() as conn:
        await received.keep(conn, "telegram", [Arrived(1, said(1, "verwaist"), str(ANNA))], clock.now())
        assert await received.claim(conn, "telegram", clock.now(), LEASE, 10)
    hook = hook_of(bot, reader, services, clock)
    async with running(hook):
        await telegram.until(lambda: telegram.called("setWebhook"))
        assert reader.begun == []
        await clock.sleep(LEASE.total_seconds())
        hook.wake()
        await telegram.until(lambda: reader.seen == ["verwaist"])


async def test_a_webhook_that_somebody_took_away_is_set_again(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    hook = hook_of(bot, reader, services, clock)
    async with running(hook):
        await telegram.until(lambda: telegram.called("setWebhook"))
        await hook.look_after()
        assert len(telegram.called("setWebhook")) == 1
        await bot.delete_webhook()
        await hook.look_after()
    assert telegram.world.webhook is not None


async def test_an_outage_at_the_start_is_waited_for(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    await bot.initialize()
    await telegram.stop()
    async with running(hook_of(bot, reader, services, clock)):
        await asyncio.sleep(0.05)
        await telegram.start()
        await telegram.until(lambda: telegram.world.webhook)


async def test_from_telegram_to_the_handler_through_an_outage_of_ours(
    telegram: FakeTelegram, bot: Bot, reader: Reader, services: Services, clock: HandClock
) -> None:
    """Telegram posts what people write, rubbish among it; while nobody answers the door it keeps it, and in order."""
    for chat in (ANNA, BERT):
        telegram.people.person(chat)
    hook = hook_of(bot, reader, services, clock)
    async with running(hook):
        await telegram.until(lambda: telegram.world.webhook)
        telegram.route_webhook("https://bote.example", "http://127.0.0.1:9")
        for text in ("eins", "zwei"):
            telegram.people.says(ANNA, text)
        telegram.world.updates.add({"message": {"chat": 7}})
        await telegram.until(lambda: telegram.world.webhook_error)
        async with door(hook) as at:
            telegram.route_webhook("https://bote.example", at.address.removesuffix("/hook"))
            telegram.people.says(BERT, "drei")
            await telegram.until(lambda: len(reader.seen) == 3 and not telegram.world.updates.pending)
    assert [text for text in reader.seen if text != "drei"] == ["eins", "zwei"]
