"""Parts of a text that are already spoken for, so that a surer way of reading is not read over by a looser one."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TakenSpans:
    """Spans that do not overlap, in order. Grows by `take`; a question costs the logarithm of their number."""

    _spans: list[tuple[int, int]] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        """Whether no taken span overlaps `start`–`end`."""
        at = bisect_left(self._spans, (start, start))
        before_ends = at == 0 or self._spans[at - 1][1] <= start
        return before_ends and (at == len(self._spans) or end <= self._spans[at][0])

    def take(self, start: int, end: int) -> None:
        """Add a span that `free` allowed; taking one twice is taking it once."""
        if self.free(start, end):
            insort(self._spans, (start, end))
