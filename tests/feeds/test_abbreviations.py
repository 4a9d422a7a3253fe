"""Abbreviations: those that texts explain, and the official ones of bodies and laws."""

from __future__ import annotations

import pytest

from feeds.abbreviations import Abbreviations, Explained, find_abbreviations, official_abbreviations
from feeds.words import Analyser


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("die Beratung neuer Nachbarn (BNN) stärken", [Explained("BNN", "Beratung neuer Nachbarn")]),
        ("BNN (Beratung neuer Nachbarn)", [Explained("BNN", "Beratung neuer Nachbarn")]),
        ("der Bericht (siehe Anlage)", []),
        ("ein Verein (XYZ)", []),
    ],
)
def test_what_a_text_explains(text: str, explained: list[Explained]) -> None:
    assert list(find_abbreviations(text)) == explained


def test_official_names_stand_for_each_other(analyser: Analyser) -> None:
    names = [("BAMF", "Bundesamt für Migration und Flüchtlinge"), ("Kommunen", "Städte")]
    official = official_abbreviations(names)
    assert official == (Explained("BAMF", "Bundesamt für Migration und Flüchtlinge"),)
    known = Abbreviations.of((), analyser, official)
    assert not known.same_as({"bamf"}).isdisjoint(analyser.keys("Bundesamt Migration Flüchtlinge"))
    assert "bamf" in known.same_as(analyser.keys("Bundesamt für Migration und Flüchtlinge"))


def test_what_many_texts_explain_otherwise_does_not_hide_the_official_meaning(analyser: Analyser) -> None:
    learnt = [Explained("BA", f"Beispielamt {place}") for place in ("Nord", "Süd", "West", "Ost")]
    known = Abbreviations.of(learnt, analyser, (Explained("BA", "Bundesagentur für Arbeit"),))
    same = known.same_as({"ba"})
    assert not same.isdisjoint(analyser.keys("Bundesagentur für Arbeit"))
    assert len(same) == 4, "the official one and three others"
