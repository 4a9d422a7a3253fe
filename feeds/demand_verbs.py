"""How German resolutions ask, as data: one row a verb.

The name of a verb, in records, is its plural of the present with the separable part behind: "fordern auf", "bitten",
"regen an"; the same for active, passive and impersonal sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Place = Literal["object", "known object", "an", "von", "dative", "clause"]
"""Where the addressee stands: as object ("den Bund"; "known": other objects are the thing asked for), behind "an" or
"von", as dative ("dem Bund"), or only in a clause ("dass der Bund …", "durch den Bund")."""


@dataclass(frozen=True, slots=True)
class DemandVerb:
    """`finite`: the forms of the present. `particle`: its separable part. `participle`: as in "wird … aufgefordert".

    `places`: where the addressee may stand, tried in this order. `bare`: whether the verb is a demand too where nobody
    is named ("Die Länder fordern verträgliche Zahlungsmodalitäten").
    """

    name: str
    finite: tuple[str, ...]
    places: tuple[Place, ...]
    particle: str | None = None
    participle: str | None = None
    bare: bool = True


VERBS = (
    DemandVerb("fordern auf", ("fordert", "fordern"), ("object",), "auf", "aufgefordert"),
    DemandVerb("rufen auf", ("ruft", "rufen"), ("object",), "auf", "aufgerufen"),
    DemandVerb("halten an", ("hält", "halten"), ("known object",), "an", "angehalten", bare=False),
    DemandVerb("fordern ein", ("fordert", "fordern"), ("von",), "ein", "eingefordert"),
    DemandVerb("mahnen an", ("mahnt", "mahnen"), ("von", "clause"), "an", "angemahnt"),
    DemandVerb("laden ein", ("lädt", "laden"), ("known object",), "ein", "eingeladen", bare=False),
    DemandVerb("regen an", ("regt", "regen"), ("von", "known object", "clause"), "an", "angeregt"),
    DemandVerb("schlagen vor", ("schlägt", "schlagen"), ("dative", "clause"), "vor"),
    DemandVerb("legen nahe", ("legt", "legen"), ("dative",), "nahe", "nahegelegt"),
    DemandVerb("fordern", ("fordert", "fordern"), ("von", "clause"), None, "gefordert"),
    DemandVerb("verlangen", ("verlangt", "verlangen"), ("von", "clause"), None, "verlangt"),
    DemandVerb("bitten", ("bittet", "bitten"), ("object", "clause"), None, "gebeten"),
    DemandVerb("erbitten", ("erbittet", "erbitten"), ("von",), None, "erbeten"),
    DemandVerb("ersuchen", ("ersucht", "ersuchen"), ("object",), None, "ersucht"),
    DemandVerb("beauftragen", ("beauftragt", "beauftragen"), ("object",), None, "beauftragt"),
    DemandVerb("ermächtigen", ("ermächtigt", "ermächtigen"), ("object",), None, "ermächtigt", bare=False),
    DemandVerb("verpflichten", ("verpflichtet", "verpflichten"), ("known object",), None, "verpflichtet", bare=False),
    DemandVerb("appellieren", ("appelliert", "appellieren"), ("an",)),
    DemandVerb("erwarten", ("erwartet", "erwarten"), ("von", "clause"), None, "erwartet", bare=False),
    DemandVerb("empfehlen", ("empfiehlt", "empfehlen"), ("dative", "clause"), None, "empfohlen"),
    DemandVerb("ermuntern", ("ermuntert", "ermuntern"), ("known object",), None, "ermuntert", bare=False),
    DemandVerb("ermutigen", ("ermutigt", "ermutigen"), ("known object",), None, "ermutigt", bare=False),
    DemandVerb("erinnern", ("erinnert", "erinnern"), ("known object",), bare=False),
    DemandVerb("drängen", ("drängt", "drängen"), ("known object", "clause"), None, "gedrängt"),
)
"""Rows with a separable part come before the same verb without one: the first that fits a sentence's verb counts."""

OTHER_PARTICLES = {
    "fordert": ("heraus", "zurück", "ab"),
    "fordern": ("heraus", "zurück", "ab"),
    "legt": ("vor", "fest", "dar", "ab", "zugrunde"),
}
"""Parts that make another verb of it ("fordert … heraus")."""


FINITE = {verb.name: re.compile(rf"\b(?:{'|'.join(verb.finite)})\b") for verb in VERBS}
"""The finite forms of each row as a pattern."""

