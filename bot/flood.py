"""Whoever writes faster than anybody reads is asked once to slow down, and then not answered until it is calm again.

Pure arithmetic: each chat has a stock of answers that fills up with time. Nothing here knows what time it is.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """`burst` answers at once, and one more for each `every` seconds.

    Who has used them up is answered again when `calm` of them are there: else every other message would be answered,
    and the word repeated.
    """

    burst: int = 20
    every: float = 2.0
    calm: int = 10


class Verdict(enum.Enum):
    ANSWER = enum.auto()
    ASK_TO_WAIT = enum.auto()
    KEEP_QUIET = enum.auto()


@dataclass(frozen=True, slots=True)
class Stock:
    """`free` answers at the moment `at` (seconds of any clock); `over`: the chat is waiting for calm."""

    free: float
    at: float
    over: bool = False


def weigh(stock: Stock | None, at: float, allowance: Allowance) -> tuple[Stock, Verdict]:
    """What to do about a message that comes at that moment, and the stock after it. None: the first one."""
    free = _refilled(stock, at, allowance) if stock else float(allowance.burst)
    over = stock is not None and stock.over and free < allowance.calm
    if over:
        return Stock(free, at, over=True), Verdict.KEEP_QUIET
    if free < 1:
        return Stock(free, at, over=True), Verdict.ASK_TO_WAIT
    return Stock(free - 1, at), Verdict.ANSWER


def wait(stock: Stock, allowance: Allowance) -> float:
    """Seconds from then until it is calm, if nothing more comes."""
    return max(0.0, (allowance.calm - stock.free) * allowance.every)


def _refilled(stock: Stock, at: float, allowance: Allowance) -> float:
    """A clock that was set back fills nothing up."""
    return min(float(allowance.burst), stock.free + max(0.0, at - stock.at) / allowance.every)


class Flood:
    """The stocks of all chats, as far as they are not full."""

    def __init__(self, allowance: Allowance | None = None, most: int = 10_000) -> None:
        self._allowance = allowance or Allowance()
        self._most = most
        self._stocks: dict[str, Stock] = {}

    def judge(self, chat: str, at: float) -> tuple[Verdict, float]:
        """The verdict on a message of this chat, and how long it is to be quiet."""
        if len(self._stocks) >= self._most:
            self._forget_full(at)
        stock, verdict = weigh(self._stocks.get(chat), at, self._allowance)
        self._stocks[chat] = stock
        return verdict, wait(stock, self._allowance)

    def __len__(self) -> int:
        return len(self._stocks)

    def _forget_full(self, at: float) -> None:
        full = self._allowance.burst
        filling = {chat: one for chat, one in self._stocks.items() if _refilled(one, at, self._allowance) < full}
        # Where everybody writes at once, who is counted anew is better off than who waits for memory.
        self._stocks = filling if len(filling) < self._most else {}
