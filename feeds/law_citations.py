"""Citations of a law by section: "§ 25a AufenthG oder § 25b AufenthG", "§§ 25a bzw. 25b AufenthG", "Art. 16a GG".

Strategy: a sign (§, §§, Art.) opens a citation; numbers with their Abs., Satz, Nr. follow, joined by commas, "und",
"oder", "bzw."; the law stands behind the last. A citation without a law behind it tells no law and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.laws import Laws

CODE = r"(?:Sozialgesetzbuch|Soziale[ns]?\sGesetzbuch)(?:e?s)?"
BOOKS = dict(
    zip(
        "Erste Zweite Dritte Vierte Fünfte Sechste Siebte Achte Neunte Zehnte Elfte Zwölfte Vierzehnte".split(),
        "I II III IV V VI VII VIII IX X XI XII XIV".split(),
        strict=True,
    )
)
BOOK = rf"(?P<book>{'|'.join(BOOKS)})[nsr]?\sBuch(?:e?s)?\s(?:des\s)?{CODE}"
"""A book of the Sozialgesetzbuch by its ordinal: "das Fünfte Buch Sozialgesetzbuch"."""

_UNIT = (
    r"(?:Abs(?:atz|ätze|\.)|S(?:atz|ätze|\.)|Nr\.|Nummern?|Nrn\.|Alt(?:ernative|\.)|Buchst(?:abe|\.)|lit\.|Hs\.|Halbsatz"
    r"|Unterabs(?:atz|\.))"
)
_PART = rf"{_UNIT}\s?(?:\d+[a-z]?|[a-z]{{1,2}})(?!\w)"
_NUMBER = rf"(?:\d{{1,4}}[a-z]?(?!\w)(?:\s{_PART}){{0,6}}|{_PART}(?:\s{_PART}){{0,5}})(?:\sff?\.)?"
"""A section with its parts; behind a joint parts alone may follow ("§ 5 Abs. 1 Nr. 1a und Nr. 4")."""
_JOINT = r"(?:,|\s(?:und|oder|bzw\.|beziehungsweise|sowie|i\.\s?V\.\s?m\.|in\sVerbindung\smit))\s"
_SIGN = r"(?:§§?|Art(?:ikel|\.))"
_WRITTEN_OUT = r"[A-ZÄÖÜ][\w-]*(?:gesetz|ordnung|gesetzbuch|konvention)(?:e?s)?"
_LAW = (
    rf"(?:des\s|der\s)?(?P<law>SGB\s(?:[IVX]{{1,4}}|\d{{1,2}})|Richtlinie\s\d+/\d+/(?:EU|EWG|EG)|{BOOK}|"
    r"Verordnung\s\(E[GU]\)\s(?:Nr\.\s)?\d+/\d+|"
    rf"[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*(?:-\w+)?|{_WRITTEN_OUT})(?![\w-])"
    r"(?:\s\((?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\))?"
)
_CITATION = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<numbers>{_NUMBER}(?:(?:{_JOINT}(?:{_SIGN}\s?)?|\s(?:bis|–|-)\s){_NUMBER}){{0,20}})\s{_LAW}"
)
_IN_BRACKETS = re.compile(
    rf"(?<![\w-])(?P<law>{_WRITTEN_OUT}|[A-ZÄÖÜ]\w*[GVO])(?P<short>(?!))? \("
    rf"(?P<sign>{_SIGN})\s?(?P<numbers>{_NUMBER}(?:{_JOINT}(?:{_SIGN}\s?)?{_NUMBER}){{0,20}})\)"
)
"""The section behind the law: "Musterfinanzierungsgesetz (§ 2 Abs. 1 Nr. 3)"."""
_SPLIT = re.compile(rf"({_JOINT}(?:{_SIGN}\s?)?)")
_UNIT_FIRST = re.compile(r"[A-Z]\w*\.(?=\s)")
_LAST_VALUE = re.compile(r"(?<=\s)\S+$")
_SHORT_UNITS = (
    (re.compile(r"\b(?:Absatz|Absätze)\b"), "Abs."),
    (re.compile(r"\b(?:Satz|Sätze|S\.)(?=\s|\d)"), "S."),
    (re.compile(r"\b(?:Nummern?|Nrn\.)(?=\s|\d)"), "Nr."),
    (re.compile(r"\bAlternative\b"), "Alt."),
    (re.compile(r"\b(?:Buchstabe\b|lit\.)"), "Buchst."),
    (re.compile(r"\bHalbsatz\b"), "Hs."),
    (re.compile(r"\.(?=\d)"), ". "),
)


@dataclass(frozen=True, slots=True)
class LawMention:
    """A law, with a section where one is cited, and where it stands in the text."""

    law: str
    section: str | None
    start: int
    end: int


def citations(text: str, laws: Laws) -> Iterator[LawMention]:
    """Every section cited, in order; several in one citation share its place."""
    if "§" not in text and "Art" not in text:
        return
    for match in (*_CITATION.finditer(text), *_IN_BRACKETS.finditer(text)):
        law = _named(match["law"], match["short"], laws)
        for section in _sections(match["sign"], match["numbers"]):
            yield LawMention(law, section, match.start(), match.end())


def _named(written: str, short: str | None, laws: Laws) -> str:
    """The law's one name; where it is not listed, the abbreviation that the text gives it."""
    book = re.fullmatch(BOOK, written)
    if book:
        return f"SGB {BOOKS[book['book']]}"
    return laws.name_of(written) or short or law_name(written, laws)


def law_name(written: str, laws: Laws) -> str:
    """The name of `laws.toml`; a law that is not listed keeps its name, in the nominative."""
    return laws.name_of(written) or re.sub(r"(?<=gesetz)es$|(?<=gesetzbuch)e?s$", "", written)


def _sections(sign: str, numbers: str) -> Iterator[str]:
    """ "25a oder § 25b" → 25a, 25b; behind a single §, "24 Abs. 1 und 2" → 24 Abs. 1, 24 Abs. 2."""
    before = ""
    parts = _SPLIT.split(numbers)
    for joint, number in zip(["", *parts[1::2]], parts[::2], strict=True):
        section = _short(number)
        goes_on = (
            sign in ("§", "Art.", "Artikel") and " " in before and " " not in section and not re.search(_SIGN, joint)
        )
        if unit := _UNIT_FIRST.match(section):
            section = f"{before.split(f' {unit[0]} ')[0]} {section}"
        elif goes_on:
            section = _LAST_VALUE.sub(section, before)
        yield section
        before = section


def _short(number: str) -> str:
    """ "32 Absatz 2 Nummer 5" → "32 Abs. 2 Nr. 5"."""
    for pattern, short in _SHORT_UNITS:
        number = pattern.sub(short, number)
    return number.strip()
