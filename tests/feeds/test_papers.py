"""Documents without agenda items: their titles and sections, and what is told of those of unknown structure."""

from __future__ import annotations

import pytest

from feeds.read import read_document
from feeds.record import Reading

BY_FORM = "Aufbau unbekannt: Abschnitte sind nur an ihrer Form erkannt."
NO_RESOLUTION = "Kein Beschluss erkannt: Hier wird nichts beschlossen, gefordert oder zugesagt."
NO_STRUCTURE = "Aufbau nicht erkannt: weder Tagesordnungspunkte noch Abschnitte gefunden."


def read(text: str) -> Reading:
    return read_document(text.encode(), "paper.txt")


PAPERS = [
    (
        "Roadmap der Länder\n\nFahrplan\n\nI. Anlass\n\nDie Länder handeln.\n\nII. Ziele\n\nDie Länder bauen Bänke.",
        ("Roadmap der Länder", "Fahrplan"),
        [("I", "Anlass", "Die Länder handeln."), ("II", "Ziele", "Die Länder bauen Bänke.")],
        (),
        "roman sections below title and subtitle",
    ),
    (
        "Roadmap der Länder\n\nBund und Länder haben sich auf Bänke verständigt.\n\nI. Anlass\n\nDie Länder bauen sie.",
        ("Roadmap der Länder", None),
        [
            (None, "Roadmap der Länder", "Bund und Länder haben sich auf Bänke verständigt."),
            ("I", "Anlass", "Die Länder bauen sie."),
        ],
        (),
        "text above the first section is kept",
    ),
    (
        "Länderrunde\n\nKurzbericht\n\nErgebnis\n\nDie Runde sieht keinen Bedarf.\n\nAusblick\n\nSie tagt im Herbst.",
        ("Länderrunde", "Kurzbericht"),
        [(None, "Ergebnis", "Die Runde sieht keinen Bedarf."), (None, "Ausblick", "Sie tagt im Herbst.")],
        (BY_FORM, NO_RESOLUTION),
        "headings without numbers, titles above them",
    ),
    (
        "Gemeinsames Schreiben\n\nSehr geehrte Damen,\n\ndie Länder bitten um Rat.\n\nMit Grüßen\ndie Länder",
        ("Gemeinsames Schreiben", None),
        [(None, "Gemeinsames Schreiben", "Sehr geehrte Damen, die Länder bitten um Rat.\nMit Grüßen die Länder")],
        (NO_STRUCTURE, NO_RESOLUTION),
        "a letter",
    ),
    (
        "Die Länder bitten den Bund um Rat. Sie danken für die Hilfe.",
        ("Die Länder bitten den Bund um Rat. Sie danken für die Hilfe.", None),
        [
            (
                None,
                "Die Länder bitten den Bund um Rat. Sie danken für die Hilfe.",
                "Die Länder bitten den Bund um Rat. Sie danken für die Hilfe.",
            )
        ],
        (NO_STRUCTURE,),
        "a single paragraph",
    ),
    ("\n\n\n", (None, None), [], ("Kein Text gefunden.",), "nothing"),
]


@pytest.mark.parametrize(("text", "titles", "sections", "warnings", "reason"), PAPERS, ids=[case[4] for case in PAPERS])
def test_a_paper_gives_its_sections(
    text: str,
    titles: tuple[str | None, str | None],
    sections: list[tuple[str | None, str, str]],
    warnings: tuple[str, ...],
    reason: str,
) -> None:
    reading = read(text)
    assert reading.publication.kind == "paper"
    assert (reading.publication.title, reading.publication.subtitle) == titles
    assert [(one.number, one.title, one.text) for one in reading.resolutions] == sections
    assert reading.warnings == warnings


@pytest.mark.parametrize("text", [text for text, *_ in PAPERS], ids=[case[4] for case in PAPERS])
def test_a_paper_has_neither_votes_nor_states(text: str) -> None:
    for one in read(text).resolutions:
        assert (one.vote, one.outcome, one.applicants, one.protocol_notes) == (None, None, (), ())


def test_text_above_the_first_item_of_a_collection_is_warned_of() -> None:
    above = "Die Konferenz tagte unter dem Vorsitz des Landes.\n\nSie dankt allen, die mit dazu beitrugen.\n\n"
    item = "TOP 1\n\nBänke\n\nDie Länder beraten weiter."
    assert read(item).warnings == ()
    (warning,) = read(above + item).warnings
    assert warning.startswith("Der Text vor dem ersten Tagesordnungspunkt")
