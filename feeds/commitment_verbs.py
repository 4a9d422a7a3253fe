"""How German papers undertake something, as data: which verb forms say what, and which only describe."""

from __future__ import annotations

import re

MODALITIES = {
    "wird": "werden",
    "werden": "werden",
    "will": "wollen",
    "wollen": "wollen",
    "plant": "wollen",
    "planen": "wollen",
    "beabsichtigt": "wollen",
    "beabsichtigen": "wollen",
    "strebt": "wollen",
    "streben": "wollen",
    "soll": "sollen",
    "sollen": "sollen",
    "vereinbart": "vereinbaren",
    "vereinbaren": "vereinbaren",
    "verpflichtet": "verpflichten sich",
    "verpflichten": "verpflichten sich",
}
"""Finite verb → the modality that records show; an intention ("plant", "strebt an") counts as "wollen"."""

SET_MODALITIES = (
    (re.compile(r"\b(?:verständigt|verständigen|einigt|einigen)\s(?:\w+\s){0,2}sich\b"), "vereinbaren"),
    (re.compile(r"\b(?:verständigt|verständigen|einigt|einigen)\b.{0,60}\bsich\b"), "vereinbaren"),
    (re.compile(r"\b(?:nimmt|nehmen)\ssich\b[^;]*\bvor\b"), "wollen"),
    (re.compile(r"\b(?:hat|haben)\ssich\szum\sZiel\sgesetzt\b"), "wollen"),
)

SECOND_VERB = re.compile(r"\bund\s(?P<verb>werden|wird|wollen|will|verpflichten|setzen\ssich|setzt\ssich)\b")
"""A later verb with the same subject that undertakes more than the first ("begrüßen … und setzen sich … ein")."""

DESCRIBING = frozenset(
    """
    ist sind war waren hat haben hatte hatten wurde wurden kann können konnte konnten muss müssen darf dürfen
    begrüßt begrüßen befürwortet befürworten sieht sehen betont betonen würdigt würdigen dankt danken erkennt erkennen
    stellt stellen unterstreicht unterstreichen bekräftigt bekräftigen eint handelt handeln steht stehen gilt gelten
    bedarf bedürfen braucht brauchen benötigt benötigen erwartet erwarten teilt teilen weiß wissen kommt kommen
    lebt leben zeigt zeigen umfasst umfassen erinnert erinnern bestätigt bestätigen
    """.split()
)
"""Verbs that state, value or describe; with one of them a party undertakes nothing."""

UNDERTAKING_PARTICLES = {
    "stellt": r"\b(?:sicher|bereit|zur\sVerfügung)\b",
    "stellen": r"\b(?:sicher|bereit|zur\sVerfügung)\b",
}
"""Verbs that undertake something with such a part all the same ("stellt sicher")."""

_INFINITIVES_WITH_GE = (
    r"(?:geben|gehen|gestalten|gewinnen|gewähren|gewährleisten|genehmigen|gelten|gestatten|gefährden|gegenwirken"
    r"|gelingen)$"
)
_STRONG_PARTICIPLES = (
    r"(?:schlossen|bunden|trieben|nommen|zogen|wiesen|hoben|worfen|schoben|sprochen|griffen|boten|unterstrichen"
    r"|ließen)$"
)
PARTICIPLE = re.compile(
    rf"(?!\w*{_INFINITIVES_WITH_GE})"
    r"(?:\w*ge\w+(?:t|en)|\w+iert|\w*(?:be|ver|er|ent|zer|über|unter|wieder)\w+t)$"
    rf"|\w*{_STRONG_PARTICIPLES}"
)
"""Past participles, told from infinitives by their form: what follows "werden" in a passive."""
