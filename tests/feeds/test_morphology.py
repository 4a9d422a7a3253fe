"""The parts of words, as HanTa gives them and where it gives up."""

from __future__ import annotations

from typing import cast

import pytest
from HanTa import HanoverTagger

from feeds.morphology import Morphology, Tagger


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology(cast(Tagger, HanoverTagger.HanoverTagger("morphmodel_ger.pgz")))


@pytest.mark.parametrize(
    ("word", "stems", "reason"),
    [
        ("Berufssprachkursen", "beruf sprach kurs", "endings and linking letters go"),
        ("Fachkräfteeinwanderung", "fach kraft einwanderung", "a plural inside gets its singular"),
        ("Ausländerinnen", "ausländer", "the woman's form is the man's"),
        ("Ärztinnen", "arzt", "also with an umlaut"),
        ("aufgefordert", "aufforder", "a prefix belongs to its verb"),
        ("ausreichende", "ausreich", "and is no part of its own"),
        ("unsicheren", "unsicher", "nor is un-"),
        ("planbare", "planbar", "an ending that makes a word belongs to the part before"),
        ("Zentren", "zentrum", "a plural that HanTa leaves alone"),
        ("Länder", "land", "a plural"),
        ("Lehrkräftebildung", "lehr kraft bildung", "unknown: cut before a known noun"),
        ("Erstorientierungskurse", "erst orientierung kurs", "the longest known ending wins"),
        ("Willkommenslotsen", "willkommen lotse", "the s links, it is no 'slotsen'"),
        ("Validierungsverfahren", "validierung verfahren", "an unknown head loses its linking s"),
        ("Asylbewerberleistungsgesetzes", "asyl bewerber leistung gesetz", "two halves known as compounds"),
        ("Sprachmittlung", "sprachmittlung", "no known noun at its end: whole"),
        ("Gesellschaft", "gesellschaft", "known as a whole: not cut"),
        ("Jesidinnen", "jesid", "an unknown noun loses the endings for persons"),
        ("Jeside", "jesid", "so that all forms are one"),
        ("zu", "zu", "a word that is nothing but a particle stays"),
    ],
)
def test_parts(morphology: Morphology, word: str, stems: str, reason: str) -> None:
    assert " ".join(part.stem for part in morphology.parts((word,))) == stems, reason


def test_a_shortened_first_part_is_also_a_word_of_its_own(morphology: Morphology) -> None:
    assert [part.alone for part in morphology.parts(("Sprachkurs",))] == ["sprache", "kurs"]


def test_the_first_known_spelling_is_taken(morphology: Morphology) -> None:
    spellings = ("Auslaenderbehoerde", "Ausländerbehoerde", "Ausländerbehörde")
    assert [part.stem for part in morphology.parts(spellings)] == ["ausländer", "behörde"]


def test_verbs_and_adjectives_are_not_cut(morphology: Morphology) -> None:
    assert len(morphology.parts(("resilienter",))) == 1
