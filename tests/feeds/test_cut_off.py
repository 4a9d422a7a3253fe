"""A document that ends inside a sentence is warned of; one that is whole is not. All texts are invented."""

from __future__ import annotations

import pytest

from feeds.cut_off import CUT_OFF, breaks_off
from feeds.read import read_document
from tests.corpus.reviewed import documents
from tests.seeds import Seeds

HEAD = """7. Beispielministerkonferenz 2031
Hauptkonferenz am 5. – 6. November 2031 in Musterstadt

TOP 1

Lesebusse

Die BspMK hat einstimmig beschlossen:

1. Die BspMK dankt den Städten für ihre Lesebusse.

2. Sie bittet die Länder, weitere Haltestellen einzurichten.

"""
BULLETS = "3. Sie hält für nötig:\n\n• mehr Halte\n\n• ein Dach über jedem Halt\n\n• "

ENDINGS = [
    (HEAD + "3. Sie fordert den Bund auf, die Lesebusse mit 20 Mio. Euro zu för", True, "inside a word"),
    (HEAD + "3. Sie fordert den Bund auf, die Lesebusse dauerhaft", True, "inside a sentence"),
    (HEAD + "3. Sie fordert den Bund und", True, "behind a word that cannot end one"),
    (HEAD + "3. Sie fordert den Bund auf, die Lese-", True, "at a line's hyphen"),
    (HEAD + "3. Sie dankt.\n\nProtokollnotiz von Bayern:\nBayern hält das nicht für", True, "inside a note"),
    (HEAD, False, "a full stop"),
    (HEAD + "3. Sie dankt dem Verein „Bus und Buch“.", False, "a full stop behind a quotation mark"),
    (HEAD + BULLETS + "Sitze für alle Kinder und Erwachsenen", False, "bullets end without a full stop here"),
    (HEAD + "Musterstadt, den 6. November 2031 in der Stadthalle", False, "place and day"),
    (HEAD + "gez. Vorsitz der Konferenz im Jahr 2031", False, "who signed"),
    ("", False, "nothing"),
]


def cut(text: str) -> bool:
    return any(map(breaks_off, read_document(text.encode(), "beschluss.txt").resolutions))


@pytest.mark.parametrize(("text", "expected", "why"), ENDINGS, ids=[case[2] for case in ENDINGS])
def test_how_documents_end(text: str, expected: bool, why: str) -> None:
    assert cut(text) is expected, why


def test_only_the_last_resolution_is_warned_of() -> None:
    second = (
        "\nTOP 2\n\nBusse\n\nDie BspMK hat einstimmig beschlossen:\n\n1. Sie dankt den Städten für die vielen neuen"
    )
    first, last = read_document((HEAD + second).encode(), "beschluss.txt").resolutions
    assert (first.warnings, last.warnings) == ((), (CUT_OFF,))


def test_no_document_that_is_whole_is_warned_of(seeds: Seeds) -> None:
    whole = (*documents(), seeds.roadmap, seeds.alliance, seeds.intmk)
    warned = [
        path.name for path in whole if any(map(breaks_off, read_document(path.read_bytes(), path.name).resolutions))
    ]
    assert warned == []
