"""How German texts write days, months and years, as data: one row a way of writing.

A bare year counts only behind a word of time ("seit 2011", "im Jahr 2014"): "2024 rund 88.000" or "Haushaltsgesetz
2025" name no date of the resolution.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feeds.german_dates import MONTHS
from feeds.record import Precision
from feeds.spans import TakenSpans

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d|\s?%|/\d)"
_ANY_YEAR = re.compile(r"(?:19|20)\d\d|\d\.\d\d(?!\d)")
"""Without a year, of four digits or two, there is no date."""
_CONFERENCE = r"[A-ZÄÖÜ]\w*(?:MK|[Kk]onferenz)|JuMiKo"
_MEETING = r"(?:Frühjahrs|Sommer|Herbst|Winter|Haupt|Sonder)-?(?:sitzung|konferenz|tagung)"
_SEASONS = {"Frühjahr": 3, "Frühling": 3, "Frühsommer": 5, "Sommer": 6, "Spätsommer": 8, "Herbst": 9, "Winter": 12} | {
    "Ostern": 4,
    "Pfingsten": 5,
    "Sommerpause": 7,
    "Weihnachten": 12,
}
_ORDER = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "1.": 1, "2.": 2, "3.": 3, "4.": 4}
_TIME = (
    r"(?:[Ss]eit|[Bb]is|[Aa]b|[Ii]m\s(?:\w+)?[Jj]ahre?|[Zz]um\sJahr|(?:das|dem|des)\s(?:\w+)?[Jj]ahre?s?|(?:den|die|der)\s(?:\w+)?[Jj]ahren?|"
    r"Anfang|Mitte|Ende|Jahresende|Jahresanfang|Jahresbeginn|Jahresmitte|(?:Ende|Ablauf|Schluss)\sdes\s(?:\w+)?[Jj]ahres|spätestens)"
)
_BESIDE_VERBS = r"(?<=\bwird\s)|(?<=\bwerden\s)|(?<=\bwurde\s)|(?<=\bwurden\s)"
"""A year between the parts of a verb: "wird 2036 vorgelegt"; "wurden 2036 Anträge gestellt" counts something."""
_NOT_COUNTED = r"eine?[nr]?|die|den|das|der|dem|erneut|erstmals|bereits|bundesweit|landesweit"
"""Behind a year, never behind a number of things."""
_END_OF_YEAR = re.compile(r"\b(?:Ende|Jahresende|(?:Ende|Ablauf|Schluss)\s.*)$")
_LOOSE = r"(?:[Ii]n|[Ff]ür|[Vv]on|[Vv]or|[Nn]ach|[Zz]wischen)"
"""Words that also stand before numbers of things ("in 2000 Fällen"): not where a noun follows the number."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: where its own words begin and end."""

    date: dt.date
    precision: Precision
    start: int
    end: int
    in_range: bool = False


def written_dates(text: str) -> tuple[Written, ...]:
    """All dates in order; of overlapping readings the first row's counts."""
    if not _ANY_YEAR.search(text):
        return ()
    found: list[Written] = []
    taken = TakenSpans()
    for pattern, build, signs in _ROWS:
        if signs and not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            found += (one for one in tuple(build(match)) if taken.free(one.start, one.end))
            taken.take(match.start(), match.end())
    return tuple(sorted(found, key=lambda one: one.start))


def _day(match: re.Match[str]) -> Iterator[Written]:
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    month = MONTHS.get(match["month"]) or int(match["month"])
    if match["first"]:
        yield from _valid(year, month, int(match["first"]), match.start("first"), match.end(), in_range=True)
    yield from _valid(year, month, int(match["day"]), match.start("day"), match.end(), in_range=bool(match["first"]))


def _valid(year: int, month: int, day: int, start: int, end: int, *, in_range: bool) -> Iterator[Written]:
    try:
        yield Written(dt.date(year, month, day), "day", start, end, in_range)
    except ValueError:
        return


def _month(match: re.Match[str]) -> Iterator[Written]:
    year, month = int(match["year"]), MONTHS[match["month"]]
    day = calendar.monthrange(year, month)[1] if (match["part"] or "").startswith("Ende") else 1
    yield Written(dt.date(year, month, day), "month", match.start(), match.end())


