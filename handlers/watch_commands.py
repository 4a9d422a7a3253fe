"""What people can ask for about the demands that they watch, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChooseDemand:
    """The demands of a stored resolution, to mark one."""

    resolution: int


@dataclass(frozen=True, slots=True)
class MarkDemand:
    """Watch a demand of a stored resolution, or, with `deadline`, what one of its dates sets a deadline for.

    `position` counts from 1 among its demands, or among all dates of its text.
    """

    resolution: int
    position: int
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class MarkCited:
    """As `ChooseDemand`, for a resolution as people cite it; "" asks how it is done."""

    cited: str


@dataclass(frozen=True, slots=True)
class ListWatches:
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShowWatch:
    """One watched demand with all that can be done about it."""

    id: int


@dataclass(frozen=True, slots=True)
class SetWatchDone:
    id: int
    done: bool


@dataclass(frozen=True, slots=True)
class RemindOfWatch:
    """`when` as typed ("4 Wochen", "1.5.2026", "nie"); None asks for it."""

    id: int
    when: str | None = None


@dataclass(frozen=True, slots=True)
class SetLead:
    """So many days before its date a demand is reminded of; None lets one choose."""

    id: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class NoteOnWatch:
    """`text` None asks for it; "" takes it away."""

    id: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EndWatch:
    id: int


WatchCommand = (
    ChooseDemand
    | MarkDemand
    | MarkCited
    | ListWatches
    | ShowWatch
    | SetWatchDone
    | RemindOfWatch
    | SetLead
    | NoteOnWatch
    | EndWatch
)
