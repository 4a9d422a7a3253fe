"""Who may use the bot, as it is set; who was let in beside that stands in the store (`storage.admissions`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from handlers.reply import Incoming
from storage.chats import whole

Mode = Literal["open", "invite", "allowlist"]


@dataclass(frozen=True, slots=True)
class Access:
    """`open`: everybody; `invite`: who opens a link that an administrator has issued, and who was let in by hand;
    `allowlist`: only the latter.

    `admins` (people) and `allowed` (whole chats) are keys such as "telegram:4711"; they always have access.
    """

    mode: Mode = "open"
    admins: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()

    @property
    def set_by_hand(self) -> frozenset[str]:
        """The whole chats that have access whatever the store says."""
        return self.admins | self.allowed

    def knows(self, chat: str) -> bool:
        """Whether this chat (or the one that the topic belongs to) has access without looking into the store."""
        return self.mode == "open" or whole(chat) in self.set_by_hand

    def administers(self, incoming: Incoming) -> bool:
        """Whether it comes from an administrator, in the private chat with the bot."""
        return incoming.kind == "private" and incoming.user in self.admins and incoming.chat == incoming.user


@dataclass(frozen=True, slots=True)
class Links:
    """Links that open the bot with a word to it. `bot` gives the bot's name, None where nobody has asked for it yet;
    `new_token` a fresh secret of at least 22 of the characters A-Z a-z 0-9 _ -.
    """

    bot: Callable[[], str | None]
    new_token: Callable[[], str]

    def private(self, payload: str) -> str:
        """Opens the private chat; `payload`: at most 64 of the characters above."""
        return self._link("start", payload)

    def group(self, payload: str) -> str:
        """Lets one choose a group to take the bot into."""
        return self._link("startgroup", payload)

    def _link(self, way: str, payload: str) -> str:
        name = self.bot()
        return f"/start {payload}" if name is None else f"https://t.me/{name}?{way}={payload}"
