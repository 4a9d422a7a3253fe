"""What the parties of a paper undertake. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.find_commitments import find_commitments
from feeds.record import Passage
from tests.feeds.tables import body, phrases

Row = tuple[list[str], str]

CASES: list[tuple[str, list[Row], str]] = [
    ("Der Bund wird die Mittel erhöhen.", [(["Bund"], "werden")], "the future"),
    ("Zudem werden Bund und Länder die Kurse ausbauen.", [(["Bund", "Länder"], "werden")], "the subject behind"),
    (
        "Kammern, Verbände und Gewerkschaften werden gezielt Betriebe ansprechen, die ausbilden.",
        [(["Kammern", "Verbände", "Gewerkschaften"], "werden")],
        "three parties",
    ),
    (
        "Deshalb werden Wirtschaft, Kammern und Länder die Beratung stärken.",
        [(["Wirtschaft", "Kammern", "Länder"], "werden")],
        "three parties behind the verb",
    ),
    ("Die Länder wollen die Beratung stärken.", [(["Länder"], "wollen")], "an intention"),
    ("Zudem plant der Bund eine Reform.", [(["Bund"], "wollen")], "a plan is an intention"),
    ("Die Länder haben sich zum Ziel gesetzt, die Quote zu erhöhen.", [(["Länder"], "wollen")], "a goal"),
    ("Bund und Länder verständigen sich darauf, zu handeln.", [(["Bund", "Länder"], "vereinbaren")], "an agreement"),
    ("Bund und Länder vereinbaren, eng zu kooperieren.", [(["Bund", "Länder"], "vereinbaren")], "an agreement"),
    ("Die Länder verpflichten sich, zu berichten.", [(["Länder"], "verpflichten sich")], "an obligation"),
    ("Die Länder überprüfen die Regelungen.", [(["Länder"], "präsens")], "the plain present"),
    ("Wir setzen uns für mehr Plätze ein.", [(["wir"], "präsens")], "first person"),
    ("Der Bund stellt die Förderung sicher.", [(["Bund"], "präsens")], "a verb that undertakes with its part"),
    (
        "Bund und Länder begrüßen den Plan und werden ihn umsetzen.",
        [(["Bund", "Länder"], "werden")],
        "the second verb undertakes",
    ),
    (
        "Der Bund wird die Kurse öffnen. Dabei wird er die Länder beteiligen.",
        [(["Bund"], "werden"), (["Bund"], "werden")],
        "a pronoun for the party before",
    ),
    (
        "Die Länder fördern die Beratung. Dabei werden neue Formate erprobt.",
        [(["Länder"], "präsens"), ([], "werden")],
        "a passive that goes on has no actor",
    ),
    ("Die Angebote sollen besser verzahnt werden.", [([], "sollen")], "what is to be done, by nobody named"),
    ("Der Bund begrüßt die Ergebnisse.", [], "a statement"),
    ("Diese Aufgabe wird die Länder fordern.", [], "the verb does not agree with a plural"),
    ("Bund und Länder eint die Überzeugung.", [], "another subject"),
    ("Der Bund wird an dem Prozess beteiligt.", [], "a passive on its own"),
    ("Bund und Länder haben den Prozess vereinbart.", [], "past"),
    ("Im Handlungsfeld 1 vereinbaren Bund und Länder:", [], "a lead-in to what is agreed"),
    ("Die Zahl der Plätze wird steigen.", [], "no party"),
    ("Die Länder appellieren an den Bund, die Kurse zu öffnen.", [], "a demand"),
    ("Die Arbeit der beteiligten Länder ist offen.", [], "an adjective is no verb"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_who_undertakes_something_and_how(text: str, expected: list[Row], why: str) -> None:
    found = find_commitments(body(text), phrases())
    assert [(list(one.actors), one.modality) for one in found] == expected, why


def test_a_pronoun_reaches_no_further_than_its_paragraph() -> None:
    assert (
        len(find_commitments(body("Der Bund wird die Kurse öffnen.", "Er wird die Länder beteiligen."), phrases())) == 1
    )


def test_the_sentence_is_told_word_for_word_with_its_lines() -> None:
    passage = Passage("Vorab. Der Bund wird handeln.", marks=((0, 3), (7, 4)))
    [found] = find_commitments((passage,), phrases())
    assert (found.text, found.lines) == ("Der Bund wird handeln.", (4, 4))


PIECES = st.sampled_from(
    """Der Bund Die Länder Kammern , und wird werden wollen sollen sie er Sie wir erprobt erproben vereinbaren . :
    die Kurse""".split()
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=100))
def test_every_commitment_stands_in_the_text(text: str) -> None:
    for one in find_commitments(body(text), phrases()):
        assert one.text in text
        assert one.modality in {"werden", "wollen", "sollen", "vereinbaren", "verpflichten sich", "präsens"}
