"""Telegram's limits on sending, for tests that switch them on. The clock is the caller's, in seconds."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable

from tests.fake_telegram.answers import too_many_requests

# Bot FAQ: (messages, within seconds) for all chats together, one private chat, one group.
OVERALL = (30, 1.0)
PRIVATE = (1, 1.0)
GROUP = (20, 60.0)
_ROUNDING = 1e-6


class Rates:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent: dict[int | None, deque[float]] = defaultdict(deque)

    def check(self, chat_id: int) -> None:
        """Count one send, or raise the 429 that says how long to wait."""
        now = self._clock()
        for key, (most, within) in ((None, OVERALL), (chat_id, PRIVATE if chat_id > 0 else GROUP)):
            times = self._sent[key]
            while times and times[0] <= now - within + _ROUNDING:
                times.popleft()
            if len(times) >= most:
                raise too_many_requests(math.ceil(times[0] + within - now))
        self._sent[None].append(now)
        self._sent[chat_id].append(now)
