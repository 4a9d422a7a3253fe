"""How fast messages may follow each other. Pure: the time is an argument, in seconds of a clock that only runs on."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages within any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    overall: Rate
    private: Rate
    group: Rate


# Bot FAQ: about 30 a second over all (5 kept free for answers), one a second per private chat, 20 a minute per group.
TELEGRAM = Limits(overall=Rate(25, 1.0), private=Rate(1, 1.0), group=Rate(20, 60.0))

_TIDY_ABOVE = 1000


class Pacing:
    """Remembers recent sends. `limits` by transport name; a transport that is not named has none."""

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        self._limits = dict(limits)
        self._sent: dict[str, deque[float]] = {}

    def take(self, chat: str, at: float) -> float:
        """0.0: send now, it is counted. Otherwise the seconds to wait before asking again; nothing is counted."""
        transport, _, chat_id = chat.partition(":")
        limits = self._limits.get(transport)
        if limits is None:
            return 0.0
        own = limits.group if chat_id.startswith("-") else limits.private
        windows = ((transport, limits.overall), (chat, own))
        wait = max(self._wait(key, rate, at) for key, rate in windows)
        if wait == 0.0:
            self._count(chat, at)
            self._count(transport, at)
        return wait

    def _wait(self, key: str, rate: Rate, at: float) -> float:
        sent = self._sent.get(key, ())
        if len(sent) < rate.count:
            return 0.0
        return max(0.0, sent[-rate.count] + rate.seconds - at)

    def _count(self, key: str, at: float) -> None:
        if len(self._sent) > _TIDY_ABOVE:
            self._forget_before(at - 60.0)
        self._sent.setdefault(key, deque(maxlen=32)).append(at)

    def _forget_before(self, moment: float) -> None:
        """Drop chats that no rate looks back at any more, so that memory does not grow with the number of chats."""
        self._sent = {key: sent for key, sent in self._sent.items() if sent[-1] > moment}
