"""What changed, as people read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from feeds.record import Passage, ProtocolNote, Resolution
from handlers.render_changes import SHOWN, change_sentences, first_sentences
from tests.handlers.samples import ALL_STATES, Talk, resolution

OLD = resolution(
    "5.2",
    "Kurse sichern",
    "Der Bund zahlt.",
    "Die Länder danken.",
    "Das Amt prüft.",
    protocol_notes=(ProtocolNote(("Bayern",), 2, "Bayern stimmt nicht zu."),),
)
HESSEN = ProtocolNote(("Hessen",), None, "Hessen begrüßt das.")
(BAYERN,) = OLD.protocol_notes


def items(*texts: str) -> dict[str, Any]:
    new = resolution("5.2", "Kurse sichern", *texts)
    return {"passages": new.passages, "items": new.items}


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"title": "KURSE  SICHERN"}, []),
        ({"title": "Kurse streichen"}, ["Titel geändert"]),
        ({"applicants": ("Bayern", "Hessen")}, ["Antragsteller geändert (jetzt: Bayern und Hessen)"]),
        ({"applicants": ALL_STATES}, ["Antragsteller geändert (jetzt: alle 16 Länder)"]),
        (
            {"applicants": ("Bremen",), "applicants_label": "Berichterstattung"},
            ["Berichterstattung geändert (jetzt: Bremen)"],
        ),
        ({"vote": "mehrheitlich"}, ["Abstimmung geändert (jetzt: mehrheitlich)"]),
        ({"vote": None}, ["Abstimmung geändert (jetzt: nicht angegeben)"]),
        (
            {"counts": (15, 0, 1), "abstained": ("Bayern",)},
            ["Abstimmung geändert (jetzt: einstimmig; 15 Ja, 0 Nein, 1 Enthaltung; enthalten: Bayern)"],
        ),
        ({"outcome": "vertagt"}, ["Ergebnis geändert (jetzt: vertagt)"]),
        ({"outcome": "zur Kenntnis"}, ["Ergebnis geändert (jetzt: zur Kenntnis genommen)"]),
        (items("Der Bund zahlt.", "Die Länder danken.", "Das Amt berichtet."), ["Ziffer 3 geändert"]),
        (items("Der Bund zahlt.", "Die Länder bitten.", "Das Amt fragt."), ["Ziffern 2 und 3 geändert"]),
        (items("Neu.", "Die Länder danken.", "Auch neu.", "Mehr."), ["Ziffern 1 und 3 geändert", "Ziffer 4 ergänzt"]),
        (items("Der Bund zahlt."), ["Ziffern 2 und 3 gestrichen"]),
        ({"passages": (*OLD.passages, Passage("Schluss."))}, ["Text außerhalb der Ziffern geändert"]),
        ({"passages": (Passage("Schluss."),), "items": ()}, ["Ziffern 1, 2 und 3 gestrichen", "Text geändert"]),
        ({"protocol_notes": (BAYERN, HESSEN)}, ["Protokollnotiz von Hessen ergänzt"]),
        ({"protocol_notes": ()}, ["Protokollnotiz von Bayern zu Ziffer 2 gestrichen"]),
        (
            {"protocol_notes": (replace(BAYERN, text="Bayern stimmt zu."),)},
            ["Protokollnotiz von Bayern zu Ziffer 2 geändert"],
        ),
        (
            {"protocol_notes": (replace(BAYERN, states=("Bayern", "Hessen")),)},
            ["Beteiligte Länder geändert (jetzt: Protokollnotiz von Bayern und Hessen zu Ziffer 2)"],
        ),
        (
            {"protocol_notes": (BAYERN, replace(HESSEN, states=()))},
            ["Protokollnotiz von nicht erkannten Ländern ergänzt"],
        ),
    ],
)
def test_sentences(talk: Talk, fields: dict[str, Any], sentences: list[str]) -> None:
    assert list(change_sentences(OLD, replace(OLD, **fields), talk.services)) == sentences


def test_back_from_being_put_off(talk: Talk) -> None:
    put_off = replace(OLD, outcome="vertagt")
    assert change_sentences(put_off, OLD, talk.services) == ("Ergebnis geändert (jetzt: beschlossen)",)
    undecided = Resolution("5.2", "Kurse sichern", outcome="vertagt")
    told = change_sentences(undecided, replace(undecided, outcome=None), talk.services)
    assert told == ("Ergebnis geändert (jetzt: nicht angegeben)",)


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (1, "Änderung 1"),
        (SHOWN, f"Änderung {SHOWN}"),
        (SHOWN + 1, "und 1 weitere Änderung"),
        (SHOWN + 4, "und 4 weitere Änderungen"),
        (0, "Der Wortlaut ist wieder der zuletzt gemeldete."),
    ],
)
def test_the_first_few(talk: Talk, count: int, last: str) -> None:
    told = first_sentences([f"Änderung {number}" for number in range(1, count + 1)], talk.services.texts)
    assert told[-1] == last
    assert len(told) <= SHOWN + 1
