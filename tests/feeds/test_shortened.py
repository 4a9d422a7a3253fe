"""What only leaves something out, and what is left of a text that broke off. All texts are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feeds.changes import statement_of
from feeds.cut_off import CUT_OFF
from feeds.read import read_document
from feeds.record import Passage, ProtocolNote, Resolution
from feeds.shortened import is_damaged, leaves_out
from storage.identity import natural_keys
from tests.corpus.reviewed import documents


def item(number: int, text: str) -> Passage:
    return Passage(text, role="item", item=number)


ONE = item(1, "Die Konferenz bittet den Bund, Lesebusse zu fördern. Sie dankt den Städten.")
TWO = item(2, "Sie bittet die Länder um 20 weitere Haltestellen für Lesebusse in kleinen Orten.")
MORE = Passage("Haltestellen sollen ein Dach haben.", item=2)
THREE = item(3, "Sie nimmt den Bericht der Arbeitsgruppe zur Kenntnis.")
END = Passage("Der Beschluss wird veröffentlicht.")
BAYERN = ProtocolNote(("Bayern",), 2, "Bayern hält zehn Haltestellen für genug.")
HESSEN = ProtocolNote(("Hessen",), None, "Hessen erinnert an die Kosten der Lesebusse.")
WHOLE = Resolution(
    "5.2",
    "Lesebusse",
    subtitle="Mehr Halte auf dem Land",
    applicants=("Bayern", "Hessen"),
    vote="mehrheitlich",
    counts=(14, 1, 1),
    against=("Bayern",),
    passages=(ONE, TWO, MORE, THREE, END),
    protocol_notes=(BAYERN, HESSEN),
)


def saying(*passages: Passage, notes: tuple[ProtocolNote, ...] = ()) -> Resolution:
    return replace(WHOLE, passages=passages, protocol_notes=notes)


def cut(passage: Passage, length: int) -> Passage:
    return replace(passage, text=passage.text[:length])


LEFT_OUT = [
    (saying(ONE, TWO, MORE, THREE, END), False, "no notes yet: a provisional version"),
    (saying(ONE, TWO, MORE, THREE, END, notes=(HESSEN,)), False, "one of the notes"),
    (saying(ONE, TWO, MORE), False, "the last item less, broken off behind it"),
    (saying(TWO, MORE, THREE, notes=(BAYERN, HESSEN)), False, "an excerpt from the middle"),
    (saying(TWO), True, "a short excerpt"),
    (saying(ONE, TWO, THREE, END), False, "a paragraph of an item less"),
    (saying(ONE), True, "most of it is gone"),
    (saying(ONE, TWO, cut(MORE, 20)), True, "in the middle of a paragraph"),
    (saying(ONE, cut(TWO, 40)), True, "in the middle of an item"),
    (replace(WHOLE, protocol_notes=(BAYERN, replace(HESSEN, text="Hessen erinnert an"))), True, "inside a note"),
    (replace(WHOLE, applicants=("Bayern",)), False, "an applicant less"),
    (replace(WHOLE, vote=None, counts=None, against=()), False, "no vote"),
    (replace(WHOLE, subtitle=None), False, "no subtitle"),
    (saying(), True, "nothing but the head"),
]

ANOTHER_WORDING = [
    (WHOLE, "the same"),
    (replace(WHOLE, title="LESE-BUSSE"), "the same in other letters"),
    (saying(item(1, "Die Konferenz bittet den Bund, Lesebusse zu fördern."), TWO, MORE, THREE, END), "a sentence less"),
    (saying(ONE, item(2, THREE.text), END), "an item is struck and the next has its number"),
    (saying(TWO, replace(ONE, item=1), THREE), "another order"),
    (saying(ONE, TWO, MORE, THREE, END, item(4, "Neu.")), "more"),
    (replace(WHOLE, passages=(ONE, TWO), outcome="vertagt"), "less, but with another outcome"),
    (replace(WHOLE, passages=(ONE, TWO), applicants=("Berlin",)), "less, but of another applicant"),
    (replace(WHOLE, passages=(ONE, TWO), title="Bücherbusse"), "less, but with another title"),
    (saying(ONE, TWO, notes=(replace(BAYERN, text="Bayern lehnt ab."),)), "less, but with another note"),
    (saying(), "nothing but a head that says postponed"),
]


@pytest.mark.parametrize(("part", "damaged", "why"), LEFT_OUT, ids=[case[2] for case in LEFT_OUT])
def test_what_only_leaves_something_out(part: Resolution, damaged: bool, why: str) -> None:
    assert leaves_out(part, WHOLE), why
    assert not leaves_out(WHOLE, part), why
    assert is_damaged(part, WHOLE) is damaged, why
    assert not is_damaged(WHOLE, part), why


@pytest.mark.parametrize(("other", "why"), ANOTHER_WORDING, ids=[case[1] for case in ANOTHER_WORDING])
def test_what_is_another_wording(other: Resolution, why: str) -> None:
    told = replace(other, outcome="vertagt") if not other.passages else other
    assert not leaves_out(told, WHOLE), why
    assert not is_damaged(told, WHOLE), why


def test_what_the_reader_calls_broken_off_is_damaged_unless_the_other_is_too() -> None:
    part = replace(saying(ONE, item(2, "Sie bittet die Städte " * 4 + "um eine")), warnings=(CUT_OFF,))
    assert is_damaged(part, WHOLE)
    assert not is_damaged(part, replace(WHOLE, warnings=(CUT_OFF,)))


REMAINDERS = [
    (saying(ONE, Passage("2. Sie bittet die Län", item=1)), "the item's number is read as text"),
    (saying(ONE, item(2, TWO.text[:30].replace("die", "7 die"))), "a margin number is left in it"),
    (saying(ONE, TWO, MORE, THREE, Passage("Protokollnotiz von Bay")), "a heading's beginning is read as text"),
    (
        replace(saying(Passage("Die Konferenz hat mehrh")), vote=None, counts=None, against=()),
        "a vote line's beginning",
    ),
    (replace(saying(), title="Leseb", subtitle=None, applicants=()), "a title's beginning"),
]


@pytest.mark.parametrize(("part", "why"), REMAINDERS, ids=[case[1] for case in REMAINDERS])
def test_a_remainder_may_be_read_in_another_way(part: Resolution, why: str) -> None:
    assert is_damaged(part, WHOLE), why


def test_a_heading_below_the_whole_text_is_a_remainder_and_a_new_note_is_none() -> None:
    bare = saying(ONE, TWO)
    assert is_damaged(saying(ONE, TWO, Passage("3. Berufliche Fort")), bare)
    assert not is_damaged(saying(ONE, TWO, Passage("Der Beschluss gilt.")), bare)
    assert not is_damaged(saying(ONE, TWO, notes=(ProtocolNote(("Bayern",), None, "Bayern stimmt nicht zu"),)), bare)


TEXTS = [one for one in documents() if one.stem.startswith(("intmk_new", "vmk_6", "asmk", "jumiko", "wmk", "imk"))]
"""Layouts in which a remainder is read as the whole was; short documents of others lose their margin with their end."""


@pytest.mark.parametrize("document", TEXTS, ids=lambda path: path.stem)
def test_a_document_that_breaks_off_behind_any_line_gives_nothing_new(document: Path) -> None:
    """Whatever it was cut into, what stood above the cut is the same, or a remainder."""
    lines = document.read_text(encoding="utf-8").splitlines(keepends=True)
    whole = _read("".join(lines), document)
    for end in range(len(lines) // 3, len(lines)):
        for key, part in _read("".join(lines[:end]), document).items():
            if other := whole.get(key):
                same = statement_of(part) == statement_of(other)
                assert same or leaves_out(part, other) or is_damaged(part, other), (end, key)


def _read(text: str, document: Path) -> dict[str, Resolution]:
    reading = read_document(text.encode(), document.name)
    return dict(zip(natural_keys(reading, document.name), reading.resolutions, strict=True))
