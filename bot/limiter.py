"""How fast messages may follow each other, and who goes first. Pure: the time is an argument, in seconds of a clock
that only runs on.

    ask ─▶ ticket ─▶ grant (in order of priority, within every window) ─▶ [leave_in ─▶ sending] ─▶ ended

Telegram counts a message when it arrives, which nobody here sees. A slot of a window is therefore taken from the grant
until `ended`, and from then on as if the message had arrived as late as it can have: at its end, less the fastest round
trip there was (the way back of this one and the way there of the next take as long together), but for a little doubt.
So a server that counts exactly never counts too many, and only the jitter of the network is lost.

Who has work of his own before the request leaves asks with a `lead`: he is granted his slot that much before it is
free, and leaves when it is.
"""

from __future__ import annotations

import enum
import math
from bisect import bisect_right
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.windows import ROUNDING, Pulse, Rate, Window

# A 429 for this many different chats within so many seconds means all chats.
FLOODED_CHATS = 3
FLOOD_SECONDS = 10.0

# Seconds: the fastest trip that was seen need not be the fastest that there is.
_DOUBT = 0.002
# The first trips open connections and are slow, so they say nothing about the fastest.
_TRIPS_TO_KNOW = 100
_TIDY_ABOVE = 1000
_NO_STOP = (-math.inf, "")


class Priority(enum.IntEnum):
    """Who goes first: a person who waits, then news, then what is read once a day."""

    ANSWER = 0
    NOTICE = 1
    DIGEST = 2


@dataclass(frozen=True, slots=True)
class Limits:
    overall: Rate
    private: Rate
    group: Rate


