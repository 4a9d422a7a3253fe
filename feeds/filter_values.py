"""What each filter can be set to: one spelling of each value, found from whatever people type for it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.addressees import Addressees
from config.laws import Laws
from config.near_words import nearest_words
from config.spelling import fold
from config.states import States
from config.topics import Topic
from feeds.conferences import CONFERENCES, SHORT_NAMES, short_name
from feeds.german_dates import MONTHS
from feeds.query_language import FilterName
from feeds.traits import ALL_STATES

BALLOTS = ("einstimmig", "mehrheitlich", "beschlossen", "zur Kenntnis", "abgelehnt", "vertagt", "zurückgezogen")
CONTENTS: Mapping[str, tuple[str, ...]] = {
    "protokollnotiz": ("notiz", "notizen", "protokollnotizen", "protokollerklärung", "protokollerklärungen", "note"),
    "forderung": ("forderungen", "bitte", "auftrag", "demand"),
    "frist": ("fristen", "termin", "deadline"),
}
_SESSION_FIRST = re.compile(r"(?P<session>[0-9]{1,3})\.?\s*(?P<body>[^\W\d_][^\d]*)")
_BODY_FIRST = re.compile(r"(?P<body>[^\d]*[^\W\d_])\s*(?P<session>[0-9]{1,3})\.?")
_BODY = re.compile(r"[^\W\d_]{0,12}(?:mk|mpk|miko)", re.IGNORECASE)
_SIGN = r"(?:§§?|art(?:ikel|\.)?)\s*"
_NUMBER = r"[0-9]{1,4}(?:[a-z](?![a-z]))?"
_PART = r"\s*(?:abs(?:atz|\.)?|satz|s\.|nr\.?|nummer|buchst(?:abe|\.)?)\s*[0-9]{1,3}(?:[a-z](?![a-z]))?"
_SECTION_FIRST = re.compile(
    rf"(?:§§?|art(?:ikel|\.)?)\s*(?P<section>{_NUMBER}(?:{_PART})*)\s*(?P<law>.*)", re.IGNORECASE
)
_LAW_FIRST = re.compile(rf"(?P<law>.*?)\s*(?:§§?|art(?:ikel|\.)?)\s*(?P<section>{_NUMBER}(?:{_PART})*)", re.IGNORECASE)
# Without the sign only for a listed law: 25b AufenthG, AufenthG 104c.
_BARE = (
    re.compile(rf"(?P<section>[0-9]{{1,3}}(?:[a-z](?![a-z]))?(?:{_PART})*)\s+(?P<law>[^\W\d].*)", re.IGNORECASE),
    re.compile(rf"(?P<law>[^\W\d].*)\s+(?P<section>[0-9]{{1,3}}(?:[a-z](?![a-z]))?(?:{_PART})*)", re.IGNORECASE),
)
_PARTS = re.compile(r"(abs|satz|s\.|nr|nummer|buchst)[a-z]*\.?\s*([0-9]{1,3}(?:[a-z](?![a-z]))?)", re.IGNORECASE)
_PART_NAMES = {"abs": "Abs.", "sat": "Satz", "s.": "Satz", "nr": "Nr.", "num": "Nr.", "buc": "Buchst."}
# A law that is not in the table: AEVO, BundespartizipationsG, Bundesdemokratiefördergesetz, Haushaltsgesetz 2025.
_LIKE_A_LAW = re.compile(
    r"(?:[^\W\d_][\w-]*(?:gesetz(?:es|buch)?|ordnung|richtlinie|vertrag|abkommen)|[A-ZÄÖÜ][\w-]*[A-ZÄÖÜ][\w-]*)"
    r"(?: [0-9]{4}| [IVX]{1,4})?|Gesetz (?:über|für|zum|zur) .+"
)
_LAW_VALUE = re.compile(r"§ (?P<section>[0-9]+[a-z]?(?: (?:Abs\.|Satz|Nr\.|Buchst\.) [0-9]+[a-z]?)*)(?: (?P<law>.+))?")
_ISO = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")
_GERMAN = re.compile(r"(?:(?:(?P<day>[0-9]{1,2})\.\s*)?(?P<month>[0-9]{1,2})[./]\s*)?(?P<year>(?:19|20)[0-9]{2})")
_SPELT = re.compile(r"(?:(?P<day>[0-9]{1,2})\.\s*)?(?P<month>[^\W\d_]{3,9})\.?\s+(?P<year>(?:19|20)[0-9]{2})")
_NOTED = re.compile(r"(?:zur\s+)?kenntnis(?:nahme|\s+genommen)?", re.IGNORECASE)
_SAME_LETTERS = 8
_MOST = 3
_SESSION = re.compile(r"(?P<session>[0-9]+)\.(?P<body>.+)")
_ALIKE = 0.65
"""Below this similarity (0–1) a value is no proposal for another."""
_NEAR = 0.75
"""From this similarity (0–1) on, a name that is not listed is rather a slip of the pen than another name."""


@dataclass(frozen=True, slots=True)
class FilterValues:
    """The tables that values are looked up in.

    `conferences`: those that there are beside the listed ones; None where nobody has looked, and whatever is written
    like a conference is taken for one.
    """

    states: States
    addressees: Addressees
    laws: Laws
    topics: Sequence[Topic]
    conferences: tuple[str, ...] | None = None

    @classmethod
    def load(cls, states: States, topics: Sequence[Topic]) -> FilterValues:
        return cls(states, Addressees.load(), Laws.load(), topics)

    def among(self, conferences: Iterable[str]) -> FilterValues:
        """The same, where beside the listed conferences only these exist."""
        return replace(self, conferences=tuple(dict.fromkeys(conferences)))

    def find(self, name: FilterName, typed: str) -> str | None:
        """The value in its one spelling; None if there is none such."""
        return self._finders().get(name, self._state)(typed)

    def nearest(self, name: FilterName, typed: str) -> tuple[str, ...]:
        """Values that may have been meant, best first; examples where nothing is near."""
        known, examples = self._known(name)
        near = nearest_words(_name_in(name, typed), known, 2 * _MOST) if typed else ()
        found = [value for one in near if one.score >= _ALIKE and (value := self.find(name, one.word))]
        return tuple(dict.fromkeys(found))[:_MOST] or examples

    def _finders(self) -> Mapping[FilterName, Callable[[str], str | None]]:
        return {
            "konferenz": self._conference,
            "an": self._addressee,
            "abstimmung": _ballot,
            "gesetz": self._law,
            "thema": self._topic,
            "mit": _content,
            "seit": date_value,
            "bis": date_value,
        }

    def _known(self, name: FilterName) -> tuple[list[str], tuple[str, ...]]:
        """(everything that would be right, two or three of it)"""
        if name == "konferenz":
            return [*SHORT_NAMES, *(self.conferences or ())], (self.conferences or ())[:_MOST] or ("IntMK", "20.IntMK")
        if name == "an":
            return [form for one in self.addressees.all for form in (one.name, *one.forms)], ("Bund", "Länder")
        if name == "abstimmung":
            return list(BALLOTS), BALLOTS[:2]
        if name == "gesetz":
            return [*self.laws.names, *self.laws.forms], ("AufenthG", "§ 25a AufenthG")
        if name == "thema":
            return [term for topic in self.topics for term in topic.terms], tuple(one.id for one in self.topics[:_MOST])
        if name == "mit":
            return [*CONTENTS, *(word for words in CONTENTS.values() for word in words)], ("protokollnotiz", "frist")
        if name in ("seit", "bis"):
            return [], ("2024", "2025-04")
        return [form for state in self.states.all for form in (state.name, *state.forms)], ("Bayern", "NRW")

    def _state(self, typed: str) -> str | None:
        if fold(typed) in ("alle", "alle16", "allelaender", "alle16laender", "all"):
            return ALL_STATES
        state = self.states.find(typed)
        return state.name if state else None

    def _addressee(self, typed: str) -> str | None:
        addressee = self.addressees.find(typed)
        return addressee.name if addressee else self._state(typed)

    def _conference(self, typed: str) -> str | None:
        for pattern in (_SESSION_FIRST, _BODY_FIRST):
            match = pattern.fullmatch(typed)
            if match and (body := self._body(match["body"].strip())):
                return f"{int(match['session'])}.{body}"
        return self._body(typed)

    def _body(self, typed: str) -> str | None:
        """The short name of a conference; one that is not listed is taken as it is written."""
        listed = {fold(short): short for _, short in CONFERENCES} | {"bundesrat": "Bundesrat", "bundestag": "Bundestag"}
        addressee = self.addressees.find(typed)
        if addressee and addressee.kind == "conference":
            return addressee.name
        known = listed.get(fold(typed)) or short_name(typed[:1].upper() + typed[1:])
        if known or self.conferences is not None:
            return known or next((one for one in self.conferences or () if fold(one) == fold(typed)), None)
        return typed if _BODY.fullmatch(typed) and not _slip(typed, listed.values()) else None

    def _law(self, typed: str) -> str | None:
        for pattern in (_SECTION_FIRST, _LAW_FIRST):
            if (match := pattern.fullmatch(typed)) and (law := self._law_name(match["law"])):
                return f"§ {section_value(match['section'])} {law}"
            if match and not match["law"]:
                return f"§ {section_value(match['section'])}"
        return self._law_name(typed) or self._bare_section(typed)

    def _bare_section(self, typed: str) -> str | None:
        for match in (pattern.fullmatch(typed) for pattern in _BARE):
            if match and (law := self.laws.find(match["law"])):
                return f"§ {section_value(match['section'])} {law}"
        return None

    def _law_name(self, typed: str) -> str | None:
        """A law that is not listed is taken as it is written, if it is written like one."""
        like = _LIKE_A_LAW.fullmatch(typed) and not _slip(typed, self.laws.names)
        return self.laws.find(typed) or (typed if like else None)

    def _topic(self, typed: str) -> str | None:
        """Also by a part of it: what is filed under it holds such words."""
        key = fold(typed)
        whole = (topic.id for topic in self.topics if key in topic.keys)
        part = (topic.id for topic in self.topics if any(key in part.keys for part in topic.parts))
        return next(whole, None) or next(part, None)


class AsWritten:
    """For texts that were read once and are stored: every value is the one that stands there."""

    def find(self, name: FilterName, typed: str) -> str | None:
        return typed

    def nearest(self, name: FilterName, typed: str) -> tuple[str, ...]:
        return ()


def date_value(typed: str) -> str | None:
    """Readings: 2024, 2024-04, 2024-04-09, 04/2024, 9.4.2024, April 2024 → the ISO form, as exact as it was typed."""
    for pattern in (_ISO, _GERMAN, _SPELT):
        if match := pattern.fullmatch(typed.strip()):
            return _iso(match["year"], match["month"], match["day"])
    return None


def first_day(value: str) -> dt.date:
    """Of the year, month or day that a value of `seit:` or `bis:` names."""
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def last_day(value: str) -> dt.date:
    first, parts = first_day(value), value.count("-")
    month = 12 if parts == 0 else first.month
    return first if parts == 2 else dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def section_value(written: str) -> str:
    """A section of a law in one spelling: "32 absatz 2 Nr 5" → "32 Abs. 2 Nr. 5"."""
    number = re.match(_NUMBER, written, re.IGNORECASE)
    parts = (f"{_PART_NAMES[name.lower()[:3]]} {count}" for name, count in _PARTS.findall(written))
    return " ".join(((number[0] if number else "").lower(), *parts)).strip()


def law_of(value: str) -> tuple[str, str]:
    """(law, section) of a value of `gesetz:`; the section is "" where the whole law is meant, the law where any is."""
    match = _LAW_VALUE.fullmatch(value)
    return (match["law"] or "", match["section"]) if match else (value, "")


def conference_parts(value: str) -> tuple[str, str]:
    """(conference, session) of a value of `konferenz:`; the session is "" where any is meant."""
    match = _SESSION.fullmatch(value)
    return (match["body"], match["session"]) if match else (value, "")


def _name_in(name: FilterName, typed: str) -> str:
    """What near ones are looked for by: of a session its conference."""
    match = _SESSION_FIRST.fullmatch(typed) or _BODY_FIRST.fullmatch(typed) if name == "konferenz" else None
    return match["body"].strip() if match else typed


def _slip(typed: str, known: Iterable[str]) -> bool:
    near = nearest_words(typed, known, 1)
    return bool(near) and near[0].score >= _NEAR


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    number = int(month) if month.isdecimal() else MONTHS.get(month.capitalize(), 0)
    if not 1 <= number <= 12:
        return None
    if day is None:
        return f"{year}-{number:02d}"
    known = 1 <= int(day) <= calendar.monthrange(int(year), number)[1]
    return f"{year}-{number:02d}-{int(day):02d}" if known else None


def _ballot(typed: str) -> str | None:
    """Also in other forms: mehrheit, einstimmiger, abgelehnte, zur Kenntnis genommen."""
    if _NOTED.fullmatch(typed):
        return "zur Kenntnis"
    begun = (one for one in BALLOTS if fold(typed).startswith(fold(one)[:_SAME_LETTERS]))
    return next(begun, None) if " " not in typed else None


def _content(typed: str) -> str | None:
    key = fold(typed)
    return next((name for name, others in CONTENTS.items() if key in map(fold, (name, *others))), None)
