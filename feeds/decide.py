"""When to look again: plain decisions without side effects, in the manner of lemon24/reader.

A `Decider` is one source at one moment. It only answers; the watcher asks it and acts. No failure ends a source: the
waiting grows up to a day and then stays there, until the source is well again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from config.catalogue import Source
from feeds.fetched import LONGEST_PAUSE

FIRST_WAIT = dt.timedelta(minutes=10)
"""After a first failure, unless the source is looked at more often anyway."""

LONGEST_WAIT = dt.timedelta(days=1)
"""After however many failures in a row."""

LONGEST_FRESH = dt.timedelta(days=1)
"""A page that claims to hold for longer is looked at all the same: such headers are set for pictures."""

OFFLINE_WAIT = dt.timedelta(minutes=5)

YOUNG = dt.timedelta(days=90)
"""So long corrections are likely; after it a document that was read is asked for again weekly at most."""

MANY = 10
"""Failures of one document, after which it is asked for weekly only; they take some four days."""

WEEK = dt.timedelta(days=7)


def back_off(failures: int, first: dt.timedelta) -> dt.timedelta:
    """How long to wait after so many failures in a row (counted from 1): `first`, doubled with each further one."""
    doublings = min(max(failures, 1) - 1, 40)
    factor: int = 2**doublings
    return LONGEST_WAIT if first >= LONGEST_WAIT / factor else first * factor


@dataclass(frozen=True, slots=True)
class Decider:
    """One source, now (an aware time)."""

    source: Source
    now: dt.datetime

    def is_due(self, next_due: dt.datetime | None) -> bool:
        """Whether to look at the index; a source that has no time yet is due."""
        return self.source.watched and (next_due is None or next_due <= self.now)

    def where(self, moved_from: str | None, moved_to: str | None) -> str:
        """The address to ask: that which it has moved to, unless the catalogue was corrected since."""
        return moved_to if moved_to and moved_from == self.source.address else self.source.address

    def is_silent(self, looked_once: bool) -> bool:
        """Whether what is listed now is taken in without telling anybody: it was there before we came."""
        return not looked_once

    def after_success(self, fresh_for: dt.timedelta | None = None) -> dt.datetime:
        """When to look at the index again after it answered: not before the server says that it may have changed, as
        long as that is within `LONGEST_FRESH`."""
        return self.now + max(self.source.interval, min(fresh_for or dt.timedelta(0), LONGEST_FRESH))

    def after_outage(self) -> dt.datetime:
        """When to try again after nobody could be reached: it was we who were offline."""
        return self.now + min(OFFLINE_WAIT, self.source.interval)

    def after_failure(self, failures: int, retry_after: dt.timedelta | None = None) -> dt.datetime:
        """When to try the index again; `failures` counts this one. The longer wait of ours and the server's wins."""
        wait = back_off(failures, min(FIRST_WAIT, self.source.interval))
        return self.now + max(wait, min(retry_after or dt.timedelta(0), LONGEST_PAUSE))

    def after_failed_document(self, failures: int, retry_after: dt.timedelta | None = None) -> dt.datetime:
        """When to try a document again: as for an index, but weekly in the end, since many never become readable."""
        soon = self.after_failure(failures, retry_after)
        return max(soon, self.now + WEEK) if failures > MANY else soon

    def after_reading(self, first_seen: dt.datetime) -> dt.datetime:
        """When to ask again whether a document that was read has changed."""
        young = self.now - first_seen < YOUNG
        return self.now + (self.source.recheck if young else max(self.source.recheck, WEEK))
