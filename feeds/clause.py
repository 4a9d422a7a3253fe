"""Small parts of German clauses that several readers of sentences need."""

from __future__ import annotations

import re

AGENT = r"\bdurch\s+"
"""In front of who is to do it, in a passive."""

_ADVERBS = re.compile(
    r"(?:\s+(?!(?:den|die|das|dem|der|alle|allen|ihren?|eine?[nmr]?|um|dazu|darum|dass|darauf|an|von|vom|zu|mit|beim?|bei|gegenüber)\b)"
    r"[a-zäöüß][\w.]*)*\s+"
)


def behind_adverbs(text: str) -> int:
    """Where the first phrase begins behind a verb: 10 for " erneut den Bund"."""
    match = _ADVERBS.match(text)
    return match.end() if match else 0