def telegram_limits(per_second: int = 30) -> Limits:
    """Bot FAQ: about 30 a second over all (more only with paid broadcast), one a second per private chat, 20 a minute
    per group; whatever the method."""
    return Limits(Rate(per_second, 1.0), Rate(1, 1.0), Rate(20, 60.0))


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A wish to send. `chat` is the whole chat (“telegram:-100…”): its topics share one budget. `lead`: see above."""

    transport: str
    chat: str
    priority: Priority
    lead: float = 0.0


class Limiter:
    """`limits` by transport name; a transport that is not named has none."""

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        self._limits = dict(limits)
        self._queues: dict[str, list[Ticket]] = {}
        self._windows: dict[str, Window] = {}
        self._pulses = {name: Pulse(each.overall) for name, each in limits.items()}
        self._stops: dict[str, tuple[float, str]] = {}
        self._floods: dict[str, deque[tuple[float, str]]] = {}
        self._began: dict[Ticket, float] = {}
        self._fastest = math.inf
        self._trips = 0

    def share(self, transport: str, count: int) -> None:
        """From now on at most `count` messages in a second over all, since others send through it as well."""
        overall = replace(self._limits[transport].overall, count=count)
        self._limits[transport] = replace(self._limits[transport], overall=overall)
        self._window(transport, overall).rate = overall
        self._pulses[transport].pace(overall)

    def ask(self, chat: str, priority: Priority, lead: float = 0.0) -> Ticket:
        """Queue behind those of the same priority. `chat` is a chat's key, with or without a topic."""
        whole = chat.partition("/")[0]
        ticket = Ticket(whole.partition(":")[0], whole, priority, lead)
        queue = self._queues.setdefault(ticket.transport, [])
        queue.insert(bisect_right(queue, priority, key=lambda other: other.priority), ticket)
        return ticket

    def withdraw(self, ticket: Ticket) -> None:
        """It is not wanted any more; nothing is counted."""
        queue = self._queues.get(ticket.transport, [])
        if ticket in queue:
            queue.remove(ticket)

    def grant(self, at: float) -> tuple[Ticket, ...]:
        """Those that go now (with a lead: that prepare to), in order. Each must be `ended` once its request has."""
        granted = []
        for transport, queue in self._queues.items():
            for ticket in tuple(queue):
                common = self._common_wait(transport, ticket.priority, at)
                if common > ticket.lead + ROUNDING:
                    break  # what stands behind is no more urgent, and waits as well
                wait = max(common, self._own_wait(ticket, at))
                if wait <= ticket.lead + ROUNDING:
                    queue.remove(ticket)
                    self._begin(ticket, at + wait)
                    granted.append(ticket)
        return tuple(granted)

    def leave_in(self, ticket: Ticket, at: float) -> float:
        """Seconds until the slot that was granted is free."""
        return max(0.0, self._began.get(ticket, at) - at)

    def next_grant(self, at: float) -> float | None:
        """Seconds after which it is worth while to look again; None where nobody waits, or only the end of another
        request can help."""
        waits = [self._next_of(transport, queue, at) for transport, queue in self._queues.items() if queue]
        finite = [wait for wait in waits if wait < math.inf]
        return min(finite) if finite else None

    def chat_wait(self, chat: str, at: float) -> float:
        """Seconds that this chat's own budget, a 429 of its own, or one for all hold it back, if nobody else asks."""
        whole = chat.partition("/")[0]
        transport = whole.partition(":")[0]
        window = self._windows.get(whole) if transport in self._limits else None
        return max(self.stopped(transport, at), self._stopped_chat(whole, at), window.wait(at) if window else 0.0)

    def sending(self, ticket: Ticket, at: float) -> None:
        """The request leaves only now (not before `leave_in`); what came before was our own work and no part of the
        round trip."""
        if ticket in self._began:
            self._began[ticket] = at

    def ended(self, ticket: Ticket, at: float) -> None:
        """The request has ended, whatever became of it."""
        began = self._began.pop(ticket, None)
        if began is None:
            return
        arrived = self._latest_arrival(began, at)
        for window in self._windows_of(ticket):
            window.end(arrived)
        self._tidy(at)

    def _latest_arrival(self, began: float, ended: float) -> float:
        """When a message that was sent then, and answered then, can have arrived at the latest."""
        self._fastest = min(self._fastest, max(0.0, ended - began))
        self._trips += 1
        sure = max(0.0, self._fastest - _DOUBT) if self._trips > _TRIPS_TO_KNOW else 0.0
        return max(began, ended - sure)

    def refused(self, chat: str, seconds: float, at: float) -> bool:
        """A 429 for that chat: it waits, the others go on, unless the same happened to several just now.

        Whether all of the transport stand still for it.
        """
        whole = chat.partition("/")[0]
        transport = whole.partition(":")[0]
        self._stop(whole, at + seconds, "this chat was told to wait (429)")
        floods = self._floods.setdefault(transport, deque())
        floods.append((at, whole))
        while floods[0][0] < at - FLOOD_SECONDS:
            floods.popleft()
        if len({each for _, each in floods}) < FLOODED_CHATS:
            return False
        self.stop_all(transport, seconds, at, "several chats were told to wait (429), so all do")
        return True

    def stop_all(self, transport: str, seconds: float, at: float, why: str = "") -> None:
        """Nothing goes out through that transport for so long, answers neither. `why` is for people to read."""
        self._stop(transport, at + seconds, why)

    def why(self, chat: str, at: float) -> str | None:
        """Why that chat, or all of its transport, stands still; None where at most the usual pace holds it back."""
        whole = chat.partition("/")[0]
        stops = (self._stops.get(key, _NO_STOP) for key in (whole.partition(":")[0], whole))
        return next((why for until, why in stops if until > at), None) or None

    def stopped(self, transport: str, at: float) -> float:
        """Seconds that the whole transport still stands still."""
        return max(0.0, self._stops.get(transport, _NO_STOP)[0] - at)

    def _next_of(self, transport: str, queue: list[Ticket], at: float) -> float:
        waits = []
        for ticket in queue:
            common = self._common_wait(transport, ticket.priority, at)
            if common > ticket.lead + ROUNDING:
                waits.append(common - ticket.lead)
                break
            waits.append(max(common, self._own_wait(ticket, at)) - ticket.lead)
        return max(0.0, min(waits))

    def _common_wait(self, transport: str, priority: Priority, at: float) -> float:
        """What holds back everybody of that priority. Infinite: only the end of a request under way can help."""
        limits = self._limits.get(transport)
        stopped = self.stopped(transport, at)
        if limits is None:
            return stopped
        window = self._window(transport, limits.overall).wait(at)
        paced = 0.0 if priority == Priority.ANSWER else self._pulses[transport].wait(at)
        return max(stopped, window, paced)

    def _own_wait(self, ticket: Ticket, at: float) -> float:
        """What holds back that chat."""
        own = self._windows_of(ticket)[1:]
        return max([self._stopped_chat(ticket.chat, at), *(window.wait(at) for window in own)])

    def _stopped_chat(self, chat: str, at: float) -> float:
        return max(0.0, self._stops.get(chat, _NO_STOP)[0] - at)

    def _stop(self, key: str, until: float, why: str) -> None:
        """A longer stop stays, with its reason."""
        self._stops[key] = max(self._stops.get(key, _NO_STOP), (until, why))

    def _begin(self, ticket: Ticket, at: float) -> None:
        self._began[ticket] = at
        for window in self._windows_of(ticket):
            window.begin()
        if ticket.priority != Priority.ANSWER and ticket.transport in self._pulses:
            self._pulses[ticket.transport].beat(at)

    def _windows_of(self, ticket: Ticket) -> tuple[Window, ...]:
        limits = self._limits.get(ticket.transport)
        if limits is None:
            return ()
        overall = self._window(ticket.transport, limits.overall)
        chat_id = ticket.chat.partition(":")[2]
        if not chat_id:
            return (overall,)
        return overall, self._window(ticket.chat, limits.group if chat_id.startswith("-") else limits.private)

    def _window(self, key: str, rate: Rate) -> Window:
        if key not in self._windows:
            self._windows[key] = Window(rate)
        return self._windows[key]

    def _tidy(self, at: float) -> None:
        """Drop what holds nobody back any more, so that memory does not grow with the number of chats."""
        if len(self._windows) > _TIDY_ABOVE:
            self._windows = {key: window for key, window in self._windows.items() if not window.is_idle(at)}
        if len(self._stops) > _TIDY_ABOVE:
            self._stops = {key: stop for key, stop in self._stops.items() if stop[0] > at}
