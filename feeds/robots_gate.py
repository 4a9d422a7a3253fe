"""Remembers the robots.txt of every host we ask; how it is fetched is passed in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from feeds.fetched import Fetched, FetchFailed, FetchResult
from feeds.robots import EVERYTHING, Robots, parse_robots

_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Robots | FetchFailed
    until: float


class RobotsGate:
    """Rules by origin (scheme, host and port). Ages are seconds on the scale of `seconds`."""

    def __init__(
        self,
        ask: Callable[[str], Awaitable[FetchResult]],
        product: str,
        seconds: Callable[[], float],
        age: float,
        retry: float,
    ) -> None:
        self._ask = ask
        self._product = product
        self._seconds = seconds
        self._age = age
        self._retry = retry
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, origin: str) -> Robots | FetchFailed:
        """What holds at this origin; a failure means that it cannot be known now and nothing may be fetched there."""
        async with self._locks.setdefault(origin, asyncio.Lock()):
            known = self._known.get(origin)
            if known is None or known.until <= self._seconds():
                found = self._read(await self._ask(f"{origin}/robots.txt"), origin)
                age = self._retry if isinstance(found, FetchFailed) else self._age
                known = self._known[origin] = _Known(found, self._seconds() + age)
            return known.rules

    def _read(self, answer: FetchResult, origin: str) -> Robots | FetchFailed:
        if isinstance(answer, Fetched):
            return parse_robots(answer.body.decode("utf-8", errors="replace"), self._product)
        if isinstance(answer, FetchFailed) and (deferred := _deferred(answer, origin)):
            return deferred
        return EVERYTHING


def _deferred(answer: FetchFailed, origin: str) -> FetchFailed | None:
    """A server that is ill has not permitted anything; one without the file has (RFC 9309, section 2.3.1)."""
    if answer.status is not None and answer.status < 500 and answer.status != _TOO_MANY_REQUESTS:
        return None
    return FetchFailed(
        f"{origin}/robots.txt cannot be read, so nothing is fetched from there: {answer.reason}",
        retry_after=answer.retry_after,
        unreachable=answer.unreachable,
    )
