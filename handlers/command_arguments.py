"""What stands behind a command's name: one small parser for each command, none of which raises."""

from __future__ import annotations

import re

from handlers.citation import parse_citation
from handlers.command_types import (
    Command,
    EndSubscription,
    FindTopic,
    Forget,
    Help,
    ListSubscriptions,
    Problem,
    Rhythm,
    SetRhythm,
    ShowDetails,
    ShowLatest,
    ShowNote,
    ShowState,
    Start,
    Subscribe,
    SubscriptionKind,
)

MAX_QUERY = 200
"""Characters of a topic or state; longer text is a pasted paragraph, not a search."""

RHYTHM_WORDS: dict[str, Rhythm] = {
    "sofort": "immediate",
    "immediate": "immediate",
    "immediately": "immediate",
    "täglich": "digest",
    "taeglich": "digest",
    "daily": "digest",
    "digest": "digest",
}
_KIND_WORDS: dict[str, SubscriptionKind] = {"topic": "topic", "thema": "topic", "state": "state", "land": "state"}
OFF_WORDS = frozenset(["aus", "off", "nein", "no", "nie", "kein", "keine", "stopp", "stop", "ende", "sofort"])
YES_WORDS = frozenset(["ja", "yes", "j", "y", "ok", "jawohl"])

_PAGE = re.compile(r"(?:(?P<query>.*)\s)?(?:ab|from)\s+(?P<first>[0-9]{1,6})", re.IGNORECASE)
_KIND = re.compile(r"(?P<kind>topic|thema|state|land)\b:?\s*(?P<query>.*)", re.IGNORECASE)
_RHYTHM = re.compile(rf"(?P<query>.*\S)\s+(?P<rhythm>{'|'.join(RHYTHM_WORDS)})", re.IGNORECASE)
_TIME = re.compile(
    r"(?:um\s+)?(?:(?P<hour>[0-9]{1,2})(?:\s*(?:[:.h]|uhr)\s*(?P<minute>[0-9]{2})?)?|(?P<hhmm>[0-9]{4}))(?:\s*uhr)?",
    re.IGNORECASE,
)
_ID = re.compile(r"#?([0-9]{1,15})")
_QUOTES = "„“”\"'«»‚‘’<>"


def start(_rest: str, _name: str) -> Command | Problem:
    return Start()


def help_(_rest: str, _name: str) -> Command | Problem:
    return Help()


def list_subscriptions(rest: str, _name: str) -> Command | Problem:
    return ListSubscriptions(_paged(rest)[1])


def topic(rest: str, name: str) -> Command | Problem:
    query, first = _paged(rest)
    return _checked(query, name) or FindTopic(query, first)


def state(rest: str, name: str) -> Command | Problem:
    query, first = _paged(rest)
    return _checked(query, name) or ShowState(query, first)


def latest(rest: str, _name: str) -> Command | Problem:
    return ShowLatest(_paged(rest)[1])


def resolution(rest: str, name: str) -> Command | Problem:
    problem = _checked(rest, name)
    return problem or parse_citation(rest) or Problem("reference", name, rest)


def note(rest: str, name: str) -> Command | Problem:
    numbers = _numbers(rest)
    return ShowNote(*numbers) if len(numbers) == 2 else Problem("id", name, rest)


def details(rest: str, name: str) -> Command | Problem:
    numbers = _numbers(rest)
    return ShowDetails(*numbers) if len(numbers) == 1 else Problem("id", name, rest)


def subscribe(rest: str, name: str) -> Command | Problem:
    rhythm: Rhythm | None = None
    if match := _RHYTHM.fullmatch(rest):
        rest, rhythm = match["query"], RHYTHM_WORDS[match["rhythm"].lower()]
    match = _KIND.fullmatch(rest)
    kind = _KIND_WORDS[match["kind"].lower()] if match else None
    query = unquoted(match["query"] if match else rest)
    return _checked(query, name) or Subscribe(query, kind, rhythm)


def end(rest: str, name: str) -> Command | Problem:
    numbers = _numbers(rest)
    return EndSubscription(*numbers) if len(numbers) == 1 else Problem("id", name, rest)


def rhythm(rest: str, name: str) -> Command | Problem:
    match = _RHYTHM.fullmatch(rest)
    numbers = _numbers(match["query"]) if match else ()
    if match is None or len(numbers) != 1:
        return Problem("id", name, rest)
    return SetRhythm(numbers[0], RHYTHM_WORDS[match["rhythm"].lower()])


def forget(rest: str, _name: str) -> Command | Problem:
    return Forget(confirmed=rest.casefold() in YES_WORDS)


def minute_of_day(text: str) -> int | None:
    """Readings: "07:30", "7.30 Uhr", "7 Uhr 30", "0730", "7" → minutes from midnight; None if it is no time of day."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["hhmm"]
    hour, minute = (digits[:2], digits[2:]) if digits else (match["hour"], match["minute"] or "0")
    return int(hour) * 60 + int(minute) if int(hour) < 24 and int(minute) < 60 else None


def unquoted(text: str) -> str:
    """Without the quotation marks or angle brackets that people copy from the help."""
    return text.strip().strip(_QUOTES).strip()


def as_argument(query: str) -> str:
    """A query so that it reads back as itself: in quotes where its end would be taken for an option."""
    doubtful = any(pattern.fullmatch(f"topic {query}") for pattern in (_PAGE, _RHYTHM))
    return f"„{query}“" if doubtful else query


def _paged(rest: str) -> tuple[str, int]:
    match = _PAGE.fullmatch(rest)
    query, first = (match["query"] or "", int(match["first"])) if match else (rest, 1)
    return unquoted(query), max(first, 1)


def _checked(query: str, name: str) -> Problem | None:
    if not query:
        return Problem("missing", name)
    return Problem("too_long", name, query) if len(query) > MAX_QUERY else None


def _numbers(text: str) -> tuple[int, ...]:
    matches = [_ID.fullmatch(word) for word in text.split()]
    return tuple(int(match[1]) for match in matches if match) if all(matches) else ()
