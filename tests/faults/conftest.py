"""A scene for one fault: chats, messages on their way to them, and afterwards the count of what was lost or doubled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from telegram import Bot

from bot.deliver import Delivery, Policy
from bot.delivery_loop import deliver_all
from bot.delivery_report import DeliveryReport
from bot.limiter import Limiter, telegram_limits
from bot.transports.telegram import TelegramTransport
from bot.turnstile import Turnstile
from handlers.services import Services
from storage import chats, outbox
from storage.chats import Chat
from storage.database import Connection
from storage.outbox import OutboxMessage, State
from storage.outbox_desk import listed
from tests.bot.conftest import NOON, HandClock, analyser, bot, clock, empty_store, services
from tests.fake_telegram import FakeTelegram

__all__ = ["Scene", "analyser", "bot", "clock", "empty_store", "scene", "services"]

FIRST = 4711
ALL: tuple[State, ...] = ("pending", "sending", "sent", "unknown", "rejected", "expired", "held")


@dataclass
class Scene:
    """`program` is what a start of the program builds; `restart` forgets all that was only in memory."""

    telegram: FakeTelegram
    bot: Bot
    services: Services
    clock: HandClock
    limits: bool = False
    put_in: list[tuple[int, str]] = field(default_factory=list)
    _delivery: Delivery | None = None
    _turnstile: Turnstile | None = None

    @property
    def turnstile(self) -> Turnstile:
        """One for deliveries and answers, as in the service."""
        if self._turnstile is None:
            limiter = Limiter({"telegram": telegram_limits()} if self.limits else {})
            self._turnstile = Turnstile(limiter, self.clock, self.clock.sleep)
        return self._turnstile

    @property
    def delivery(self) -> Delivery:
        if self._delivery is None:
            transports = {"telegram": TelegramTransport(self.bot)}
            self._delivery = Delivery(
                self.services, transports, self.clock, self.turnstile, Policy(burst=1000), sleep=self.clock.sleep
            )
        return self._delivery

    def restart(self) -> None:
        self._delivery = self._turnstile = None

    async def put(self, chats_: int = 3, each: int = 2, first: int = FIRST) -> None:
        """Messages for so many chats, in rounds."""
        for number in range(chats_):
            if first + number not in self.telegram.world.chats and first > 0:
                self.telegram.people.person(first + number)
        async with self.services.database.begin() as conn:
            for at in range(each):
                for number in range(chats_):
                    await self._put(conn, first + number, f"Nachricht {len(self.put_in)}", at)

    async def _put(self, conn: Connection, chat: int, text: str, at: int) -> None:
        key = f"telegram:{chat}"
        await chats.ensure(conn, key, "Europe/Berlin", NOON)
        payload = {"text": text, "entities": [], "buttons": []}
        await outbox.enqueue(conn, key, f"event:{len(self.put_in)}", "text", payload, self.clock.now())
        self.put_in.append((chat, text))

    async def notify(self, known: Sequence[int], chats_: int = 3) -> None:
        """A notice about each of those resolutions for so many chats."""
        async with self.services.database.begin() as conn:
            for number in range(FIRST, FIRST + chats_):
                self.telegram.people.person(number)
                await chats.ensure(conn, f"telegram:{number}", "Europe/Berlin", NOON)
                for id in known:
                    payload = {"resolution": id, "revision": 1, "subscriptions": ["Sprachkurse"], "change": "new"}
                    await outbox.enqueue(
                        conn, f"telegram:{number}", f"resolution:{id}", "notice", payload, self.clock.now()
                    )

    def told(self, chat: int) -> list[int]:
        """The numbers of the resolutions (see `store_resolutions`) that stand in a chat, as often as they do."""
        return sorted(
            int(found) for text in self.telegram.texts(chat) for found in re.findall(r"Sprachkurse, Teil (\d+)", text)
        )

    async def deliver(self) -> DeliveryReport:
        return await deliver_all(self.delivery.one_pass, self.clock.sleep)

    async def later(self, **amount: float) -> DeliveryReport:
        """Time passes, then what is due goes out."""
        await self.clock.sleep(dt.timedelta(**amount).total_seconds())
        return await self.deliver()

    async def rows(self) -> tuple[OutboxMessage, ...]:
        async with self.services.database.read() as conn:
            return await listed(conn, ALL, 10_000)

    async def counts(self) -> dict[str, int]:
        async with self.services.database.read() as conn:
            return {state: count for state, count in (await outbox.counts(conn)).items() if count}

    async def chat(self, number: int | str) -> Chat | None:
        async with self.services.database.read() as conn:
            return await chats.get(conn, f"telegram:{number}")

    async def check(self, unknown: int = 0, waiting: int = 0) -> None:
        """Nothing lost, nothing doubled: every message stands once, or waits, or is marked unknown, and no more than
        so many do."""
        shown = [text for chat in self.telegram.world.chats.values() for text in (m.text for m in chat.messages)]
        states = {row.payload["text"]: row.state for row in await self.rows()}
        doubled = [text for text in set(shown) if shown.count(text) > 1]
        assert doubled == [], "shown twice"
        lost = [text for _, text in self.put_in if states.get(text) == "sent" and text not in shown]
        gone = [text for _, text in self.put_in if states.get(text) not in ("sent", "unknown", "pending")]
        assert (lost, gone) == ([], []), "lost"
        counts = await self.counts()
        assert (counts.get("unknown", 0), counts.get("pending", 0)) == (unknown, waiting)
        for chat in self.telegram.world.chats.values():
            numbers = [int(message.text.split()[1]) for message in chat.messages]
            assert numbers == sorted(numbers), "out of order"


@pytest.fixture
async def scene(telegram: FakeTelegram, bot: Bot, services: Services, clock: HandClock) -> Scene:
    return Scene(telegram, bot, services, clock)
