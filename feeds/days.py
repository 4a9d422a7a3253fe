"""On which days a conference met: it counts for a search by date from its first day until its last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from feeds.record import Publication


@dataclass(frozen=True, slots=True)
class Days:
    """Both days are part of it."""

    first: dt.date
    last: dt.date

    def within(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether any of the days is; None: without a bound."""
        return (since is None or since <= self.last) and (until is None or self.first <= until)


def days_of(publication: Publication) -> Days | None:
    """None where no day is known."""
    first = publication.date_start
    return Days(first, max(first, publication.date_end or first)) if first else None
