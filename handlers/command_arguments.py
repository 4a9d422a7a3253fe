"""What stands behind a command's name: one small parser for each command, none of which raises."""

from __future__ import annotations

import re

from handlers.channel_commands import ConnectChannel, DisconnectChannel, ForChannel, ManageChannels
from handlers.command_types import (
    Command,
    EndSubscription,
    Forget,
    Help,
    ListSubscriptions,
    Problem,
    Rhythm,
    SendMyData,
    SetRhythm,
    ShowPrivacy,
    Start,
    Subscribe,
    SubscriptionKind,
)
from handlers.subscription_commands import ExportSubscriptions, Guide
from handlers.subscription_list import read_list

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
    "wöchentlich": "weekly",
    "woechentlich": "weekly",
    "weekly": "weekly",
    "montags": "weekly",
    "jeden montag": "weekly",
    "jede woche": "weekly",
    "mondays": "weekly",
    "on mondays": "weekly",
    "every monday": "weekly",
    "every week": "weekly",
    "wöchentlich montags": "weekly",
    "jeden tag": "digest",
    "every day": "digest",
    "at once": "immediate",
}
"""A weekly overview comes on Mondays."""
_KIND_WORDS: dict[str, SubscriptionKind] = {"topic": "topic", "thema": "topic", "state": "state", "land": "state"}
OFF_WORDS = frozenset(["aus", "off", "nein", "no", "nie", "kein", "keine", "stopp", "stop", "ende", "sofort"])
YES_WORDS = frozenset(["ja", "yes", "j", "y", "ok", "jawohl"])

_PAGE = re.compile(r"(?:(?P<query>.*)\s)?(?:ab|from)\s+(?P<first>[0-9]{1,6})", re.IGNORECASE)
_SHEET = re.compile(r"(?:(?P<query>.*)\s)?(?:seite|page)\s+(?P<sheet>[0-9]{1,4})", re.IGNORECASE)
# With a colon behind it is a filter: what a Land is only named in is part of "land:", not of "state".
_KIND = re.compile(r"(?P<kind>topic|thema|state|land)\b(?!:)\s*(?P<query>.*)", re.IGNORECASE)
_EACH_RHYTHM = "|".join(sorted(RHYTHM_WORDS, key=len, reverse=True))
_RHYTHM = re.compile(rf"(?P<query>.*?\S)[\s,]+(?P<rhythm>{_EACH_RHYTHM})", re.IGNORECASE)
_RHYTHM_FIRST = re.compile(rf"(?P<rhythm>{_EACH_RHYTHM})[\s,:]+(?P<query>\S.*)", re.IGNORECASE)
_TIME = re.compile(
    r"(?:um\s+)?(?:(?P<hour>[0-9]{1,2})(?:\s*(?:[:.h]|uhr)\s*(?P<minute>[0-9]{2})?)?|(?P<hhmm>[0-9]{4}))(?:\s*uhr)?",
    re.IGNORECASE,
)
_ID = re.compile(r"#?([0-9]{1,15})")
_ANGLES = "<> "
_QUOTES = "„“”\"'«»‚‘’<>"


def start(rest: str, _name: str) -> Command | Problem:
    return Start(rest)


def help_(rest: str, _name: str) -> Command | Problem:
    return Help(unquoted(rest))


def list_subscriptions(rest: str, _name: str) -> Command | Problem:
    if rest.casefold() == "export":
        return ExportSubscriptions()
    return read_list(rest, "/abo") or ListSubscriptions(paged(rest)[1])


def subscribe(rest: str, name: str) -> Command | Problem:
    if not rest:
        return Guide()
    if (several := read_list(rest, "/abo")) is not None:
        return several
    rest, rhythm = split_rhythm(rest)
    match = _KIND.fullmatch(rest)
    kind = _KIND_WORDS[match["kind"].lower()] if match else None
    query = match["query"] if match else rest
    return checked(query, name) or Subscribe(query, kind, rhythm)


def split_rhythm(rest: str) -> tuple[str, Rhythm | None]:
    """What stands in front of a rhythm at the end, or behind one at the beginning, and the rhythm."""
    match = _RHYTHM.fullmatch(rest) or _RHYTHM_FIRST.fullmatch(rest)
    return (match["query"], RHYTHM_WORDS[match["rhythm"].lower()]) if match else (rest, None)


def end(rest: str, name: str) -> Command | Problem:
    numbers = numbers_in(rest)
    return EndSubscription(*numbers) if len(numbers) == 1 else Problem("id", name, rest)


def rhythm(rest: str, name: str) -> Command | Problem:
    match = _RHYTHM.fullmatch(rest)
    numbers = numbers_in(match["query"]) if match else ()
    if match is None or len(numbers) != 1:
        return Problem("id", name, rest)
    return SetRhythm(numbers[0], RHYTHM_WORDS[match["rhythm"].lower()])


def privacy(_rest: str, _name: str) -> Command | Problem:
    return ShowPrivacy()


def my_data(_rest: str, _name: str) -> Command | Problem:
    return SendMyData()


def forget(rest: str, _name: str) -> Command | Problem:
    return Forget(confirmed=rest.casefold() in YES_WORDS)


def channel(rest: str, name: str) -> Command | Problem:
    """Alone, "neu", "verbinden -100…", "trennen 3", "trennen 3 ja", or a number and a command."""
    word, _, behind = rest.partition(" ")
    numbers = numbers_in(word)
    if len(numbers) == 1 and behind.strip():
        return ForChannel(numbers[0], behind.strip())
    match word.casefold():
        case "verbinden" if re.fullmatch(r"-?[0-9]{1,18}", behind):
            return ConnectChannel(int(behind))
        case "trennen" if behind:
            number, _, more = behind.partition(" ")
            ids = numbers_in(number)
            return DisconnectChannel(ids[0], more.casefold() in YES_WORDS) if ids else Problem("id", name, rest)
        case "neu" | "new":
            return ManageChannels(another=True)
    return Problem("id", name, rest) if rest else ManageChannels()


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
    """A query so that it reads back as itself: its last word in quotes where it would be taken for an option."""
    doubtful = any(pattern.fullmatch(f"topic {query}") for pattern in (_PAGE, _RHYTHM))
    before, _, last = query.rpartition(" ")
    return f'{before} "{last}"'.strip() if doubtful else query


def first_of(rest: str) -> int:
    """The place in a list that "ab 9" names; 1 where nothing like it stands there."""
    return paged(rest)[1]


def turns_page(line: str) -> bool:
    """Whether a line asks for a certain stretch of a list, or sheet of a text."""
    return any(pattern.fullmatch(line) for pattern in (_PAGE, _SHEET))


def on_sheet(rest: str) -> tuple[str, int]:
    """What is asked for, and which sheet of it."""
    match = _SHEET.fullmatch(rest)
    return (match["query"] or "", max(int(match["sheet"]), 1)) if match else (rest, 1)


def paged(rest: str) -> tuple[str, int]:
    match = _PAGE.fullmatch(rest)
    query, first = (match["query"] or "", int(match["first"])) if match else (rest, 1)
    return query.strip(_ANGLES), max(first, 1)


def checked(query: str, name: str) -> Problem | None:
    if not unquoted(query):
        return Problem("missing", name)
    return Problem("too_long", name, query) if len(query) > MAX_QUERY else None


def numbers_in(text: str) -> tuple[int, ...]:
    matches = [_ID.fullmatch(word) for word in text.split()]
    return tuple(int(match[1]) for match in matches if match) if all(matches) else ()
