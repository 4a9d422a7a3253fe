"""A result and its applicants in a few characters: "✓ einstimmig", "◐ mehrheitlich 15:0:1", "BW, BY, NRW +4".

A sign never stands alone: its word is beside it, for whoever does not see it or does not know it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.states import States
from config.texts import Texts
from feeds.record import Resolution
from handlers.render_result import special_outcome
from handlers.services import Services
from storage.resolutions import StoredResolution

NAMED = 2
"""So many applicants are named in full."""
LISTED = 4
"""So many are listed by their abbreviations; of more the first `SHOWN`."""
SHOWN = 3

_OUTCOMES: Mapping[str, str] = {"abgelehnt": "✗", "vertagt": "…", "zurückgezogen": "↩", "zur Kenntnis": "○"}
_VOTES: Mapping[str, str] = {"einstimmig": "✓", "mehrheitlich": "◐"}


def sign(resolution: Resolution, services: Services) -> str:
    """Outcome, if it was not simply adopted, and vote with counts (for, against, abstained) and who differed; "" where
    the document gives none of them."""
    told = [text for text in (_outcome(resolution, services.texts), _vote(resolution, services.texts)) if text]
    return ", ".join(told) + _differing(resolution, services) if told else ""


def facts_in_short(stored: StoredResolution, services: Services) -> tuple[str, ...]:
    """Sign and applicants; a paper, which as a rule has neither, says nothing of what it does not give."""
    resolution, texts = stored.resolution, services.texts
    paper = stored.publication.publication.kind == "paper"
    voted = sign(resolution, services) or ("" if paper else texts("sign.unknown"))
    applied = in_short(resolution.applicants, services.states, texts)
    if applied:
        applied = texts("sign.applied", states=applied)
    elif not paper:
        applied = texts("sign.nobody_applied")
    return tuple(part for part in (voted, applied) if part)


def in_short(names: Sequence[str], states: States, texts: Texts) -> str:
    """Länder in short: "alle 16 Länder", "Bayern, Hessen", "BW, BY, NRW +4"; "" for none."""
    if set(names) == set(states.names):
        return texts("sign.all", number=len(states.names))
    if len(names) <= NAMED:
        return ", ".join(names)
    short = [states.short(name) for name in names]
    if len(short) <= LISTED:
        return ", ".join(short)
    return texts("sign.some", states=", ".join(short[:SHOWN]), more=len(short) - SHOWN)


def _outcome(resolution: Resolution, texts: Texts) -> str:
    special = special_outcome(resolution, texts)
    return f"{_OUTCOMES[resolution.outcome or '']} {special}" if special else ""


def _vote(resolution: Resolution, texts: Texts) -> str:
    """The sign belongs to what was adopted: beside another outcome the vote is a word."""
    word = texts(f"vote.{resolution.vote}") if resolution.vote else ""
    symbol = _VOTES.get(resolution.vote or "", "") if not special_outcome(resolution, texts) else ""
    counts = ":".join(map(str, resolution.counts)) if resolution.counts else ""
    return " ".join(part for part in (symbol, word, counts) if part)


def _differing(resolution: Resolution, services: Services) -> str:
    """For instance " (dagegen: BY; enthalten: SN, TH)"."""
    texts, short = services.texts, services.states.short
    told = [
        texts(key, states=", ".join(map(short, states)))
        for key, states in (
            ("resolution.against", resolution.against),
            ("resolution.abstained", resolution.abstained),
        )
        if states
    ]
    return f" ({'; '.join(told)})" if told else ""
