"""How German resolutions ask, as data: one row a verb.

The name of a verb, in records, is its plural of the present with the separable part behind: "fordern auf", "bitten",
"regen an"; the same for active, passive and impersonal sentences.
"""

from __future__ import annotations

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
    DemandVerb("regen an", ("regt", "regen"), ("known object", "clause"), "an", "angeregt"),
    DemandVerb("schlagen vor", ("schlägt", "schlagen"), ("dative", "clause"), "vor"),
    DemandVerb("legen nahe", ("legt", "legen"), ("dative",), "nahe", "nahegelegt"),
    DemandVerb("fordern", ("fordert", "fordern"), ("von", "clause"), None, "gefordert"),
    DemandVerb("verlangen", ("verlangt", "verlangen"), ("von", "clause"), None, "verlangt"),
    DemandVerb("bitten", ("bittet", "bitten"), ("object", "clause"), None, "gebeten"),
    DemandVerb("erbitten", ("erbittet", "erbitten"), ("von",), None, "erbeten"),
    DemandVerb("ersuchen", ("ersucht", "ersuchen"), ("object",), None, "ersucht"),
    DemandVerb("beauftragen", ("beauftragt", "beauftragen"), ("object",), None, "beauftragt", bare=False),
    DemandVerb("ermächtigen", ("ermächtigt", "ermächtigen"), ("object",), None, "ermächtigt", bare=False),
    DemandVerb("verpflichten", ("verpflichtet", "verpflichten"), ("known object",), None, "verpflichtet", bare=False),
    DemandVerb("appellieren", ("appelliert", "appellieren"), ("an",)),
    DemandVerb("erwarten", ("erwartet", "erwarten"), ("von", "clause"), None, "erwartet", bare=False),
    DemandVerb("empfehlen", ("empfiehlt", "empfehlen"), ("dative", "clause"), None, "empfohlen"),
    DemandVerb("drängen", ("drängt", "drängen"), ("known object", "clause"), None, "gedrängt"),
)
"""Rows with a separable part come before the same verb without one: the first that fits a sentence's verb counts."""

OTHER_PARTICLES = {
    "fordert": ("heraus", "zurück", "ab"),
    "fordern": ("heraus", "zurück", "ab"),
    "legt": ("vor", "fest", "dar", "ab", "zugrunde"),
    "empfiehlt": (),
}
"""Parts that make another verb of it ("fordert … heraus")."""


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A fixed turn of phrase as a pattern over the whole sentence; `{whom}` stands where the addressee begins."""

    name: str
    pattern: str
    needs_whom: bool


SET_PHRASES = (
    SetPhrase(
        "erwarten",
        r"\b(?:[Mm]it|[Aa]n)\s{whom}[^,;]*\b(?:verbindet|verbinden|richtet|richten)\b[^,;]*\bdie\s+Erwartung",
        True,
    ),
    SetPhrase(
        "erwarten",
        r"\b(?:verbindet|verbinden|richtet|richten)\b[^,;]*\b(?:mit|an)\s{whom}[^,;]*\bdie\s+Erwartung",
        True,
    ),
    SetPhrase(
        "halten für erforderlich",
        r"\b(?:erforderlich|notwendig|geboten|unerlässlich|unabdingbar),\s+dass\s{whom}",
        True,
    ),
    SetPhrase(
        "weisen hin",
        r"\bweis(?:t|en)\b\s(?:erneut\s|daher\s|zudem\s)*{whom}[^,;]*\bdarauf\s+hin,\s+dass\b.*"
        r"\b(?:notwendig|erforderlich|nötig|geboten)\b",
        True,
    ),
    SetPhrase(
        "weisen hin", r"\bweis(?:t|en)\b[^,;]*\bauf\s+(?:ihre|unsere)\s+(?:\w+\s)?Forderung\w*\b.*\bhin\b", False
    ),
    SetPhrase(
        "halten fest",
        r"\b(?:hält|halten)\b[^;]*\ban\s+(?:ihre[nr]|unsere[nr])\s+(?:\w+\s)?Forderung\w*\b.*\bfest\b",
        False,
    ),
    SetPhrase(
        "bekräftigen",
        r"\b(?:bekräftigt|bekräftigen|erneuert|erneuern|wiederholt|wiederholen)\b[^,;]*"
        r"\b(?:ihre|unsere|die)\s+(?:\w+\s)?(?:Forderung\w*|Beschlusslage,.*\bzu\s+\w+n\b)",
        False,
    ),
)
