"""Citations of a law by section: "§ 25a AufenthG oder § 25b AufenthG", "§§ 25a bzw. 25b AufenthG", "Art. 16a GG".

Strategy: a sign (§, §§, Art.) opens a citation; numbers with their Abs., Satz, Nr. follow, joined by commas, "und",
"oder", "bzw."; the law stands behind the last. A citation without a law behind it tells no law and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.laws import Laws

_UNIT = (
    r"(?:Abs(?:atz|ätze|\.)|S(?:atz|ätze|\.)|Nr\.|Nummern?|Nrn\.|Alt(?:ernative|\.)|Buchst(?:abe|\.)|lit\.|Hs\.|Halbsatz"
    r"|Unterabs(?:atz|\.))"
)
_PART = rf"{_UNIT}\s?(?:\d+[a-z]?|[a-z]{{1,2}})(?!\w)"
_NUMBER = rf"\d{{1,4}}[a-z]?(?!\w)(?:\s{_PART}){{0,6}}(?:\sff?\.)?"
_JOINT = r"(?:,|\s(?:und|oder|bzw\.|beziehungsweise|sowie|i\.\s?V\.\s?m\.|in\sVerbindung\smit))\s"
_SIGN = r"(?:§§?|Art(?:ikel|\.))"
_LAW = (
    r"(?:des\s|der\s)?(?P<law>SGB\s(?:[IVX]{1,4}|\d{1,2})|Richtlinie\s\d+/\d+/E[GU]|Verordnung\s\(E[GU]\)\s(?:Nr\.\s)?\d+/\d+|"
    r"[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*(?:-\w+)?|[A-ZÄÖÜ][\w-]*(?:gesetz|ordnung|gesetzbuch|konvention)(?:e?s)?)(?![\w-])"
)
_CITATION = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<numbers>{_NUMBER}(?:(?:{_JOINT}(?:{_SIGN}\s?)?|\s(?:bis|–|-)\s){_NUMBER}){{0,20}})\s{_LAW}"
)
_SPLIT = re.compile(rf"({_JOINT}(?:{_SIGN}\s?)?)")
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
    for match in _CITATION.finditer(text):
        law = law_name(match["law"], laws)
        for section in _sections(match["sign"], match["numbers"]):
            yield LawMention(law, section, match.start(), match.end())


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
        if goes_on:
            section = _LAST_VALUE.sub(section, before)
        yield section
        before = section


def _short(number: str) -> str:
    """ "32 Absatz 2 Nummer 5" → "32 Abs. 2 Nr. 5"."""
    for pattern, short in _SHORT_UNITS:
        number = pattern.sub(short, number)
    return number.strip()
