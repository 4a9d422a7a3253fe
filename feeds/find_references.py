"""References to other resolutions: "Beschluss der 101. ASMK unter TOP 6.2", "MPK-Beschluss vom 10. Mai 2023 sowie vom
6. November 2023" (two), "in der 17. IntMK geforderten", "Vorgang: TOP 13 90. UMK", "BR-Drs. 123/24".

Strategy: a conference with its session, or with a date, or with a word for what it adopted; the agenda item may stand
on either side. The resolution's own session, and one that is still to come ("für die 22. IntMK 2027"), are none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.addressees import Addressees
from feeds.date_patterns import written_dates
from feeds.found import place_in
from feeds.german_dates import MONTHS
from feeds.record import Passage, Reference
from feeds.spans import TakenSpans

_DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|(?:{'|'.join(MONTHS)})\s)\d{{4}}"
_DAYS = rf"(?:(?:vom|am)\s)(?P<days>{_DAY}(?:(?:,|\sund|\ssowie)\s(?:vom\s|am\s)?{_DAY})*)"
_LATER_DAYS = _DAYS.replace("days", "later_days")
"""Where the agenda item stands between the conference and the day."""
_NUMBER = r"(?:[A-Z]{1,4}(?:\s|\.\s?)?)?\d{1,3}(?:[./]\d{1,3})*(?:\.?\s?[a-z]\)?(?![\wäöüß]))?"
_TOP_ABOVE = rf"(?:TOP|Tagesordnungspunkt|Punkt)\s(?P<above>{_NUMBER})"
_TOP_BELOW = rf"(?:TOP|Tagesordnungspunkt|Punkt)\s(?P<below>{_NUMBER})"
_ADOPTED = r"(?:Beschl(?:uss|üsse)|Empfehlung|Erklärung|Vereinbarung|Rahmenvereinbarung|Entschließung)(?:e[ns]?|s)?"
_ANY_SESSION = re.compile(r"\d\.\s?[A-ZÄÖÜ]")
_ANY_DAY = re.compile(r"(?:vom|am)\s\d")
"""What every reference of a kind holds is looked for first: most paragraphs have none."""
_RECOMMENDED = r"(?:Empfehlung|Erklärung|Vereinbarung|Rahmenvereinbarung|Entschließung)(?:e[ns]?|s)?"
"""What needs no date to be told; "den Beschluss der KMK zuleiten" is no reference."""
_COMING = re.compile(r"\b(?:für\sdie|bis\szur|zur\snächsten|der\skommenden|der\snächsten)\s$")
_BEFORE = 30
"""Characters in front of a session that may say that it is still to come."""
_OWN = re.compile(
    rf"\b(?:ihre[nrms]?|unsere[nrms]?)\s\w*[Bb]eschl(?:uss|usses|üsse|üssen)\s{_DAYS}"
    rf"(?:,?\s(?:unter|zu|im)\s{_TOP_BELOW})?"
    rf"|(?<!\d)(?P<session>\d{{1,3}})\.\s(?:Konferenz|Sitzung)(?!\w)(?:\s(?:unter|zu)\s{_TOP_ABOVE})?"
)
"""What the speaking conference says of its own earlier resolutions and sessions."""
_COMMITTEE = re.compile(
    rf"(?<!\w)\w{{0,40}}[Bb]eschluss(?:es)?\s(?:des|der)\s(?P<body>[A-ZÄÖÜ]\w+?)(?:e?s)?(?:\sdes\s(?:Deutschen\s)?Bundestag(?:e?s))?\s{_DAYS}"
)
_PAPER = re.compile(
    r"(?P<house>BR|BT|Bundesrats?|Bundestags?)-?\s?(?:Drs\.|[Dd]rucksache)\s(?P<number>\d{1,3}/\d{1,5}(?:\([\w ]+\))?)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    body: str
    session: int | None
    number: str | None
    date: dt.date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReferenceFinder:
    """Finds references with the names that conferences go by. Build with `load`."""

    _addressees: Addressees
    _by_session: re.Pattern[str]
    _by_date: re.Pattern[str]
    _adopted: re.Pattern[str]

    @classmethod
    def load(cls, addressees: Addressees) -> ReferenceFinder:
        names = "|".join(map(re.escape, addressees.forms("conference")))
        conference = rf"(?P<body>{names}|[A-ZÄÖÜ][A-Za-zäöü]{{0,6}}MK)(?!\w)(?:\s\([A-Za-z]{{2,10}}\))?"
        return cls(
            addressees,
            re.compile(
                rf"(?:(?:{_ADOPTED}|Vorgang:)\s(?:der\s|zu\s)?)?(?:{_TOP_ABOVE},?\s(?:der\s|auf\sder\s)?)?"
                rf"(?<!\d)(?P<session>\d{{1,3}})\.\s?{conference}(?:\s{_DAYS})?"
                rf"(?:,?\s(?:unter\s|zu\s|im\s)?{_TOP_BELOW}(?:\s{_LATER_DAYS})?)?"
            ),
            re.compile(
                rf"(?:{_ADOPTED}\s(?:der\s|bei\sder\s)?)?(?<!\w){conference}(?:-{_ADOPTED})?\s{_DAYS}"
                rf"(?:,?\s(?:unter\s|zu\s|im\s)?{_TOP_BELOW})?"
            ),
            re.compile(rf"{_RECOMMENDED}\sder\s{conference}"),
        )

    def in_text(self, text: str, body: str | None = None) -> tuple[_Mention, ...]:
        """All references of one text in order; a surer way of referring covers a looser one at the same place.

        `body`: the conference that speaks, whom "ihren Beschluss vom …" and "die 16. Konferenz" mean.
        """
        kept: list[_Mention] = []
        taken = TakenSpans()
        own = self._own(text, body) if body else iter(())
        for kind in (self._sessions(text), self._dated(text), own, self._committees(text), self._only_named(text)):
            fresh = [one for one in kind if taken.free(one.start, one.end)]
            kept += fresh
            for one in fresh:
                taken.take(one.start, one.end)
        return tuple(sorted(kept, key=lambda one: one.start))

    def _name(self, written: str) -> str:
        listed = self._addressees.named(written)
        return listed.name if listed else written

    def _sessions(self, text: str) -> Iterator[_Mention]:
        if not _ANY_SESSION.search(text):
            return
        for match in self._by_session.finditer(text):
            if not _COMING.search(text, max(0, match.start("session") - _BEFORE), match.start("session")):
                number = match["above"] or match["below"]
                for date in _dates(match["days"] or match["later_days"]) or (None,):
                    yield _Mention(
                        self._name(match["body"]), int(match["session"]), number, date, match.start(), match.end()
                    )

    def _dated(self, text: str) -> Iterator[_Mention]:
        if not _ANY_DAY.search(text):
            return
        for match in self._by_date.finditer(text):
            for date in _dates(match["days"]):
                yield _Mention(self._name(match["body"]), None, match["below"], date, match.start(), match.end())

    @staticmethod
    def _own(text: str, body: str) -> Iterator[_Mention]:
        if not (_ANY_SESSION.search(text) or _ANY_DAY.search(text)):
            return
        for match in _OWN.finditer(text):
            session = int(match["session"]) if match["session"] else None
            if session is None or not _COMING.search(text, max(0, match.start() - _BEFORE), match.start()):
                for date in _dates(match["days"]) or (None,):
                    number = match["below"] or match["above"]
                    yield _Mention(body, session, number, date, match.start(), match.end())

    def _committees(self, text: str) -> Iterator[_Mention]:
        for match in _COMMITTEE.finditer(text) if _ANY_DAY.search(text) else ():
            for date in _dates(match["days"]):
                yield _Mention(self._name(match["body"]), None, None, date, match.start(), match.end())
        for match in _PAPER.finditer(text) if "rucksache" in text or "Drs." in text else ():
            house = "Bundesrat" if match["house"].startswith(("BR", "Bundesrat")) else "Bundestag"
            yield _Mention(house, None, match["number"], None, match.start(), match.end())

    def _only_named(self, text: str) -> Iterator[_Mention]:
        for match in self._adopted.finditer(text):
            yield _Mention(self._name(match["body"]), None, None, None, match.start(), match.end())


def find_references(
    passages: tuple[Passage, ...], finder: ReferenceFinder, body: str | None = None, session: int | None = None
) -> tuple[Reference, ...]:
    """Every reference once, in the words of its first mention; `body` and `session` are the resolution's own."""
    found: dict[tuple[object, ...], Reference] = {}
    for passage in passages:
        for one in finder.in_text(passage.text, body):
            if one.body == body and session is not None and one.session is not None and one.session >= session:
                continue
            place = place_in(passage, one.start, one.end)
            text = passage.text[one.start : one.end]
            reference = Reference(one.body, one.session, one.number, text, one.date, place.item, place.lines)
            found.setdefault((one.body, one.session, one.number, one.date), reference)
    return tuple(found.values())


def _dates(days: str | None) -> tuple[dt.date, ...]:
    return tuple(one.date for one in written_dates(days)) if days else ()
