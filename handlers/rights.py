"""What the chat system knows of who may do what in a group or channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class RightsUnknownError(Exception):
    """The chat system does not say now who may what."""


@dataclass(frozen=True, slots=True)
class ChannelRights:
    """Of a channel: its title, and who may write there."""

    title: str
    person: bool
    bot: bool


class Rights(Protocol):
    """What the chat system knows. Chats and people are keys such as "telegram:4711"; both methods raise
    `RightsUnknownError`."""

    async def administers(self, group: str, person: str) -> bool: ...

    async def of_channel(self, channel: str, person: str) -> ChannelRights | None:
        """None where there is no such channel, or the bot is not in it."""
        ...


class NoRights:
    """Without a chat system there is nobody who could administer anything."""

    async def administers(self, group: str, person: str) -> bool:
        return False

    async def of_channel(self, channel: str, person: str) -> ChannelRights | None:
        return None
