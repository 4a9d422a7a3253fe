"""What stands behind the commands that say when and how a chat wants to hear of things. None of them raises."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handlers.command_arguments import OFF_WORDS, YES_WORDS, minute_of_day, unquoted
from handlers.command_types import Command, Problem
from handlers.setting_commands import (
    GoOn,
    Pause,
    SetDigest,
    SetEmptyDigests,
    SetLanguage,
    SetQuiet,
    SetSilent,
    SetZone,
    ShowDigest,
    ShowLanguages,
)

LONGEST_PAUSE = 366
EVERY_DAY, WORKDAYS, MONDAY = 0b1111111, 0b0011111, 0b0000001
MORNING = 7 * 60 + 30
"""Who names days and no time."""

BEGINNING = "anfang"

_NAMES = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {
    "täglich": EVERY_DAY,
    "taeglich": EVERY_DAY,
    "daily": EVERY_DAY,
    "werktags": WORKDAYS,
    "werktäglich": WORKDAYS,
    "weekdays": WORKDAYS,
    "workdays": WORKDAYS,
    "wöchentlich": MONDAY,
    "woechentlich": MONDAY,
    "weekly": MONDAY,
}
_UNITS = {"tag": 1, "tage": 1, "tagen": 1, "day": 1, "days": 1, "woche": 7, "wochen": 7, "week": 7, "weeks": 7}
_PAUSE = re.compile(r"(?P<number>[0-9]{1,3}|ein|eine|einen)\s*(?P<unit>[a-zA-Z]*)")
_UNTIL = re.compile(r"(?:bis|until)\s.*[0-9].*|[0-9]{1,2}\..*|[0-9]{4}-[0-9].*", re.IGNORECASE)
_SPAN = re.compile(r"(?:(?:von|from)\s+)?(?P<start>.+?)\s*(?:-|–|bis|to|until)\s*(?P<end>.+)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>[^\W\d]+)\s*(?:-|–|bis|\bto\b)\s*(?P<last>[^\W\d]+)")
_FILLERS = frozenset(["jeden", "jede", "immer", "am", "um", "und", "every", "on", "at", "and"])
_EMPTY = re.compile(r"(?:leere?|empty)(?:\s+(?P<word>\S+))?", re.IGNORECASE)


def digest(rest: str, name: str) -> Command | Problem:
    """ "", "aus", "leer ja", or days (none: every day) and a time: "werktags 07:30", "mo mi 8 Uhr", "9 Uhr montags"."""
    if not rest:
        return ShowDigest()
    if rest.casefold() in OFF_WORDS:
        return SetDigest(None)
    if empty := _EMPTY.fullmatch(rest):
        return SetEmptyDigests((empty["word"] or "ja").casefold() in YES_WORDS)
    days, time = _days_and_time(rest.casefold())
    minute = MORNING if days and not time else minute_of_day(time)
    return Problem("time", name, rest) if minute is None else SetDigest(minute, days or EVERY_DAY)


def quiet(rest: str, name: str) -> Command | Problem:
    """ "22:00-06:00", "von 22 bis 6 Uhr", "aus"."""
    if rest.casefold() in OFF_WORDS:
        return SetQuiet(None, None)
    match = _SPAN.fullmatch(rest)
    start, end = (minute_of_day(match["start"]), minute_of_day(match["end"])) if match else (None, None)
    if start is None or end is None or start == end:
        return Problem("span", name, rest)
    return SetQuiet(start, end)


def pause(rest: str, name: str) -> Command | Problem:
    """ "14 Tage", "2 Wochen", "14", "bis 20.12.2026". Whether that is a day still to come depends on the day."""
    days = days_of(rest)
    if days is not None:
        return Pause(days)
    return Pause(until=rest) if _UNTIL.fullmatch(rest) else Problem("days", name, rest)


def days_of(text: str) -> int | None:
    """How many days "14 Tage", "eine Woche" or "14" are; None if it is no such span, or longer than a year."""
    match = _PAUSE.fullmatch(text)
    unit = _UNITS.get(match["unit"].casefold() or "tage") if match else None
    if match is None or unit is None:
        return None
    days = unit * (int(match["number"]) if match["number"].isdigit() else 1)
    return days if 1 <= days <= LONGEST_PAUSE else None


def go_on(_rest: str, _name: str) -> Command | Problem:
    return GoOn()


def zone(rest: str, name: str) -> Command | Problem:
    return SetZone(rest) if rest else Problem("missing", name)


def language(rest: str, _name: str) -> Command | Problem:
    """Behind the language may stand "anfang": so types the button below the welcome."""
    name, _, last = rest.rpartition(" ")
    if name and last == BEGINNING:
        return SetLanguage(name, begins=True)
    return SetLanguage(unquoted(rest)) if unquoted(rest) else ShowLanguages()


def silent(rest: str, _name: str) -> Command | Problem:
    return SetSilent(rest.casefold() not in OFF_WORDS)


def _days_and_time(text: str) -> tuple[int, str]:
    """The days that are named as bits (0: none), and what else there is, in any order: "wöchentlich freitags 8 Uhr"."""
    ranges = 0

    def take(match: re.Match[str]) -> str:
        nonlocal ranges
        days = _span_of_days(match["first"], match["last"])
        ranges |= days
        return " " if days else match[0]

    words = [word for word in _RANGE.sub(take, text).replace(",", " ").split() if word not in _FILLERS]
    named = ranges | _bits(day for word in words if (day := _day(word)) is not None)
    rhythms = [_WORDS[word] for word in words if word in _WORDS]
    rest = " ".join(word for word in words if word not in _WORDS and _day(word) is None)
    return named or next(iter(rhythms), 0), rest


def _span_of_days(first: str, last: str) -> int:
    """From one day to a later one of the same week; 0 if they are no such days."""
    start, end = _day(first), _day(last)
    return 0 if start is None or end is None else _bits(range(start, end + 1))


def _bits(days: Iterable[int]) -> int:
    return sum(1 << day for day in set(days))


def _day(word: str) -> int | None:
    """0 for "mo", "montag", "montags", "mon", "mondays"; None if it is no day."""
    bare = word.strip(".,")
    for day, (name, english) in enumerate(zip(_NAMES, _ENGLISH, strict=True)):
        if bare in (name, f"{name}s", name[:2], english, f"{english}s", english[:3]):
            return day
    return 5 if bare == "sonnabend" else None
