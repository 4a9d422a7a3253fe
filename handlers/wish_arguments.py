"""What stands behind the commands that say when and how a chat wants to hear of things. None of them raises."""

from __future__ import annotations

import re

from handlers.command_arguments import OFF_WORDS, YES_WORDS, minute_of_day, unquoted
from handlers.command_types import (
    Command,
    GoOn,
    Pause,
    Problem,
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
_SPAN = re.compile(r"(?:(?:von|from)\s+)?(?P<start>.+?)\s*(?:-|–|bis|to|until)\s*(?P<end>.+)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>[^\W\d]+)\s*(?:-|–|bis|\bto\b)\s*(?P<last>[^\W\d]+)")
_EMPTY = re.compile(r"(?:leere?|empty)(?:\s+(?P<word>\S+))?", re.IGNORECASE)


def digest(rest: str, name: str) -> Command | Problem:
    """ "", "aus", "leer ja", or days (none: every day) with a time: "werktags 07:30", "mo mi fr 8 Uhr", "montags 9"."""
    if not rest:
        return ShowDigest()
    if rest.casefold() in OFF_WORDS:
        return SetDigest(None)
    if empty := _EMPTY.fullmatch(rest):
        return SetEmptyDigests((empty["word"] or "ja").casefold() in YES_WORDS)
    days, time = _days_and_time(rest.casefold())
    minute = minute_of_day(time)
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
    """ "14 Tage", "2 Wochen", "14"."""
    match = _PAUSE.fullmatch(rest)
    unit = _UNITS.get(match["unit"].casefold() or "tage") if match else None
    if match is None or unit is None:
        return Problem("days", name, rest)
    days = unit * (int(match["number"]) if match["number"].isdigit() else 1)
    return Pause(days) if 1 <= days <= LONGEST_PAUSE else Problem("days", name, rest)


def go_on(_rest: str, _name: str) -> Command | Problem:
    return GoOn()


def zone(rest: str, name: str) -> Command | Problem:
    return SetZone(rest) if rest else Problem("missing", name)


def language(rest: str, _name: str) -> Command | Problem:
    return SetLanguage(unquoted(rest)) if unquoted(rest) else ShowLanguages()


def silent(rest: str, _name: str) -> Command | Problem:
    return SetSilent(rest.casefold() not in OFF_WORDS)


def _days_and_time(text: str) -> tuple[int, str]:
    """The days named at the beginning as bits (0: none), and what stands behind them."""
    days, rest = 0, text
    while rest:
        named, rest_behind = _first_days(rest)
        if not named:
            break
        days, rest = (
            days | named,
            rest_behind.lstrip(" ,").removeprefix("und ").removeprefix("and ").removeprefix("at ").lstrip(),
        )
    return days, rest


def _first_days(text: str) -> tuple[int, str]:
    if (match := _RANGE.match(text)) and (first := _day(match["first"])) is not None:
        last = _day(match["last"])
        if last is not None and first <= last:
            return sum(1 << day for day in range(first, last + 1)), text[match.end() :]
    word, _, behind = text.partition(" ")
    word = word.rstrip(",")
    if word in _WORDS:
        # "wöchentlich freitags": the day that follows is the one that is meant.
        following = _first_days(behind)[0] if _WORDS[word] == MONDAY else 0
        return (0, text) if following and not behind else (following or _WORDS[word], _behind(behind, following))
    day = _day(word)
    return (0, text) if day is None else (1 << day, behind)


def _behind(text: str, following: int) -> str:
    return _first_days(text)[1] if following else text


def _day(word: str) -> int | None:
    """0 for "mo", "montag", "montags", "mon", "mondays"; None if it is no day."""
    bare = word.strip(".,")
    for day, (name, english) in enumerate(zip(_NAMES, _ENGLISH, strict=True)):
        if bare in (name, f"{name}s", name[:2], english, f"{english}s", english[:3]):
            return day
    return 5 if bare == "sonnabend" else None
