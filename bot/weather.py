"""Whether it is a chat that refuses us, or the chat system as a whole. Pure.

An outage has refused everybody before now ("Forbidden" for every chat, for hours). Such a run of refusals without a
single message accepted in between says nothing about the chats.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

CLOSED_IN_A_ROW = 5
UNREACHED_IN_A_ROW = 3


@dataclass
class Weather:
    """Runs of refusals of one transport, ended by anything that is accepted."""

    _closed: dict[str, dt.datetime] = field(default_factory=dict)
    _unreached: set[str] = field(default_factory=set)

    def accepted(self) -> None:
        self._closed.clear()
        self._unreached.clear()

    def closed(self, chat: str, now: dt.datetime) -> bool:
        """A chat has shut us out; whether so many have in a row that it is not them."""
        self._closed.setdefault(chat.partition("/")[0], now)
        return len(self._closed) >= CLOSED_IN_A_ROW

    @property
    def closing_since(self) -> dt.datetime | None:
        """When the run of closed chats began."""
        return min(self._closed.values(), default=None)

    def unreached(self, chat: str) -> bool:
        """The request did not even arrive; whether that goes for all of them now."""
        self._unreached.add(chat)
        return len(self._unreached) >= UNREACHED_IN_A_ROW
