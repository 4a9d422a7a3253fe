"""By when a demand is to be met: the deadline that its sentence names, else one of its Ziffer."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.due import due_on
from feeds.record import DateMention, Demand


def deadline_of(demand: Demand, dates: Iterable[DateMention]) -> DateMention | None:
    """The first deadline in the sentence itself; else the first of the same Ziffer; None where neither has one."""
    deadlines = sorted((one for one in dates if one.role == "deadline"), key=due_on)
    near = [one for one in deadlines if one.item == demand.item]
    told = [one for one in near if one.text in demand.text]
    return next(iter(told or [one for one in near if demand.item is not None]), None)
