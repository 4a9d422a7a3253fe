"""Who speaks in a resolution: the conference by any of its names, its members, the Länder, or a bare "wir" and "sie".

Only what the speaker asks is a demand of the resolution; what associations or single states ask is reported there.
"""

from __future__ import annotations

import re

_HEAD = (
    r"(?:„Allianz“-Partner(?:innen)?|"
    r"(?:\w[\w*-]*)?[Kk]onferenz|[A-ZÄÖÜ]\w{0,5}MK|JuMiKo|MPK|"
    r"(?:\w*[Mm]inister|[Ss]enator|Regierungschef|Amtschef|\w*[Pp]räsident)(?:\*?in(?:nen)?|en|s)?|"
    r"Länder|Bundesländer|Ländern?gemeinschaft|Bund|Bundesrat|Partner(?:innen)?|Ausschüsse|Ausschuss|Plenum|Mitglieder|"
    r"Paten-Länder)"
)
_NOUN_PHRASE = (
    r"(?:(?:[Dd]ie|[Dd]er|[Dd]as)\s(?:\d{1,3}\.\s)?(?:für\s[^.;]{1,80}?\szuständigen\s|[a-zäöüß]\w*en\s)?)?"
    rf"(?:{_HEAD})(?![\w-])(?:(?:,\s|\sund\s|\ssowie\s)(?:die\s)?-?(?:{_HEAD})(?![\w-]))*"
    r"(?:\sder\s(?:Bundesländer|Länder)|\sder\sAllianz\sfür\sAus-\sund\sWeiterbildung|\sfür\s[A-Z]\w+)*(?:\s\([^()]*\))?"
)
_AT = re.compile(rf"\s*(?:(?:[Ww]ir|[Ss]ie)\b|{_NOUN_PHRASE})")
_EARLIER = re.compile(rf"(?:^|\s)(?:wir|sie|(?:die|das)\s{_HEAD}(?![\w-])|der\s(?:Bundesrat|Ausschuss)(?![\w-]))")
_ADVERB = r"(?!(?:wir|sie|die|der|das|den|dem|alle|um|an|von|vom)\b)[a-zäöüß]\w*\.?"
_ADVERBS = re.compile(rf"(?:\s+{_ADVERB}){{0,4}}")
_LIST_ENTRY = re.compile(rf"\s*(?:{_ADVERB}\s+){{0,3}}")
_JOINED = re.compile(rf"\b(?:und|sowie|sondern|aber)\s(?:{_ADVERB}\s){{0,3}}$")


def speaks_alone(before: str) -> bool:
    """Whether the speaker alone fills the place in front of the verb ("Der Bundesrat | bittet, im weiteren …")."""
    return bool(_AT.fullmatch(before.rstrip()))


def object_start(before: str, behind: str) -> int | None:
    """Where the objects of a verb begin in the text `behind` it, if the speaker is the verb's subject; else None.

    The subject stands in front of the verb (0), right behind it ("Zudem fordert | die IntMK | den Bund auf"), in front
    of an earlier verb ("Sie sieht … und bittet"), or, in lists, in the lead-in ("1. bittet den Bund …").
    """
    if _LIST_ENTRY.fullmatch(before):
        return 0
    if _JOINED.search(before):
        return 0 if _AT.match(before) or _EARLIER.search(before) else None
    if _AT.match(before):
        return 0
    adverbs = _ADVERBS.match(behind)
    match = _AT.match(behind, adverbs.end() if adverbs else 0) or _AT.match(behind)
    return match.end() if match else None
