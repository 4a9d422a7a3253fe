"""Running heads tell conference, session, days and place; furniture is dropped, and text that looks like it is not."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.extract_text import lines_of_text
from feeds.facts import ConferenceFacts, days_of, facts_of
from feeds.furniture import is_furniture, without_furniture
from feeds.running_heads import running_heads


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


HEADS = [
    (
        "20. Integrationsministerkonferenz 2025\nHauptkonferenz am 23. – 24. April 2025 in Göttingen",
        ConferenceFacts(
            "20. Integrationsministerkonferenz 2025",
            "IntMK",
            20,
            day("2025-04-23"),
            day("2025-04-24"),
            "Göttingen",
            "Hauptkonferenz",
        ),
        "name and meeting on two lines",
    ),
    (
        "Beschluss\nder Verkehrsministerkonferenz\nam 8./9. Oktober 2031\nin Beispielstadt",
        ConferenceFacts(
            "Beschluss der Verkehrsministerkonferenz",
            "VMK",
            None,
            day("2031-10-08"),
            day("2031-10-09"),
            "Beispielstadt",
        ),
        "one head on four lines",
    ),
    (
        "Beschluss-\nSammlung\n\nder\n\nWirtschaftsministerkonferenz\n\nam 4./5. Juni 2033 in Bad Muster",
        ConferenceFacts(
            "Beschluss-Sammlung der Wirtschaftsministerkonferenz",
            "WMK",
            None,
            day("2033-06-04"),
            day("2033-06-05"),
            "Bad Muster",
        ),
        "a cover with empty space between its lines",
    ),
    (
        "17. Konferenz der für Integration zuständigen Ministerinnen und Minister / Senatorinnen und Senatoren der"
        " Länder\n21./ 22. März 2032 in Sankt Beispiel",
        ConferenceFacts(
            "17. Konferenz der für Integration zuständigen Ministerinnen und Minister / Senatorinnen und Senatoren der"
            " Länder",
            "IntMK",
            17,
            day("2032-03-21"),
            day("2032-03-22"),
            "Sankt Beispiel",
        ),
        "a conference named by its people",
    ),
    (
        "Jahreskonferenz der Regierungschefinnen und Regierungschefs der Länder\n"
        "vom 24. bis 26. Oktober 2032 in Musterstadt",
        ConferenceFacts(
            "Jahreskonferenz der Regierungschefinnen und Regierungschefs der Länder",
            "MPK",
            None,
            day("2032-10-24"),
            day("2032-10-26"),
            "Musterstadt",
            "Jahreskonferenz",
        ),
        "three days",
    ),
    (
        "102. Konferenz der Justizministerinnen und Justizminister 2031\n\nFrühjahrskonferenz\n\nam 4. und 5. Juni 2031"
        " in Beispielhausen",
        ConferenceFacts(
            "102. Konferenz der Justizministerinnen und Justizminister 2031",
            "JuMiKo",
            102,
            day("2031-06-04"),
            day("2031-06-05"),
            "Beispielhausen",
            "Frühjahrskonferenz",
        ),
        "name, meeting and days apart",
    ),
    (
        "Beschlüsse der 104. GMK (2031)\n05. - 06. Juni 2031",
        ConferenceFacts("Beschlüsse der 104. GMK (2031)", "GMK", 104, day("2031-06-05"), day("2031-06-06")),
        "the short name, the year in brackets",
    ),
    (
        "Ergebnisprotokoll der Agrarministerkonferenz am 12.04.2031 in Landau/Muster",
        ConferenceFacts(
            "Ergebnisprotokoll der Agrarministerkonferenz",
            "AMK",
            None,
            day("2031-04-12"),
            day("2031-04-12"),
            "Landau/Muster",
        ),
        "a date in numbers",
    ),
    (
        "96. Umweltministerkonferenz am 26. November 2031 per Videokonferenz",
        ConferenceFacts("96. Umweltministerkonferenz", "UMK", 96, day("2031-11-26"), day("2031-11-26")),
        "no place",
    ),
    (
        "39. Beispielministerkonferenz 2025",
        ConferenceFacts("39. Beispielministerkonferenz 2025", "Beispielministerkonferenz", 39),
        "a conference we do not know goes by its own name",
    ),
    ("Umweltministerkonferenz", ConferenceFacts("Umweltministerkonferenz", "UMK"), "a bare name"),
]

NO_HEADS = [
    (
        "Sie hält an der Bitte der\nVerkehrsministerkonferenz am 1./2. April 2031 in Kieselburg\nan den Bund fest.",
        "a sentence over three lines",
    ),
    (
        "Sie bittet die\nKonferenz der Justizministerinnen und Justizminister am 5. Juni 2031 in Kiel und\nden Bund.",
        "a sentence that names another conference",
    ),
    ("Die 28. Integrationsministerkonferenz 2033 dankt den Ländern.", "a sentence with the conference as its subject"),
    ("der 19. IntMK zur Kenntnis.", "the end of a sentence"),
    ("Hauptkonferenzen am 23. April 2025 in Göttingen und Kiel sind geplant.", "a longer word"),
    ("Konferenz der Tiere. Ein Buch von 1949.", "a book"),
]

FURNITURE = [
    ("Seite | 2", "a page number behind a stroke"),
    ("- 2 -", "a page number between dashes"),
    ("-2-", "a page number between dashes without blanks"),
    ("– 12 –", "a page number between long dashes"),
    ("(2)", "a page number in brackets"),
    ("Seite 2 von 74", "a page number of all"),
    ("Seite 2 / 41", "a page number of all, with a stroke"),
    ("- Seite 2 -", "a page number in words between dashes"),
    ("https://musterkonferenz.example/top/5.pdf", "a printed address"),
    ("file://MUSTERSRV/%7BAB12%7D/28.%20Bericht.pdf", "a printed path"),
    ("noch TOP 5", "the head of an item that goes on"),
    ("28. Integrationsministerkonferenz 2033", "a running head"),
    ("Hauptkonferenz am 4. – 5. Mai 2033 in Musterstadt", "the other running head"),
]

NO_FURNITURE = [
    ("Seite 2 des Berichts ist zu streichen.", "a page as the subject"),
    ("(2) Die Länder berichten.", "a numbered paragraph"),
    ("2031", "a year may be a number in a list"),
    ("Integrationsministerkonferenz", "a bare name could be text"),
    ("TOP 5", "a head"),
    ("- 2 Prozent -", "no page"),
    ("Anlage 2", "an annex"),
]

NUMBERS = [
    ("Text eins.\n\n33\n\nText zwei.", ["Text eins.", "Text zwei."], "a page number between empty lines"),
    ("Text eins.\n\n1/1", ["Text eins."], "a page number of all, at the end"),
    ("Text eins.\n\n1\n\n2.\n\nText zwei.", ["Text eins.", "2.", "Text zwei."], "a page number over an item's number"),
    ("Zurückgezogen:\n\n13\n\nText.", ["Zurückgezogen:", "13", "Text."], "a colon asks for it"),
    ("Behandelt wurden 12,\n\n13\n\nText.", ["Behandelt wurden 12,", "13", "Text."], "a comma asks for it"),
    ("Text bis\n33\nzum Ende.", ["Text bis", "33", "zum Ende."], "a number inside a paragraph"),
    ("11 Text.\n\n12\n\n13 Text.", ["11 Text.", "12", "13 Text."], "the margin number of an empty line"),
    ("1\n\n2\n\n3", ["1", "2", "3"], "numbers line after line"),
]


@pytest.mark.parametrize(("text", "facts", "reason"), HEADS, ids=[case[2] for case in HEADS])
def test_running_heads_tell_the_conference(text: str, facts: ConferenceFacts, reason: str) -> None:
    assert facts_of(lines_of_text(f"{text}\n\nTOP 1\n\nDie Länder beraten weiter.")) == facts


@pytest.mark.parametrize(("text", "reason"), NO_HEADS, ids=[case[1] for case in NO_HEADS])
def test_text_that_names_a_conference_stays(text: str, reason: str) -> None:
    lines = lines_of_text(f"Erster Satz.\n{text}")
    assert running_heads(lines) == ()
    assert without_furniture(lines) == lines


@pytest.mark.parametrize(("text", "reason"), FURNITURE, ids=[case[1] for case in FURNITURE])
def test_furniture_is_told_by_its_form(text: str, reason: str) -> None:
    assert is_furniture(text)
    kept = without_furniture(lines_of_text(f"Ein Satz, der wei-\n\n{text}\n\ntergeht."))
    assert [line.text for line in kept] == ["Ein Satz, der wei-", "tergeht."]
    assert kept[1].page_start


@pytest.mark.parametrize(("text", "reason"), NO_FURNITURE, ids=[case[1] for case in NO_FURNITURE])
def test_other_lines_are_no_furniture(text: str, reason: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize(("text", "kept", "reason"), NUMBERS, ids=[case[2] for case in NUMBERS])
def test_a_bare_number_is_a_page_number_unless_something_asks_for_it(text: str, kept: list[str], reason: str) -> None:
    assert [line.text for line in without_furniture(lines_of_text(text))] == kept


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("23. – 24. April 2025", "2025-04-23", "2025-04-24"),
        ("8./9. Oktober 2031", "2031-10-08", "2031-10-09"),
        ("21./ 22. März 2032", "2032-03-21", "2032-03-22"),
        ("15. und 16. März 2031", "2031-03-15", "2031-03-16"),
        ("24. bis zum 26. Oktober 2032", "2032-10-24", "2032-10-26"),
        ("30. November und 1. Dezember 2031", "2031-11-30", "2031-12-01"),
        ("30. Dezember 2031 bis 1. Januar 2032", "2031-12-30", "2032-01-01"),
        ("14. November 2031", "2031-11-14", "2031-11-14"),
        ("05. - 06. Juni 2031", "2031-06-05", "2031-06-06"),
        ("12.04.2031", "2031-04-12", "2031-04-12"),
        ("04.-05.06.2031", "2031-06-04", "2031-06-05"),
    ],
)
def test_days_in_all_their_forms(text: str, start: str, end: str) -> None:
    assert days_of(text) == (day(start), day(end))


@pytest.mark.parametrize("text", ["31. Februar 2031", "5. Monat 2031", "im Mai 2031", "", "12.13.2031"])
def test_days_that_are_none(text: str) -> None:
    assert days_of(text) == (None, None)
