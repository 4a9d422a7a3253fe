"""What decides something and what does not. All texts are invented."""

from __future__ import annotations

import pytest

from feeds.read import read_document
from feeds.recognised import NO_RESOLUTION, is_recognised
from tests.seeds import Seeds

COOKIES = """Ihre Privatsphäre ist uns wichtig

Wir verwenden Cookies und ähnliche Verfahren. Einige sind notwendig, andere helfen uns, unser Angebot zu verbessern.
Wir werden Ihre Daten nicht an Dritte weitergeben.

Bitte wählen Sie aus, welchen Verfahren Sie zustimmen. Rechtsgrundlage ist § 25 TDDDG.

Alle annehmen
"""
PRIVACY = """Datenschutzerklärung

1. Verantwortliche Stelle

Verantwortlich ist die Geschäftsstelle, Musterweg 1, 00000 Musterstadt in Sachsen.

2. Speicherdauer

Wir speichern Ihre Angaben bis zum 31. Dezember 2031. Sie werden danach gelöscht.
"""
NOT_FOUND = (
    "404\n\nDie Seite wurde nicht gefunden. Wir bitten um Verständnis. Zur Startseite der Beispielministerkonferenz."
)

TEXTS = [
    ("Hallo Welt", False, "two words"),
    (COOKIES, False, "a cookie notice"),
    (PRIVACY, False, "numbers and headings are no sign"),
    (NOT_FOUND, False, "an error page of a conference"),
    ("Pressekontakt\n\nFragen richten Sie bitte an die Geschäftsstelle in Hessen.", False, "a contact"),
    ("TOP 1\n\nBänke\n\nDie Länder beraten weiter.", True, "an agenda item"),
    ("Gemeinsames Schreiben\n\nWir bitten den Bund um mehr Mittel für Bänke.", True, "somebody is asked"),
    ("Gemeinsame Erklärung\n\nDie Länder werden 200 Bänke aufstellen.", True, "somebody undertakes something"),
    ("Aus der Sitzung\n\nDer Rat hat beschlossen, Bänke aufzustellen.", True, "something is decided"),
    ("Aus der Sitzung\n\nDer Rat nimmt den Bericht über Bänke zur Kenntnis.", True, "something is taken note of"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TEXTS, ids=[case[2] for case in TEXTS])
def test_what_is_recognised(text: str, expected: bool, why: str) -> None:
    reading = read_document(text.encode(), "text.txt")
    assert is_recognised(reading) is expected, why
    assert (NO_RESOLUTION in reading.warnings) is not expected
    assert reading.resolutions, "the text is read all the same"


def test_real_documents_are_recognised(seeds: Seeds) -> None:
    for path in (seeds.roadmap, seeds.alliance, seeds.intmk):
        assert is_recognised(read_document(path.read_bytes(), path.name))
