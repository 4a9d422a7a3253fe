"""Which conference a document is from: read from its running heads before they are dropped as furniture."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from feeds.dialect import Dialect, short_name
from feeds.furniture import RUNNING_HEAD
from feeds.german_dates import MONTHS
from feeds.line import Line

_MEETINGS = re.compile(
    r"(?:Haupt|Früh(?:jahr|lings|ling)s?|Herbst|Jahres|Sonder|Sommer|Winter|Amtschef(?:innen)?s?|Vor)konferenz|Sitzung|Tagung"
)
_DAYS = re.compile(
    r"(?P<first>\d{1,2})\. ?(?P<first_month>[A-Za-zäöü]+)? ?(?P<first_year>\d{4})?"
    r"(?: ?(?:–|-|und|/|bis|bis zum) ?(?P<last>\d{1,2})\. ?(?P<last_month>[A-Za-zäöü]+) ?(?P<last_year>\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    """What the running heads tell; None where they do not."""

    title: str | None = None
    body: str | None = None
    session: int | None = None
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    place: str | None = None
    meeting: str | None = None


def facts_of(lines: tuple[Line, ...], vote_body: str | None = None, dialect: Dialect | None = None) -> ConferenceFacts:
    """The facts of the first running head of each kind; `vote_body` is the name in the vote lines ("IntMK")."""
    if dialect is not None and dialect.opening is not None:
        return _opened(lines, dialect.opening, dialect.conference)
    heads = [match for line in lines if (match := RUNNING_HEAD.fullmatch(line.text))]
    named = next((match for match in heads if not _MEETINGS.fullmatch(match["name"])), None)
    dated = next((match for match in heads if match["days"]), None)
    meeting = next((match["name"] for match in heads if _MEETINGS.fullmatch(match["name"])), None)
    start, end = days_of(dated["days"]) if dated else (None, None)
    sessions = [match["session"] for match in heads if match["session"]]
    return ConferenceFacts(
        title=named[0] if named else None,
        body=(short_name(named["name"]) or vote_body or named["name"]) if named else vote_body,
        session=int(sessions[0]) if sessions else None,
        date_start=start,
        date_end=end,
        place=next((match["place"] for match in heads if match["place"]), None),
        meeting=meeting,
    )


def _opened(lines: tuple[Line, ...], opening: re.Pattern[str], body: str | None) -> ConferenceFacts:
    """Layouts that name session and day in the first sentence of the text."""
    match = next((match for line in lines if (match := opening.fullmatch(line.text))), None)
    if match is None:
        return ConferenceFacts(body=body)
    day = days_of(match["day"])[0]
    return ConferenceFacts(f"{match['session']}. Sitzung", body, int(match["session"]), day, day)


def days_of(text: str) -> tuple[dt.date | None, dt.date | None]:
    """ "23. – 24. April 2025" → both days; (None, None) where they cannot be read."""
    match = _DAYS.fullmatch(text.strip())
    if not match:
        return None, None
    month = match["last_month"] or match["first_month"]
    year = match["last_year"] or match["first_year"]
    end = _day(match["last"] or match["first"], month, year)
    return _day(match["first"], match["first_month"] or month, match["first_year"] or year), end


def _day(day: str, month: str | None, year: str | None) -> dt.date | None:
    if month not in MONTHS or year is None:
        return None
    try:
        return dt.date(int(year), MONTHS[month], int(day))
    except ValueError:
        return None
