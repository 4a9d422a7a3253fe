"""Whether it is a chat that refuses us, or the chat system as a whole. Pure; the time is an argument, in seconds of a
clock that only runs on.

Before now an outage has refused everybody for hours, with the very words that are used for a chat that is really gone
("Forbidden: bot was blocked by the user"). So no refusal proves anything by itself, nor do its words. The rule:

1. A chat that refuses is **set aside**: its messages wait for a while, it stays open, and nobody else waits for it.
2. It is asked once more as soon as another chat has accepted something. If it refuses again, the chat system serves
   others and not this one: only then the chat is **closed**. So each chat that is gone costs two requests, and one that
   is only caught in an outage is closed by nobody, as its outage is over when others are served again.
3. Refusals of `STORM` different chats in a row, with nothing accepted in between, are a **storm**. Then notices and
   digests go out one at a time as probes, with growing pauses; answers go always, since who has just written is most
   likely to be reached. Anything accepted ends it. Who was set aside in a storm needs one round more, with a pause
   before it: a system that comes and goes may serve somebody now and then.

All of it is memory only. A restart forgets who was set aside, which closes nobody; their messages are due all the same.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

STORM = 5
UNREACHED_IN_A_ROW = 3

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 3600.0
"""Seconds that a chat is set aside for, doubled each time."""

FIRST_PROBE = 1.0
LONGEST_PROBE = 30.0
"""Seconds between two probes, doubled each time."""


class Word(enum.Enum):
    """What a refusal means."""

    SET_ASIDE = enum.auto()
    CLOSED = enum.auto()


@dataclass(frozen=True, slots=True)
class Suspect:
    """A chat that refused. `refusals`: those with something accepted elsewhere between each two; `served`: how much had
    been accepted at the last of them; `pause`: how long it is set aside."""

    refusals: int
    served: int
    pause: float
    needed: int = 2


class Weather:
    """What one transport's requests have met. Chats are whole: a topic's key counts as its chat's."""

    def __init__(self) -> None:
        self._served = 0
        self._suspects: dict[str, Suspect] = {}
        self._run: set[str] = set()
        self._unreached: set[str] = set()
        self._unasked = False
        self._again = False
        self._probed_at = 0.0
        self._probe_pause = FIRST_PROBE

    @property
    def storm(self) -> bool:
        """Whether so many have refused in a row that it may be everybody."""
        return len(self._run) >= STORM

    @property
    def suspects(self) -> frozenset[str]:
        """Who is set aside."""
        return frozenset(self._suspects)

    def accepted(self, chat: str) -> None:
        """The chat system took a message for this one."""
        self._served += 1
        self._suspects.pop(_whole(chat), None)
        self._again = self._again or self.storm or self._unasked
        self._unasked = False
        self._run.clear()
        self._unreached.clear()
        self._probe_pause = FIRST_PROBE

    def refused(self, chat: str, at: float) -> Word:
        """This chat is said to be closed to us."""
        whole, stormy = _whole(chat), self.storm
        suspect = self._suspects[whole] = self._after_refusal(self._suspects.get(whole))
        if suspect.refusals >= suspect.needed:
            self.forget(whole)
            return Word.CLOSED
        self._unasked = self._unasked or suspect.refusals == 1
        self._run.add(whole)
        if self.storm:
            self._doubt()
            self._probed_at = self._probed_at if stormy else at
        return Word.SET_ASIDE

    def pause(self, chat: str) -> float:
        """Seconds for which a chat that refused is set aside."""
        suspect = self._suspects.get(_whole(chat))
        return suspect.pause if suspect else 0.0

    def refused_again(self, chat: str) -> bool:
        """Whether it has refused after others had been served, and is still not closed: it waits its pause out."""
        suspect = self._suspects.get(_whole(chat))
        return suspect is not None and suspect.refusals > 1

    def forget(self, chat: str) -> None:
        """Nothing is held against this chat: it is closed, or has just spoken."""
        self._suspects.pop(_whole(chat), None)
        self._run.discard(_whole(chat))

    def asks_again(self) -> bool:
        """Whether those that were set aside or waited are to be asked again now; true once for each occasion."""
        again, self._again = self._again, False
        return again

    def probe_in(self, chat: str, at: float) -> float:
        """Seconds until a message that nobody asked for may go to this chat; with 0.0 in a storm it *is* the probe.

        Who has refused already is probed last: it tells less than somebody who was not asked yet.
        """
        if not self.storm:
            return 0.0
        pause = LONGEST_PROBE if _whole(chat) in self._suspects else self._probe_pause
        if at < self._probed_at + pause:
            return self._probed_at + pause - at
        self._probed_at = at
        self._probe_pause = min(2 * self._probe_pause, LONGEST_PROBE)
        return 0.0

    def unreached(self, chat: str) -> bool:
        """The request did not even arrive; whether that goes for all of them now."""
        self._unreached.add(chat)
        return len(self._unreached) >= UNREACHED_IN_A_ROW

    def _after_refusal(self, before: Suspect | None) -> Suspect:
        if before is None:
            return Suspect(1, self._served, FIRST_PAUSE)
        longer = min(2 * before.pause, LONGEST_PAUSE)
        if self._served == before.served:
            return replace(before, pause=longer)
        return replace(before, refusals=before.refusals + 1, served=self._served, pause=longer)

    def _doubt(self) -> None:
        """Nobody of this run is closed as easily as in calm."""
        for chat in self._run & self._suspects.keys():
            self._suspects[chat] = replace(self._suspects[chat], needed=3)


def _whole(chat: str) -> str:
    return chat.partition("/")[0]


class Weathers:
    """That of each transport."""

    def __init__(self) -> None:
        self._all: dict[str, Weather] = {}

    def of(self, chat: str) -> Weather:
        """`chat`: its key, or the name of the transport alone."""
        return self._all.setdefault(chat.partition(":")[0], Weather())

    def asks_again(self) -> bool:
        """As `Weather.asks_again`, for any of them."""
        return sum(weather.asks_again() for weather in self._all.values()) > 0  # each of them is asked