PARTICIPLES = {verb.participle: verb for verb in VERBS if verb.participle}


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A fixed turn of phrase, searched in the whole sentence.

    Where the pattern has a group `whom`, the addressee begins there and must be a known body; else a known body behind
    "an" may follow ("hält an ihrer Bitte an den Bund fest").
    """

    name: str
    pattern: re.Pattern[str]


_WHOM = "(?P<whom>)"
_NEED = r"(?:erforderlich|notwendig|nötig|geboten|unerlässlich|unabdingbar)"
_OUR_DEMAND = r"(?:ihre[nr]?|unsere[nr]?)\s+(?:\w+\s)?(?:Forderung\w*|Bitten?)\b"

_RENEW = r"\b(?:bekräftig|erneuer|wiederhol)(?:t|e?n)\b"

SET_PHRASES = (
    SetPhrase("erwarten", re.compile(rf"\b(?:[Mm]it|[Aa]n)\s{_WHOM}[^,;]*\bverbinde[tn]\b[^,;]*\bdie\s+Erwartung")),
    *(
        SetPhrase(name, re.compile(rf"\brichte[tn]\b[^,;]*?\ban\s{_WHOM}[^,;]*\b(?:die|den)\s+(?:\w+\s)?{noun}\b"))
        for name, noun in (
            ("erwarten", "Erwartung"),
            ("bitten", "Bitte"),
            ("fordern", "Forderung"),
            ("appellieren", "Appell"),
        )
    ),
    SetPhrase(
        "erwarten",
        re.compile(
            rf"\b(?:sprich|äußer|verleih|bring)\w*\b[^,;]*\b(?:die|der|ihrer|ihre)\s+(?:\w+\s)?Erwartung\b[^,;]*,\s+dass\s{_WHOM}"
        ),
    ),
    SetPhrase(
        "erwarten",
        re.compile(
            r"\berwarte(?:t|n)\s(?:eine[nr]?|die|den)\s(?:\w+\s)?(?:Bericht|Vorschl|Entwurf|Stellungnahme|Vorlage|Rückmeldung)\w*"
        ),
    ),
    SetPhrase("übertragen", re.compile(rf"\büberträgt|übertragen\s{_WHOM}[^,;]*\bdie\s+(?:\w+\s)?Aufgabe\b")),
    SetPhrase("erteilen den Auftrag", re.compile(rf"\berteil(?:t|en)\s{_WHOM}[^,;]*\bden\s+(?:\w+\s)?Auftrag\b")),
    SetPhrase("sind gehalten", re.compile(rf"\A{_WHOM}[^,;]*?\b(?:ist|sind|bleibt|bleiben)\s(?:\w+\s)?gehalten,")),
    SetPhrase("sind gehalten", re.compile(rf"\b(?:ist|sind|bleibt|bleiben)\s{_WHOM}[^,;]*\bgehalten,")),
    SetPhrase("halten für erforderlich", re.compile(rf"\b{_NEED},\s+dass\s{_WHOM}")),
    SetPhrase(
        "weisen hin",
        re.compile(
            rf"\bweis(?:t|en)\b\s(?:erneut\s|daher\s|zudem\s)*{_WHOM}[^,;]*\bdarauf\s+hin,\s+dass\b.*\b{_NEED}\b"
        ),
    ),
    SetPhrase("weisen hin", re.compile(rf"\bweis(?:t|en)\b[^,;]*\bauf\s+{_OUR_DEMAND}(?=.*\bhin\b)")),
    SetPhrase("halten fest", re.compile(rf"\b(?:hält|halten)\b[^;]*\ban\s+{_OUR_DEMAND}(?=.*\bfest\b)")),
    SetPhrase("bekräftigen", re.compile(rf"{_RENEW}[^,;]*\b{_OUR_DEMAND}")),
    SetPhrase("bekräftigen", re.compile(rf"{_RENEW}[^,;]*\bdie\s+(?:\w+\s)?Forderung\w*")),
    SetPhrase("bekräftigen", re.compile(rf"{_RENEW}[^,;]*\bBeschlusslage,(?=.*\bzu\s+\w+n\b)")),
)

ANY_SIGN = re.compile(
    r"\b(?:soll(?:en|te|ten)?|weis(?:t|en)|hält|halten|verbinde[tn]|richte[tn]|(?:bekräftig|erneuer|wiederhol)(?:t|e?n)"
    r"|möge|äußer(?:t|n)|gehalten|spricht|sprechen|verleihen|überträgt|übertragen|erteil(?:t|en)"
    rf"|{_NEED}|{'|'.join(form for verb in VERBS for form in (*verb.finite, verb.participle) if form)})\b"
)
"""A word without which no sentence asks anything: most sentences can be left aside by it."""
