"""What became of messages on their way."""

from __future__ import annotations

import enum
from dataclasses import dataclass, fields, replace


class Fate(enum.Enum):
    """What became of one message in one pass.

    CLOSED: it waits until its chat is open again; SET_ASIDE: its chat has refused and is asked again later; MOVED: due
    again in its chat's new place; REFORMATTED: due again in another form; PACED: only too early; TAKEN: somebody else
    has it by now, or has changed what it tells, and nothing was sent; FAILED: see the log, the lease sets it free.
    """

    SENT = enum.auto()
    REJECTED = enum.auto()
    UNKNOWN = enum.auto()
    CLOSED = enum.auto()
    SET_ASIDE = enum.auto()
    MOVED = enum.auto()
    REFORMATTED = enum.auto()
    POSTPONED = enum.auto()
    PACED = enum.auto()
    TAKEN = enum.auto()
    FAILED = enum.auto()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one pass (or several, added up) did. `under_way`: how many go on; `pauses`: in how many seconds each paced
    message may go."""

    sent: int = 0
    rejected: int = 0
    unknown: int = 0
    closed: int = 0
    set_aside: int = 0
    moved: int = 0
    reformatted: int = 0
    postponed: int = 0
    taken: int = 0
    failed: int = 0
    under_way: int = 0
    pauses: tuple[float, ...] = ()

    @property
    def moving(self) -> bool:
        """Whether something came to an end or to a new place, so that more may be due now."""
        ended = self.sent + self.rejected + self.unknown + self.closed
        return ended + self.set_aside + self.moved + self.reformatted + self.taken > 0

    def during(self, under_way: int, pauses: tuple[float, ...]) -> DeliveryReport:
        return replace(self, under_way=under_way, pauses=pauses)

    def __add__(self, other: DeliveryReport) -> DeliveryReport:
        """The counts of both; what goes on and what pauses is no count."""
        names = [field.name for field in fields(self) if field.name not in ("pauses", "under_way")]
        return DeliveryReport(**{name: getattr(self, name) + getattr(other, name) for name in names})
