"""How the conferences lay out their resolutions, as data: one row a layout.

Adding a conference means at most a row here, and documents of that layout in `tests/corpus`. What the layouts share
(vote lines, protocol notes, labels of applicants) is read the same way for all and stands in files of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOP_NUMBER = r"(?P<number>[A-Z]\d{0,2}|[IVX]{1,5}(?: \d{1,2})?|\d{1,3}(?:[./]\d{1,3})*(?:\.?[a-z])?)"
_REST = r"(?P<rest>\S.{0,250})"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One layout.

    `head`: a head line, groups `number` and `rest` (a label or the title), optionally `part` ("a" of "4.1 a)").
    `opening`: begins the first sentence of the body where neither applicants nor a vote line mark it.
    `conference`: the body's short name where the layout alone tells it.
    """

    name: str
    head: re.Pattern[str]
    opening: re.Pattern[str] | None = None
    conference: str | None = None


DIALECTS = (
    Dialect("TOP", re.compile(rf"TOP:? {_TOP_NUMBER}:?(?: {_REST})?")),
    Dialect(
        "Punkt der Tagesordnung",
        re.compile(
            rf"Punkt (?P<number>\d{{1,2}}(?:\.\d{{1,2}})*)(?: ?(?P<part>[a-z])\))? der Tagesordnung ?:?(?: {_REST})?"
        ),
    ),
    Dialect(
        "Bundesrat",
        re.compile(
            r"(?:Bundesrat )?Drucksache (?P<number>\d{1,4}/\d{2,4})(?: ?\((?P<rest>[A-ZÄÖÜ]\w+)\))?"
            r"(?: \d\d\.\d\d\.\d\d)?"
        ),
        opening=re.compile(r"Der Bundesrat hat in seiner (?P<session>\d{1,4})\. Sitzung am (?P<day>.{8,22}?\d{4})\b.*"),
        conference="Bundesrat",
    ),
)

APPLICANTS = re.compile(
    r"(?P<label>Antragsteller(?:/-?in|in|innen|länder)?|Antragstellende(?: Länder)?|Antragstellung"
    r"|Berichterstattung|Berichterstatter(?:/-?in|in|innen|land)?|BE) ?: ?(?P<names>.*)"
)
"""Who brought the matter in; some conferences name a rapporteur instead."""

ASIDE = re.compile(r"(?P<label>Vorgang|Bezug|Anlagen?|Aktenzeichen|Az\.|Federführung|Kategorie) ?: ?(?P<text>.*)")
"""Lines of the head that are neither title nor applicants."""

LABEL = re.compile(r"[A-ZÄÖÜ]\w+|\d{1,2}\. [A-ZÄÖÜ]\w+|\([^()]{2,40}\)")
"""What stands beside the number without being the title: "Leitantrag", "1. Priorität", "(Block)"."""

ENDED = re.compile(r"(?P<title>.*?) ?[-–(] ?(?P<how>zurückgezogen|vertagt|abgesetzt|abgelehnt) ?[-–)]\.?")
"""A head line that tells at its end what became of the item."""

CONFERENCES = (
    (r"Integrations", "IntMK"),
    (r"Kultus", "KMK"),
    (r"Bildungs", "BMK"),
    (r"Innen", "IMK"),
    (r"Gesundheits", "GMK"),
    (r"Umwelt", "UMK"),
    (r"Verkehrs", "VMK"),
    (r"Wirtschafts", "WMK"),
    (r"Agrar", "AMK"),
    (r"(?:Konferenz der )?Justiz", "JuMiKo"),
    (r"Jugend- und Familien", "JFMK"),
    (r"(?:Konferenz der )?Gleichstellungs", "GFMK"),
    (r"Arbeits- und Sozial", "ASMK"),
    (r"Wissenschafts", "WissMK"),
    (r"Ministerpräsident|Konferenz der Regierungschef", "MPK"),
)
"""How a conference's full name begins, and the short name it uses itself."""


def short_name(name: str) -> str | None:
    """The short name of a conference by its full one; None where it is not known."""
    return next((short for begins, short in CONFERENCES if re.match(begins, name)), None)
