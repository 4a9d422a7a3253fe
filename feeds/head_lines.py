"""The lines that stand between an agenda item's title and its text, told by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from feeds.dialect import Dialect
from feeds.line import Line
from feeds.paragraphs import ITEM
from feeds.votes import Ballot, NamedStates, ballot_of

HeadLine = Literal["applicants", "aside", "mark", "ballot", "opening", "sentence"]

APPLICANTS = re.compile(
    r"(?P<label>(?:Mit)?[Aa]ntragsteller(?:/-?in|in|innen|länder)?|Antragstellende(?: Länder)?|Antragstellung"
    r"|Berichterstattung|Berichterstatter(?:/-?in|in|innen|land)?|BE) ?: ?(?P<names>.*)"
)
"""Who brought the matter in; some conferences name a rapporteur instead."""

ASIDE = re.compile(
    r"(?P<label>Vorgang|Bezug|Anlagen?|Aktenzeichen|Az\.|Federführung|Kategorie|Veröffentlichung|Stand) ?:"
    r" ?(?P<text>.*)"
)
"""Lines of the head that are neither title nor applicants."""

REFERENCE = re.compile(
    r"(?:TOP (?P<number>[\w./]+) ?(?:der )?)?"
    r"(?:(?P<session>\d{1,4})\. ?(?P<body>[A-ZÄÖÜ][\w-]*(?:K|MiKo|konferenz)\b)|(?P<year>\d{4})/(?:\d{1,2}|[A-Z]+)\b)"
)
"""An earlier resolution: "TOP 13 90.UMK", "TOP 4 2030/2"."""

MARK = re.compile(r"[-–(]? ?(?P<mark>(?i:block|[abi]-punkt|grüne liste|block-top)|TOP ohne Aussprache) ?[-–)]?")
"""How the item was dealt with."""

OPENING = re.compile(r"[-–]? ?(?:Beschluss|Beschlussvorschlag|B e s c h l u s s) ?[-–:]?")
"""What is written over the text. Above a head it belongs to the next item."""

PART = re.compile(r"(?P<part>[a-z])\) (?P<rest>.+)")
"""Items that share a number are told apart by a letter: "4.1", "a) Fortschreibung des Berichts"."""

_DOT = re.compile(r"[•●▪◦‣]")
"""A dash at a line's start may stand inside a title."""
_FULL_SENTENCE = re.compile(r".{30,}[a-zäöüß)“\"]{2}\.")


@dataclass(frozen=True, slots=True)
class HeadReader:
    """Tells the lines of a head for one layout."""

    dialect: Dialect
    named: NamedStates

    def kind(self, line: Line) -> HeadLine | None:
        """What the line is; None for a title or for text."""
        if OPENING.fullmatch(line.text) and (line.text.endswith(":") or not self.dialect.kind):
            return "opening"
        if APPLICANTS.fullmatch(line.text):
            return "applicants"
        if ASIDE.fullmatch(line.text):
            return "aside"
        if MARK.fullmatch(line.text):
            return "mark"
        if self.dialect.opening and self.dialect.opening.match(line.text):
            return "sentence"
        return "ballot" if self.ballot(line) else None

    def ballot(self, line: Line) -> Ballot | None:
        return ballot_of(line.text, self.named)


def is_text(line: Line) -> bool:
    """Whether the line surely is no title: the end of a sentence, a bullet, or the first item."""
    item = ITEM.fullmatch(line.text)
    return bool(_FULL_SENTENCE.fullmatch(line.text) or _DOT.match(line.text) or (item and item["number"] == "1"))
