"""How a conference lays out its resolutions, as data: one row a dialect.

Adding a conference means at most adding a row here, and a document of that layout to `tests/corpus`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?P<number>[A-Z]|\d{1,3}(?:\.\d{1,3})*(?:\.?[a-z])?)"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Whole-line patterns.

    `head`: groups `number` and `rest` (a label where the title stands below, else the title). `applicants`: groups
    `label` and `names`. `vote`: groups `body`, `vote`. `note`: group `who`, what stands between the word
    "Protokollnotiz" and the colon.
    """

    name: str
    head: re.Pattern[str]
    applicants: re.Pattern[str]
    vote: re.Pattern[str]
    note: re.Pattern[str]


INTMK = Dialect(
    name="intmk",
    head=re.compile(rf"TOP {_NUMBER}(?: (?P<rest>\S.{{0,200}}))?"),
    applicants=re.compile(r"(?P<label>Antragsteller(?:in|innen)?|Antragstellende): ?(?P<names>.*)"),
    vote=re.compile(
        r"Die (?P<body>[A-ZÄÖÜ][\w-]+) hat (?P<vote>einstimmig|mehrheitlich) (?:wie folgt |Folgendes )?beschlossen ?:?"
    ),
    note=re.compile(r"Protokoll(?:notiz|erklärung)(?:en)? (?P<who>[^.]{3,300}?) ?:"),
)

DIALECTS = (INTMK,)

CONFERENCES = {
    "Integrationsministerkonferenz": "IntMK",
    "Kultusministerkonferenz": "KMK",
    "Bildungsministerkonferenz": "BMK",
    "Innenministerkonferenz": "IMK",
    "Gesundheitsministerkonferenz": "GMK",
    "Umweltministerkonferenz": "UMK",
    "Verkehrsministerkonferenz": "VMK",
    "Wirtschaftsministerkonferenz": "WMK",
    "Agrarministerkonferenz": "AMK",
    "Justizministerkonferenz": "JuMiKo",
    "Jugend- und Familienministerkonferenz": "JFMK",
    "Gleichstellungsministerkonferenz": "GFMK",
    "Ministerpräsidentenkonferenz": "MPK",
}
"""The short names by which the conferences call themselves."""
