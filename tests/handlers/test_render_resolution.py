"""Heads and bodies from hand-made records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from config.texts import Texts
from feeds.record import Passage, Resolution
from handlers.document_name import conference
from handlers.render_resolution import heading, parts_of
from handlers.render_result import facts_of, result, vote_line
from tests.handlers.samples import Talk, readings, resolution, stored

TEXTS = Texts.load()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"vote": "einstimmig"}, "Abstimmung: einstimmig"),
        ({"vote": "mehrheitlich", "outcome": "beschlossen"}, "Abstimmung: mehrheitlich"),
        ({"vote": None}, "Abstimmung: nicht angegeben"),
        ({"vote": None, "counts": (15, 0, 1)}, "Abstimmung: 15 Ja, 0 Nein, 1 Enthaltung"),
        ({"counts": (16, 0, 0)}, "Abstimmung: einstimmig; 16 Ja, 0 Nein, 0 Enthaltungen"),
        (
            {"vote": "mehrheitlich", "against": ("Bayern",), "abstained": ("Hessen", "Sachsen")},
            "Abstimmung: mehrheitlich; dagegen: Bayern; enthalten: Hessen und Sachsen",
        ),
    ],
)
def test_votes(fields: dict[str, Any], expected: str) -> None:
    assert vote_line(resolution("1", "Titel", **fields), TEXTS) == expected


@pytest.mark.parametrize(
    ("fields", "lines", "short"),
    [
        ({"outcome": "beschlossen"}, ["Abstimmung: einstimmig"], "einstimmig"),
        ({"vote": None, "outcome": "vertagt"}, ["Ergebnis: vertagt"], "vertagt"),
        ({"vote": None, "outcome": "zurückgezogen"}, ["Ergebnis: zurückgezogen"], "zurückgezogen"),
        ({"vote": None, "outcome": "zur Kenntnis"}, ["Ergebnis: zur Kenntnis genommen"], "zur Kenntnis genommen"),
        (
            {"vote": None, "outcome": "abgelehnt", "counts": (4, 12, 0)},
            ["Ergebnis: abgelehnt", "Abstimmung: 4 Ja, 12 Nein, 0 Enthaltungen"],
            "abgelehnt; 4 Ja, 12 Nein, 0 Enthaltungen",
        ),
        ({"vote": None}, ["Abstimmung: nicht angegeben"], ""),
    ],
)
def test_outcomes(talk: Talk, fields: dict[str, Any], lines: list[str], short: str) -> None:
    one = resolution("1", "Titel", **fields)
    assert list(facts_of(stored(one), talk.services)) == [*lines, "Antragsteller: Niedersachsen"]
    assert result(one, TEXTS) == short


@pytest.mark.parametrize(
    ("number", "section", "kind", "expected"),
    [
        ("5.2", None, "resolutions", "TOP 5.2 – Titel"),
        ("4", "Handlungsfeld", "paper", "Handlungsfeld 4 – Titel"),
        ("II", None, "paper", "Abschnitt II – Titel"),
        (None, None, "paper", "Titel"),
    ],
)
def test_names(number: str | None, section: str | None, kind: str, expected: str) -> None:
    assert heading(stored(Resolution(number, "Titel", section=section), kind=kind), TEXTS) == expected


def test_a_document_that_tells_nothing_about_itself() -> None:
    bare = stored(resolution("1", "T"), body=None, title=None, meeting=None, date_start=None, date_end=None, place=None)
    assert conference(bare.publication, TEXTS) == "Dokument 12.pdf"
    nowhere = replace(bare.publication, address="")
    assert conference(nowhere, TEXTS) == "ohne Angabe der Konferenz"
    assert (
        conference(replace(bare.publication, publication=readings()[0][1].publication), TEXTS)
        == "11. BspMK, 1. Oktober 2025"
    )


def test_the_body_in_its_order(talk: Talk) -> None:
    one = resolution(
        "1",
        "Titel",
        subtitle="Untertitel",
        passages=(
            Passage("Überschrift", role="heading"),
            Passage("Ein Absatz.", ((0, 1),)),
            Passage("Erste Ziffer.", ((0, 2),), "item", 1),
            Passage("Noch ein Absatz der Ziffer.", ((0, 3),), "paragraph", 1),
            Passage("Ein Punkt", ((0, 4),), "bullet"),
            Passage("Ohne Zeilen."),
            Passage("   "),
        ),
    )
    blocks = tuple(block for part in parts_of(stored(one), talk.services) for block in part)
    assert blocks[1].text.startswith("Untertitel\n12. BspMK"), "no empty line below the subtitle"
    assert [block.text for block in blocks][2:] == [
        "Überschrift",
        "Z.\u00a01\nEin Absatz.",
        "Ziffer 1, Z.\u00a02\nErste Ziffer.",
        "Z.\u00a03\nNoch ein Absatz der Ziffer.",
        "Ein Punkt (Z.\u00a04)",
        "Ohne Zeilen.",
    ]
    assert [block.kind for block in blocks][2:7] == ["heading", "paragraph", "paragraph", "paragraph", "bullet"]
