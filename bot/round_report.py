"""What a polling round came to: plain data with the sentences that operators read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Look = Literal["listed", "unchanged", "failed", "not due", "not watched"]
Outcome = Literal["new", "changed", "same", "not recognised", "failed"]
ALL = 3
"""So few sources must be away at once for it to be our own line."""

OUTCOMES: tuple[Outcome, ...] = ("new", "changed", "same", "not recognised", "failed")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one listed document. `resolutions` counts the new and the changed ones, `enqueued` messages.

    `shortened`: the names of those that are stored more fully and stay as they are.
    """

    address: str
    outcome: Outcome
    resolutions: int = 0
    enqueued: int = 0
    problem: str | None = None
    ends_visit: bool = False
    """The host does not answer or wants a pause: the source's other documents wait for the next round."""
    shortened: tuple[str, ...] = ()

    @property
    def remark(self) -> str | None:
        """What an operator should know of it."""
        if self.shortened:
            return f"shorter than stored, the stored text stays: {', '.join(self.shortened)}"
        return self.problem


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source. `listed` counts what its index shows, `fresh` what of it is to be fetched anew.

    `problem` is a sentence: why the look failed, or a remark on one that succeeded. `unreachable`: its host did not
    answer at all.
    """

    source: str
    look: Look
    listed: int = 0
    fresh: int = 0
    documents: tuple[DocumentReport, ...] = ()
    problem: str | None = None
    unreachable: bool = False

    @property
    def enqueued(self) -> int:
        return sum(document.enqueued for document in self.documents)

    def count(self, outcome: Outcome) -> int:
        return sum(document.outcome == outcome for document in self.documents)

    def lines(self) -> tuple[str, ...]:
        """One line for the source, and one for each document that an operator should know of."""
        remarks = (f"{self.source}: {one.address}: {one.remark}" for one in self.documents if one.remark)
        return (f"{self.source}: {self._index()}{self._read()}", *remarks)

    def _index(self) -> str:
        remark = f" ({self.problem})" if self.problem else ""
        if self.look == "failed":
            return f"failed: {self.problem}"
        return f"{self.listed} listed, {self.fresh} fresh{remark}" if self.look == "listed" else f"{self.look}{remark}"

    def _read(self) -> str:
        outcomes = Counter(document.outcome for document in self.documents)
        counts = [f"{outcomes[outcome]} {outcome}" for outcome in OUTCOMES if outcomes[outcome]]
        messages = [f"{self.enqueued} messages"] if self.enqueued else []
        return f"; documents: {', '.join(counts + messages)}" if counts else ""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One polling round, begun `at`; the sources in the order of the catalogue."""

    at: dt.datetime
    sources: tuple[SourceReport, ...]

    @property
    def looked_at(self) -> int:
        """How many indexes were asked for."""
        return sum(source.look in ("listed", "unchanged", "failed") for source in self.sources)

    @property
    def offline(self) -> tuple[str, ...]:
        """The sources that failed because it is we who cannot reach anybody; () where somebody was reached.

        One or two hosts that are away are their own trouble: from three on, and nobody reached, it is ours.
        """
        asked = [source for source in self.sources if source.look in ("listed", "unchanged", "failed")]
        all_away = len(asked) >= ALL and all(source.unreachable for source in asked)
        return tuple(source.source for source in asked) if all_away else ()

    @property
    def failed_sources(self) -> int:
        return sum(source.look == "failed" for source in self.sources)

    @property
    def enqueued(self) -> int:
        return sum(source.enqueued for source in self.sources)

    def count(self, outcome: Outcome) -> int:
        """Documents with that outcome."""
        return sum(source.count(outcome) for source in self.sources)

    def lines(self) -> tuple[str, ...]:
        """The sources where anything happened, and the sum of it all."""
        told = [
            line for source in self.sources if source.look in _ACTIVE or source.documents for line in source.lines()
        ]
        counts = ((self.count(outcome), outcome) for outcome in OUTCOMES)
        documents = ", ".join(f"{count} {outcome}" for count, outcome in counts if count or outcome != "not recognised")
        looks = f"{self.looked_at} sources looked at, {self.failed_sources} of them failed"
        return (*told, f"{looks}; documents: {documents}; {self.enqueued} messages enqueued")


_ACTIVE = ("listed", "unchanged", "failed")
