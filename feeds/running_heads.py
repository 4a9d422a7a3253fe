"""The lines that name a conference with its session, days and place: on the cover and at the head of pages.

Strategy: such a head stands on one to six lines ("Beschluss | der Verkehrsministerkonferenz | am 8./9. Oktober 2031 |
in Kiel"). From each line that can begin one, lines are put together until they read as one; lines that go on with days
or place are added. Text can name a conference too: a head tells days or a year, and stands apart or comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.conferences import SHORT_NAMES
from feeds.german_dates import MONTHS
from feeds.line import Line
from feeds.paragraphs import flat_text

_LONGEST = 6
"""Lines of the longest head."""
_DOCUMENT = (
    r"(?:(?:Endgültiges|Vorläufiges) )?(?:Ergebnisprotokoll|Beschlussniederschrift|Niederschrift|Protokoll"
    r"|Beschluss(?:-? ?[Ss]ammlung)?|(?:Sammlung der )?(?:zur Veröffentlichung freigegebenen )?Beschlüsse) de[rs] "
)
_MEETING = (
    r"(?:(?:Haupt|Früh(?:jahr|lings|ling)s?|Herbst|Jahres|Sonder|Sommer|Winter|Vor)konferenz"
    r"|Amtschef(?:innen|s)?konferenz|Besprechung|Sitzung|Tagung)"
)
_PEOPLE = r"[A-ZÄÖÜa-zäöü][^.;:\d]{5,160}?"
_NAME = (
    rf"(?P<meeting>{_MEETING})(?: (?:der|des) {_PEOPLE})?"
    rf"|(?:[A-ZÄÖÜ]\w*(?:,|-?)(?: und)? )?[A-ZÄÖÜ][\w-]*konferenz|Konferenz der {_PEOPLE}|{'|'.join(SHORT_NAMES)}"
)
_DAYS = rf"\d{{1,2}}\.[ \d./–-]*(?:(?:{'|'.join(MONTHS)}|und|bis|zum)[ \d./–-]*)*\d{{4}}"
_PLACE = r"[A-ZÄÖÜ][\w.'’/()-]*(?: (?:an|am|im|in|bei|ob|vor|auf|der|dem|den|[A-ZÄÖÜ(][\w.'’/()-]*))*"
_HEAD = re.compile(
    rf"(?P<title>(?:{_DOCUMENT})?(?:(?P<session>\d{{1,4}})\. )?(?P<name>{_NAME})(?: \(?(?P<year>\d{{4}})\)?)?)"
    rf"(?:,? (?:(?:am|vom) )?(?P<days>{_DAYS}))?"
    rf"(?:,? in (?P<place>{_PLACE})| (?:per|als) (?:Video|Telefon|Web)[\w-]*)?"
)
_BEGINS = re.compile(
    r"(?:Endgültiges|Vorläufiges|Ergebnisprotokoll|Beschlussniederschrift|Niederschrift|Protokoll|Beschluss|Beschlüsse|Sammlung)"
    rf"(?:\b(?!:))|(?:\d{{1,4}}\. )?(?:{_MEETING}\b|Konferenz der\b|(?:{'|'.join(SHORT_NAMES)})\b|.{{0,40}}konferenz\b)"
)
_GOES_ON = re.compile(rf"(?:am|vom|in|per|als)\b|{_DAYS}")


@dataclass(frozen=True, slots=True)
class RunningHead:
    """A head on the lines `at` to `at + length`. `title`: what it says without days and place.

    `name` is the conference's ("Konferenz der Justizministerinnen und Justizminister"); for a head that tells the kind
    of meeting alone ("Hauptkonferenz am 23. April 2025") it is the kind. `days` as printed.
    """

    at: int
    length: int
    title: str
    name: str
    session: int | None
    meeting: str | None
    year: str | None
    days: str | None
    place: str | None

    @property
    def told(self) -> tuple[str, str | None]:
        """What makes two heads the same."""
        return self.title, self.days

    @property
    def dated(self) -> bool:
        return bool(self.year or self.days)

    @property
    def names_conference(self) -> bool:
        return self.name != self.meeting


def running_heads(lines: tuple[Line, ...]) -> tuple[RunningHead, ...]:
    """All heads in the order of the document."""
    found = tuple(_found(lines))
    times = Counter(head.told for head in found)
    heads: list[RunningHead] = []
    for head in found:
        below_head = bool(heads) and heads[-1].at + heads[-1].length == head.at
        if times[head.told] > 1 or _stands_apart(lines, head, below_head=below_head):
            heads.append(head)
    return tuple(heads)


def head_of_line(text: str) -> RunningHead | None:
    """The head that a single line is."""
    return _head((Line(text),), 0, 1)


def _found(lines: tuple[Line, ...]) -> Iterator[RunningHead]:
    at = 0
    while at < len(lines):
        head = _longest_at(lines, at) if _BEGINS.match(lines[at].text) else None
        if head:
            yield head
        at += head.length if head else 1


def _longest_at(lines: tuple[Line, ...], at: int) -> RunningHead | None:
    """The first reading that tells days or a year; else the shortest one."""
    undated = None
    for length in range(1, min(_LONGEST, len(lines) - at) + 1):
        head = _head(lines, at, length)
        if undated and _BEGINS.match(lines[at + length - 1].text):
            break
        if head is None:
            continue
        head = _gone_on(lines, head)
        if head.dated:
            return head
        undated = undated or head
    return undated


def _gone_on(lines: tuple[Line, ...], head: RunningHead) -> RunningHead:
    end = head.at + head.length
    while end < len(lines) and _GOES_ON.match(lines[end].text):
        longer = _head(lines, head.at, end + 1 - head.at)
        if longer is None:
            break
        head, end = longer, end + 1
    return head


def _head(lines: tuple[Line, ...], at: int, length: int) -> RunningHead | None:
    match = _HEAD.fullmatch(flat_text(lines[at : at + length]))
    if match is None:
        return None
    session = match["session"]
    return RunningHead(
        at,
        length,
        title=match["title"],
        name=match["name"],
        session=int(session) if session else None,
        meeting=match["meeting"],
        year=match["year"],
        days=match["days"],
        place=match["place"],
    )


def _stands_apart(lines: tuple[Line, ...], head: RunningHead, *, below_head: bool) -> bool:
    """Space or another head above, and no sentence that goes on below."""
    above, end = lines[head.at], head.at + head.length
    goes_on = end < len(lines) and not lines[end].gap and lines[end].text[:1].islower()
    return (head.at == 0 or above.gap or above.page_start or above.furniture or below_head) and not goes_on
