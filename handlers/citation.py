"""How people cite a resolution: "5.2", "TOP 2.1.b", "20. IntMK TOP 5.2", "IntMK 20 5.2", "Handlungsfeld 4", "#17"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.conferences import SHORT_NAMES, short_name
from handlers.lookup_commands import ShowById, ShowByNumber

_ID = re.compile(r"#\s*([0-9]{1,15})(?:\.([0-9]{1,9}))?")
_SESSION = re.compile(r"([0-9]{1,3})\.?")
_GLUED_HEAD = re.compile(r"^TOP(?=[0-9])", re.IGNORECASE)
_BODY = re.compile(r"(?:[^\W\d_/]+/)?(?:[^\W\d_]*(?:mk|mpk|miko|konferenz)|bundesrat)", re.IGNORECASE)
_MARKS = ",;:?!()[]„“”\"'"
_PARTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\.?[a-z]?\.?", re.IGNORECASE)
_ON_AGENDA = re.compile(r"\bTOP\s*[0-9]", re.IGNORECASE)
_LONGEST = 2
"""Words of a number on an agenda: "I 1"."""
_FILLERS = frozenset(
    [
        "top",
        "tagesordnungspunkt",
        "punkt",
        "nr",
        "nummer",
        "beschluss",
        "beschlüsse",
        "der",
        "des",
        "die",
        "von",
        "aus",
        "zum",
        "zur",
    ]
)
_SECTIONS = {"handlungsfeld": "Handlungsfeld", "abschnitt": "Abschnitt", "kapitel": "Kapitel", "teil": "Teil"}
_UNMISTAKABLE = re.compile(
    r"(?:#\s*[0-9]{1,15}(?:\.[0-9]{1,9})?|(?:TOP\s*)?[0-9]{1,2}(?:\.[0-9]{1,2})+(?:\.?[a-z])?|TOP\s+\S+(?:\s+[0-9.]+)?"
    r"|[0-9]{1,3}\.\s+[^\W\d_/]*MK\s+(?:TOP\s+)?\S+|Handlungsfeld\s+[0-9]{1,2})",
    re.IGNORECASE,
)


def is_citation(text: str) -> bool:
    """Whether a line without a command can only mean a resolution; commas are as good as blanks."""
    plain = " ".join(filter(None, (word.strip(_MARKS) for word in text.split())))
    return bool(_UNMISTAKABLE.fullmatch(plain)) or _names_conference_and_number(plain)


def _names_conference_and_number(text: str) -> bool:
    """In any order, and nothing beside: "TOP 5.2 der 20. IntMK", "20. KMK/BMK, TOP 3"."""
    words, body, _ = _without_conference(_telling(text))
    if body is None or not words:
        return False
    if any(word.casefold().startswith("top") for word in text.split()):
        return len(words) <= _LONGEST
    return len(words) == 1 and bool(_PARTED.fullmatch(words[0]))


def cited_in(line: str) -> ShowByNumber | None:
    """The one resolution that a sentence cites ("Wer war gegen TOP 4.2?"); None where it cites none, or several. A
    number alone may be a date, so "TOP" or the conference stands beside it."""
    words = _telling(line.rstrip("?! "))
    numbers = [word for word in words if _PARTED.fullmatch(word)]
    _, body, session = _without_conference([*words])
    if len(numbers) != 1 or not (body or _ON_AGENDA.search(line)):
        return None
    return ShowByNumber(numbers[0].rstrip("."), body, session)


def conference_in(words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The conference, with its session where that is named ("20.IntMK"), and the other words."""
    at = next((at for at, word in enumerate(words) if _BODY.fullmatch(_bare(word))), None)
    if at is None:
        return None, words
    name = _proper_name(_bare(words[at]))
    session = re.fullmatch(r"([0-9]{1,3})\.", words[at - 1]) if at else None
    if session:
        return f"{session[1]}.{name}", [*words[: at - 1], *words[at + 1 :]]
    return name, [*words[:at], *words[at + 1 :]]


def parse_citation(text: str) -> ShowById | ShowByNumber | None:
    """What is cited; None where no number is left ("IntMK")."""
    if match := _ID.fullmatch(text):
        return ShowById(int(match[1]), int(match[2]) if match[2] else None)
    words, body, session = _without_conference(_telling(text))
    section = next((_SECTIONS[word.casefold()] for word in words if word.casefold() in _SECTIONS), None)
    number = " ".join(word for word in words if word.casefold() not in _SECTIONS).rstrip(".")
    return ShowByNumber(number, body, session, section) if number else None


def _telling(text: str) -> list[str]:
    """The words that say which one, without what only leads to them."""
    return [word for word in map(_bare, text.split()) if word and word.casefold().rstrip(".") not in _FILLERS]


def _bare(word: str) -> str:
    return _GLUED_HEAD.sub("", word.strip(_MARKS))


def _without_conference(words: list[str]) -> tuple[list[str], str | None, int | None]:
    """The words without conference and session. A lone number beside the conference is the resolution's."""
    at = next((at for at, word in enumerate(words) if _BODY.fullmatch(word)), None)
    if at is None:
        return words, None, None
    body = _proper_name(words[at])
    before, after = words[:at], words[at + 1 :]
    rest = len(before) + len(after)
    if before and rest > 1 and (match := _SESSION.fullmatch(before[-1])):
        return before[:-1] + after, body, int(match[1])
    if after and rest > 1 and (match := _SESSION.fullmatch(after[0])):
        return before + after[1:], body, int(match[1])
    return before + after, body, None


def _proper_name(typed: str) -> str:
    """The conference as it calls itself ("amk" → "AMK"); as typed where it is not known."""
    itself = next((short for short in SHORT_NAMES if short.casefold() == typed.casefold()), None)
    return itself or short_name(typed.capitalize()) or typed
