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


FORMS = {verb.name: frozenset(verb.finite) for verb in VERBS}
FINITE = {verb.name: re.compile(rf"\b(?:{'|'.join(verb.finite)})\b") for verb in VERBS}
"""The finite forms of each row as a pattern."""

PARTICIPLES = {verb.participle: verb for verb in VERBS if verb.participle}
