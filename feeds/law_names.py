"""Laws that a text names without a section.

Strategy, from the surest: books of the Sozialgesetzbuch; halves of a compound that are both listed ("Asyl- und
Aufenthaltsgesetz"); the forms of `laws.toml`; acts of the EU by number; "Gesetz zur …"; then any other capitalised
…gesetz or …verordnung in the singular, kept as written. A law that is only planned ("ein Bundespartizipationsgesetz auf
den Weg zu bringen") counts as named. Plurals ("Integrationsgesetze") and kinds of laws ("Rechtsverordnung") name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.laws import Laws
from feeds.law_citations import BOOK, BOOKS, CODE, LawMention, law_name

_SGB = re.compile(
    rf"(?:SGB\s|{CODE}\s(?:\(SGB\)\s)?)(?P<number>[IVX]{{1,4}}|\d{{1,2}})(?!\w)"
    rf"|{BOOK}(?:\s\(SGB\s[IVX]{{1,4}}\))?"
)
_HALVES = re.compile(
    r"(?<![\w-])(?P<first>[A-ZÄÖÜ]\w+)-\s(?:und|oder|bzw\.)\s(?P<second>[A-ZÄÖÜ]\w*?(?P<head>gesetz|verordnung))"
    r"(?:e?s)?(?![\w-])"
)
_EU_ACT = re.compile(
    r"(?<!\w)(?:Richtlinie\s(?:\(E[GU]\)\s)?\d+/\d+(?:/(?:EU|EWG|EG))?|Verordnung\s\(E[GU]\)\s(?:Nr\.\s)?\d+/\d+)"
)
_COMPLEMENT = (
    r"\s(?:der|des|eine[sr]|von|im|in|für)\s(?:[a-zäöüß]+e[nrs]\s){0,2}[A-ZÄÖÜ][\w-]+"
    r"(?:\sund\s(?:der\s|des\s)?(?:[a-zäöüß]+e[nr]\s)?[A-ZÄÖÜ][\w-]+)?"
)
_LONG_TITLE = re.compile(
    rf"(?<!\w)Gesetz(?:es)?(?P<title>\szu[rm]\s(?:[a-zäöüß]+en\s)?[A-ZÄÖÜ]\w+(?:\sund\s[A-ZÄÖÜ]\w+)?(?:{_COMPLEMENT}){{0,3}})"
    r"(?:\s\((?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\))?"
)
_OTHER = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-ZÄÖÜ]\w+-\sund\s)?[A-ZÄÖÜ][\w-]*(?:gesetz|-Gesetz|verordnung))(?:e?s)?(?![\w-])(?P<year>\s(?:19|20)\d\d(?!\d))?"
    r"(?:\s\((?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\))?"
)
_OF_A_YEAR = ("Haushaltsgesetz", "Nachtragshaushaltsgesetz", "Jahressteuergesetz")
_KINDS = re.compile(
    r"(?:Bundes|Landes|Reform|Rahmen|Artikel|Begleit|Ausführungs|Durchführungs|Umsetzungs|Fach|Spezial|Einzel|Muster)gesetz"
    r"|(?:(?:\w+s)?Änderungs)gesetz|(?:Rechts|Bundes|Landes|Durchführungs|Änderungs)verordnung"
)


def kinds_of_names(text: str, laws: Laws) -> Iterator[Iterator[LawMention]]:
    """The laws that are named, kind by kind, the surest first; a later kind may find the same place again."""
    yield _books(text)
    yield _halves(text, laws)
    for pattern in (laws.pattern, _EU_ACT):
        yield (LawMention(law_name(one[0], laws), None, one.start(), one.end()) for one in pattern.finditer(text))
    yield _titled(text, laws)
    yield _others(text)


def _has_law_word(text: str) -> bool:
    """Looked for first: most paragraphs name no law."""
    return "gesetz" in text or "-Gesetz" in text or "verordnung" in text


def _books(text: str) -> Iterator[LawMention]:
    for match in _SGB.finditer(text) if "SGB" in text or "esetzbuch" in text or "Gesetzbuch" in text else ():
        book = BOOKS.get(match["book"] or "", match["number"])
        yield LawMention(f"SGB {book}", None, match.start(), match.end())


def _halves(text: str, laws: Laws) -> Iterator[LawMention]:
    for match in _HALVES.finditer(text) if "- " in text and _has_law_word(text) else ():
        both = [laws.name_of(name) for name in (match["first"] + match["head"], match["second"])]
        yield from (LawMention(name, None, match.start(), match.end()) for name in both if name and all(both))


def _titled(text: str, laws: Laws) -> Iterator[LawMention]:
    for match in _LONG_TITLE.finditer(text):
        yield LawMention(match["short"] or _title(match["title"], laws), None, match.start(), match.end())


def _title(complement: str, laws: Laws) -> str:
    title = f"Gesetz{complement}"
    return laws.name_of(title) or title


def _others(text: str) -> Iterator[LawMention]:
    for match in _OTHER.finditer(text) if _has_law_word(text) else ():
        if not _KINDS.fullmatch(match["name"]):
            year = match["year"] if match["name"] in _OF_A_YEAR and match["year"] else ""
            end = match.end() if match["short"] or year else match.end("name")
            yield LawMention(match["short"] or match["name"] + year, None, match.start(), end)