def _part_of_year(match: re.Match[str]) -> Iterator[Written]:
    parts = match.groupdict()
    if parts.get("season"):
        month = _SEASONS[match["season"]]
    else:
        order = _ORDER[match["order"].removesuffix("n").removesuffix("r").removesuffix("s")]
        month = (order - 1) * (3 if match["unit"] == "Quartal" else 6) + 1
    if month <= 12:
        yield Written(dt.date(int(match["year"]), month, 1), "year", match.start(), match.end())


def _session(match: re.Match[str]) -> Iterator[Written]:
    yield Written(dt.date(int(match["year"]), 1, 1), "year", match.start(), match.end())


def _bare_year(match: re.Match[str]) -> Iterator[Written]:
    yield Written(dt.date(int(match["year"]), 1, 1), "year", match.start("year"), match.end("year"))


def _years(match: re.Match[str]) -> Iterator[Written]:
    ranged = match["last"] is not None
    end = _END_OF_YEAR.search(match["time"])
    month, day = (12, 31) if end else (1, 1)
    yield Written(
        dt.date(int(match["year"]), month, day),
        "year",
        match.start("time") + end.start() if end else match.start("year"),
        match.end("year"),
        ranged,
    )
    if ranged:
        yield Written(dt.date(int(match["last"]), 1, 1), "year", match.start("last"), match.end("last"), ranged)


_Row = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Written]], tuple[str, ...]]
"""A pattern, what builds dates from its matches, and parts of which the text must hold one (none: any text)."""
_ROWS: tuple[_Row, ...] = (
    (
        re.compile(
            rf"(?<![\w.])(?:(?P<first>\d{{1,2}})\.\s?(?:–|-|/|und|bis)\s?)?(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH})\s(?P<year>{_YEAR})"
        ),
        _day,
        tuple(MONTHS),
    ),
    (
        re.compile(
            r"(?<![\w.])(?P<first>(?!))?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d(?!\d))"
        ),
        _day,
        (),
    ),
    (
        re.compile(r"(?<![\w.])(?P<first>(?!))?(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![\d.])"),
        _day,
        (),
    ),
    (
        re.compile(rf"(?<!\w)(?P<part>(?:Anfang|Mitte|Ende)\s)?(?P<month>{_MONTH})\s(?P<year>{_YEAR})"),
        _month,
        tuple(MONTHS),
    ),
    (re.compile(rf"(?<!\w)(?P<season>{'|'.join(_SEASONS)})\s(?P<year>{_YEAR})"), _part_of_year, tuple(_SEASONS)),
    (
        re.compile(
            r"(?<!\w)(?P<order>(?:erste|zweite|dritte|vierte)[nrs]?|[1-4]\.)\s(?P<unit>Jahreshälfte|Halbjahr|Quartal)e?s?\s"
            rf"(?P<year>{_YEAR})"
        ),
        _part_of_year,
        ("Jahreshälfte", "Halbjahr", "Quartal"),
    ),
    (
        re.compile(rf"(?<!\w)(?:\d{{1,3}}\.\s(?:{_CONFERENCE})|{_MEETING})\s(?:im\sJahre?\s)?(?P<year>{_YEAR})"),
        _session,
        ("MK", "onferenz", "JuMiKo", "sitzung", "tagung"),
    ),
    (
        re.compile(rf"(?:{_BESIDE_VERBS})(?P<year>{_YEAR})(?=\s[a-zäöüß]+(?:t|en)\s*[.,;:)])"),
        _bare_year,
        ("wird", "werden", "wurde"),
    ),
    (
        re.compile(rf"(?:(?<=,\s)|(?<=\bdass\s))(?P<year>{_YEAR})(?=\s(?:{_NOT_COUNTED})\s)"),
        _bare_year,
        (", 19", ", 20", "dass 19", "dass 20"),
    ),
    (
        re.compile(
            rf"(?<!\w)(?P<time>{_TIME}|{_LOOSE}(?=\s\d{{4}}(?!\s[A-ZÄÖÜ])))\s(?P<year>{_YEAR})"
            rf"(?:\s(?:bis|und|–|-)\s(?P<last>{_YEAR}))?"
        ),
        _years,
        (),
    ),
)
