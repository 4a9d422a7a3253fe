"""Which conference a document is from: read from its running heads before they are dropped as furniture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from feeds.conferences import short_name
from feeds.dialect import Dialect
from feeds.german_dates import MONTHS
from feeds.line import Line
from feeds.paragraphs import flat_text
from feeds.running_heads import RunningHead, running_heads

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DAYS = re.compile(
    rf"(?P<first>\d{{1,2}})\. ?(?P<first_month>{_MONTH}|\d{{1,2}}\.)? ?(?P<first_year>\d{{4}})?"
    rf"(?: ?(?:[–-]|und|/|bis(?: zum)?) ?"
    rf"(?P<last>\d{{1,2}})\. ?(?P<last_month>{_MONTH}|\d{{1,2}}\.) ?(?P<last_year>\d{{4}}))?"
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
    heads = running_heads(lines)
    named = _named(heads)
    dated = next((head for head in heads if head.days), None)
    start, end = days_of(dated.days or "") if dated else (None, None)
    return ConferenceFacts(
        title=named.title if named else None,
        body=(short_name(named.name) or vote_body or named.name) if named else vote_body,
        session=next((head.session for head in heads if head.session), None),
        date_start=start,
        date_end=end,
        place=next((head.place for head in heads if head.place), None),
        meeting=next((head.meeting for head in heads if head.meeting), None),
    )


def _named(heads: Iterable[RunningHead]) -> RunningHead | None:
    """The first head that names the conference; one with days or a year goes before a bare name."""
    naming = [head for head in heads if head.names_conference]
    return next((head for head in naming if head.dated), naming[0] if naming else None)


def _opened(lines: tuple[Line, ...], opening: re.Pattern[str], body: str | None) -> ConferenceFacts:
    """Layouts that name session and day in the first sentence of the text, which may take two lines."""
    pairs = (flat_text(lines[at : at + 2]) for at in range(len(lines)))
    match = next((match for text in pairs if (match := opening.match(text))), None)
    if match is None:
        return ConferenceFacts(body=body)
    day = days_of(match["day"] or "")[0]
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
    if month is None or year is None:
        return None
    try:
        return dt.date(int(year), MONTHS.get(month) or int(month.rstrip(".")), int(day))
    except ValueError:
        return None
