"""The lines that stand between an agenda item's title and its text, told by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from feeds.dialect import Dialect
from feeds.line import Line
from feeds.paragraphs import ITEM, flat_text
from feeds.votes import Ballot, NamedStates, ballot_of

HeadLine = Literal["applicants", "aside", "mark", "ballot", "opening", "sentence", "unknown"]
"""`sentence`: the first one of the body; `unknown`: a line above "Beschluss:" that is none of the others."""

APPLICANTS = re.compile(
    r"(?:\((?:als )?)?"
    r"(?P<label>(?:Mit)?[Aa]ntrag(?:steller(?:/-?in|in|innen|länder)?|stellende[rs]?(?: Land| Länder)?|stellung)"
    r"|Berichterstattung|Berichterstatter(?:/-?in|in|innen|land)?|BE) ?: ?(?P<names>.*)"
)
"""Who brought the matter in; some conferences name a rapporteur instead."""

ASIDE = re.compile(
    r"(?P<label>Vorgang|Bezug|Anlagen?|Aktenzeichen|Az\.|Federführung|Kategorie|Veröffentlichung|Stand|Hinweis) ?:"
    r" ?(?P<text>.*)"
)
"""Lines of the head that are neither title nor applicants."""

REFERENCE = re.compile(
    r"(?:TOP (?P<number>[\w./]+) ?(?:der )?)?"
    r"(?:(?P<session>\d{1,4})\. ?(?P<body>[A-ZÄÖÜ][\w-]*(?:K|MiKo|konferenz)\b)|(?P<year>\d{4})/(?:\d{1,2}|[A-Z]+)\b)"
)
"""An earlier resolution: "TOP 13 90.UMK", "TOP 4 2030/2"."""

EARLIER = re.compile(r"(?:Umlauf(?:beschluss|verfahren)|ACK|Amtschefkonferenz|Beschluss)\b.{0,60}\d\)?")
"""What a line of earlier resolutions may go on with besides."""

DATED_REFERENCE = re.compile(
    r"(?P<body>[A-ZÄÖÜ][\w-]*(?:K|MiKo|konferenz)) (?:am|vom) (?P<day>\d\d?\.\d\d?\.\d{4})"
    r"(?: (?:zu|unter) TOP (?P<number>[\w./]+))?"
)
"""The same by its day: "IMK am 01.12.2033 zu TOP 7"."""

MARK = re.compile(r"[-–(]? ?(?P<mark>(?i:block|[abi]-punkt|grüne liste|block-top)|TOP ohne Aussprache) ?[-–)]?")
"""How the item was dealt with."""

OPENING = re.compile(r"[-–]? ?(?:Beschluss|Beschlussvorschlag|B e s c h l u s s) ?[-–:]?")
"""What is written over the text. Above a head it belongs to the next item."""

PROPOSAL = re.compile(r"[-–]? ?(?:Beschlussvorschlag|Beschlussantrag|Antragstext) ?[-–:]?")
"""What is written over a text that was only proposed, where what was decided stands below."""

DECIDED = re.compile(r"[-–]? ?(?:Beschluss|B e s c h l u s s) ?[-–:]")

_FORMS: tuple[tuple[HeadLine, re.Pattern[str]], ...] = (("applicants", APPLICANTS), ("aside", ASIDE), ("mark", MARK))
_VOTE_LINES = 3
"""Of the longest vote line."""
PART = re.compile(r"(?P<part>[a-z])\) (?P<rest>.+)")
"""Items that share a number are told apart by a letter: "4.1", "a) Fortschreibung des Berichts"."""

_DOT = re.compile(r"[•●▪◦‣]")
"""A dash at a line's start may stand inside a title."""
_FULL_SENTENCE = re.compile(r".{30,}[a-zäöüß)“\"]{2}\.")


@dataclass(frozen=True, slots=True)
class HeadMark:
    """What one or more lines of a head are; `ballot` where they are a vote line."""

    kind: HeadLine
    lines: tuple[Line, ...]
    ballot: Ballot | None = None

    @property
    def text(self) -> str:
        return flat_text(self.lines)


@dataclass(frozen=True, slots=True)
class HeadReader:
    """Tells the lines of a head for one layout."""

    dialect: Dialect
    named: NamedStates

    def mark_at(self, lines: tuple[Line, ...], at: int) -> HeadMark | None:
        """The mark that begins at a line; None for a title or for text."""
        kind = self._kind(lines[at].text)
        return HeadMark(kind, lines[at : at + 1]) if kind else self._vote_at(lines, at)

    def _kind(self, text: str) -> HeadLine | None:
        if OPENING.fullmatch(text) and (text.endswith(":") or not self.dialect.kind):
            return "opening"
        if self.dialect.opening and self.dialect.opening.match(text):
            return "sentence"
        return next((kind for kind, form in _FORMS if form.fullmatch(text)), None)

    def _vote_at(self, lines: tuple[Line, ...], at: int) -> HeadMark | None:
        """A vote line, which may go on over the ends of lines; the shortest, and none that only ends in one."""
        for end in range(at + 1, min(at + _VOTE_LINES, len(lines)) + 1):
            if end - at > 1 and lines[end - 1].gap and not lines[end - 1].text[:1].islower():
                return None
            ballot = ballot_of(flat_text(lines[at:end]), self.named)
            if ballot:
                inner = any(ballot_of(flat_text(lines[start:end]), self.named) for start in range(at + 1, end))
                return None if inner else HeadMark("ballot", lines[at:end], ballot)
        return None


def is_full_sentence(line: Line) -> bool:
    """Whether the line is long and ends a sentence; abbreviations end in fewer small letters."""
    return bool(_FULL_SENTENCE.fullmatch(line.text))


def is_text(line: Line) -> bool:
    """Whether the line surely is no title: the end of a sentence, a bullet, or the first item."""
    item = ITEM.fullmatch(line.text)
    return bool(is_full_sentence(line) or _DOT.match(line.text) or (item and item["number"] == "1"))
