"""The conferences' names: the full ones, as documents print them, and the short ones that they call themselves."""

from __future__ import annotations

import re

CONFERENCES = (
    (r"Integrations|Konferenz der für Integration", "IntMK"),
    (r"Kultus", "KMK"),
    (r"Bildungs", "BMK"),
    (r"(?:(?:Sitzung der )?Ständigen? Konferenz der )?Innen", "IMK"),
    (r"Gesundheits", "GMK"),
    (r"Umwelt", "UMK"),
    (r"Verkehrs", "VMK"),
    (r"Wirtschafts", "WMK"),
    (r"Agrar", "AMK"),
    (r"(?:Konferenz der )?Justiz", "JuMiKo"),
    (r"Jugend- und Familien", "JFMK"),
    (r"(?:Konferenz der )?Gleichstellungs", "GFMK"),
    (r"Arbeits- und Sozial|Konferenz der .*\bfür Arbeit und Soziales\b", "ASMK"),
    (r"Wissenschafts", "WissMK"),
    (r"Ministerpräsident|(?:Jahres)?[Kk]onferenz der Regierungschef|Besprechung .*Regierungschef", "MPK"),
)
"""How a conference's full name begins, and its short name."""

SHORT_NAMES = tuple(short for _, short in CONFERENCES)


def short_name(name: str) -> str | None:
    """The short name of a conference by its full one or by itself; None where it is not known."""
    if name in SHORT_NAMES:
        return name
    return next((short for begins, short in CONFERENCES if re.match(begins, name)), None)
