"""Dates and what they are for: a deadline, the day something came into force, or the date of another document.

Strategy: the words around a date tell its role. Where they do not, the role is None. A deadline is a limit of time that
somebody has to keep: "bis Ende Juni 2025 zu berichten", "bis zum Ablauf … am 4. März 2026", "nach dem 31.12.2025 eine
Anschlussregelung", "für die 22. IntMK 2027". None is until when something holds ("bis Ende 2027 verlängert", "über den
01.01.2026 hinaus"), what is only taken note of or has happened (`feeds.limits`), and a bare year behind "bis" where
nothing is to be done by then: it ends a forecast ("bis 2060 um 35 Prozent sinken").
"""

from __future__ import annotations

import datetime as dt
import re

from feeds.date_patterns import Written, written_dates
from feeds.found import place_in
from feeds.limits import is_to_be_kept
from feeds.record import DateMention, DateRole, Passage
from feeds.sentences import sentences

_BEFORE = 90
"""Characters in front of a date that may tell its role."""
_BEHIND = 40

_LIMIT = re.compile(
    r"\b[Bb]is\s(?:(?:zum|zur|spätestens|spätestens\szum|einschließlich|zum\sJahr|spätestens\sim)\s)?"
    r"(?:(?:zu\s\w+\s)?[A-ZÄÖÜ]\w+\s(?:im|am)\s|(?:Anfang|Mitte)\s)?$"
    r"|\b(?:spätestens|Frist)\b[^,.;]{0,20}$|\b(?:Ablauf|Fristende)\b[^,;]{0,60}\bam\s$|\bnach\sdem\s$"
    r"|\b(?:für\sdie|bis\szur|spätestens\szur|zur)\s(?=\Z)",
)
_BEYOND = (
    re.compile(r"\büber\s(?:den|das\sJahr|das\sEnde\sdes\sJahres|(?:den\s)?Monat)\s$"),
    re.compile(r"\s(?:\w+\s){0,2}hinaus\b"),
)
_FORCE_BEHIND = re.compile(
    r"\s(?:\w+\s){0,3}?(?:in\sKraft|wirksam|eingeführt\w*|geltend\w*|Inkrafttreten|einzuführen|zu\sändern)\b"
)
_FORCE_BEFORE = re.compile(
    r"\b(?:[Ii]n\sKraft|Inkrafttreten|gilt|gelten)\b[^,.;]{0,30}\b(?:am|zum|seit|ab)(?:\sdem)?\s$"
)
_STATED = re.compile(r"\b(?:am|zum|ab|seit)(?:\sdem)?\s$")
_OF = re.compile(
    r"\bvom\s$|\b(?:MPK|[A-ZÄÖÜ]\w*MK|\w*(?:[Kk]onferenz|[Ss]itzung|[Tt]agung))\)?\s(?:am|im|vom)\s$"
    r"|\w(?:abkommen|gesetz|vertrag|vertrage|beschluss|erklärung|konvention|verordnung|richtlinie|vereinbarung)(?:e?s)?\svon\s$"
)
_UNTIL = re.compile(r"\b[Bb]is\s(?:zu|zur|zum)\s[\w\s]{0,40}$")
_AT_THE_END = re.compile(r"\bzum\s$")
_CLOSING = ("Jahresende", "Ende des", "Ablauf des", "Schluss des")
"""How the words of a date begin that is the end of something: "zum Jahresende 2038" is a limit."""
_ONWARDS = re.compile(r"\s(?:bis|an)\b")
_BARE_UNTIL = re.compile(r"\b[Bb]is\s(?:zum\sJahre?\s)?$")
_FIRST_DAY = re.compile(r"\d{1,2}\.\s?(?:–|-|/|und|bis)\s?$")
"""Of two days the second is for what the first is for."""
_DUE = re.compile(r"[^.;]*\b(?:zu\sberichten|vorzulegen|vorzustellen|zu\sübermitteln|Bericht\szu\serstatten)\b")
"""What is to be handed in: the day for it is a deadline also without "bis"."""
_TO_BE_DONE = re.compile(r"^[^.;]*\bzu\s\w+e?n\b|^[^.;]*\w(?:zu)\w+en\b")


def find_dates(passages: tuple[Passage, ...], decided: dt.date | None = None) -> tuple[DateMention, ...]:
    """Every date once with each of its roles, in the words of its first mention; a mention without a role adds nothing
    to one with a role.

    `decided`: the conference's last day. What comes then or later is no date of anything that it could refer to.
    """
    found: dict[tuple[object, ...], DateMention] = {}
    for passage in passages:
        for one in written_dates(passage.text):
            place = place_in(passage, one.start, one.end)
            text, role = passage.text[one.start : one.end], _role_in(passage, one, decided)
            mention = DateMention(one.date, one.precision, text, role, place.item, place.lines)
            found.setdefault((one.date, one.precision, role), mention)
    told = {(date, precision) for date, precision, role in found if role}
    return tuple(one for (date, precision, role), one in found.items() if role or (date, precision) not in told)


def _role_in(passage: Passage, one: Written, decided: dt.date | None) -> DateRole | None:
    role = role_of(one, passage.text, decided)
    if role != "deadline":
        return role
    around = next((told for told in sentences(passage) if told.start <= one.start < told.end), None)
    if around is None or is_to_be_kept(around.text, one.start - around.start, one.end - around.start):
        return role
    return None


def role_of(one: Written, text: str, decided: dt.date | None = None) -> DateRole | None:
    """What the words around a date make of it; `decided` as in `find_dates`."""
    before, behind = text[max(0, one.start - _BEFORE) : one.start], text[one.end : one.end + _BEHIND]
    before = _FIRST_DAY.sub("", before) if one.in_range else before
    if _BEYOND[0].search(before) and _BEYOND[1].match(behind):
        return None
    past = decided is None or one.date < decided
    if past and _OF.search(before) and not _ONWARDS.match(behind) and not _UNTIL.search(before):
        return "reference"
    if _FORCE_BEFORE.search(before) or (_STATED.search(before) and _FORCE_BEHIND.match(behind)):
        return "in force"
    if _AT_THE_END.search(before) and text.startswith(_CLOSING, one.start):
        return "deadline"
    if decided and one.date > decided and _DUE.match(text[one.end :]):
        return "deadline"
    if one.in_range or not _LIMIT.search(before):
        return None
    return "deadline" if not _is_forecast(one, before, text[one.end :]) else None


def _is_forecast(one: Written, before: str, behind: str) -> bool:
    bare = one.precision == "year" and one.end - one.start == 4 and _BARE_UNTIL.search(before)
    return bool(bare) and not _TO_BE_DONE.match(behind)
