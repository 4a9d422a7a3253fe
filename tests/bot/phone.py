"""What a person does with a telephone: types, taps, and looks at what the chat shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.services import Services
from storage import subscriptions
from tests.fake_telegram import FakeTelegram


@dataclass
class Phone:
    """One person's private chat."""

    telegram: FakeTelegram
    services: Services
    chat: int

    async def types(self, text: str) -> str:
        return await self._answered_to(lambda: self.telegram.people.says(self.chat, text))

    async def taps(self, label: str) -> str:
        return await self._answered_to(lambda: self.telegram.people.presses(self.chat, label))

    async def opens(self, payload: str) -> str:
        """A link t.me/<bot>?start=…: the client sends what stands behind "start="."""
        return await self.types(f"/start {payload}")

    async def _answered_to(self, act: Callable[[], object]) -> str:
        """What the newest message says that is new, or that stands in the place of another."""
        before = [(one.message_id, one.text) for one in self.telegram.messages(self.chat)]
        act()
        shown = self.telegram.messages
        await self.telegram.until(lambda: [(one.message_id, one.text) for one in shown(self.chat)] != before)
        await self.telegram.until(lambda: not self.telegram.world.updates.pending)
        return next(one.text for one in reversed(shown(self.chat)) if (one.message_id, one.text) not in before)

    def labels(self) -> list[str]:
        return self.telegram.messages(self.chat)[-1].labels()

    async def subscribed(self) -> list[str]:
        async with self.services.database.read() as conn:
            return [one.label for one in await subscriptions.of_chat(conn, f"telegram:{self.chat}")]
