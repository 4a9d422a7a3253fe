"""What changed is told field by field; layout noise is no change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.changes import Change, changes_between
from feeds.record import Item, Passage, ProtocolNote, Resolution

OLD = Resolution(
    "5.2",
    "Kurse sichern",
    applicants=("Bayern", "Hessen"),
    vote="einstimmig",
    passages=(
        Passage("Der Bund wird gebeten, Kurse zu sichern.", role="item", item=1),
        Passage("Die Länder danken.", role="item", item=2),
        Passage("Das ist wichtig."),
    ),
    items=(Item(1, "Der Bund wird gebeten, Kurse zu sichern."), Item(2, "Die Länder danken.")),
    protocol_notes=(ProtocolNote(("Bayern",), 2, "Bayern stimmt nicht zu."),),
)
HESSEN = ProtocolNote(("Hessen",), None, "Hessen begrüßt das.")

CASES = [
    (replace(OLD, title="Kurse dauer\u00adhaft  sichern"), [Change("title")], "another title"),
    (replace(OLD, title="KURSE  sichern"), [], "blanks and case are layout"),
    (replace(OLD, applicants=("Hessen", "Bayern")), [], "the order of applicants says nothing"),
    (replace(OLD, applicants=("Bayern",)), [Change("applicants", states=("Bayern",))], "an applicant less"),
    (replace(OLD, vote="mehrheitlich"), [Change("vote")], "another vote"),
    (replace(OLD, outcome="vertagt"), [Change("outcome")], "put off"),
    (replace(OLD, items=(OLD.items[0], Item(2, "Die Länder bitten."))), [Change("item", 2)], "an item reworded"),
    (replace(OLD, items=OLD.items[:1]), [Change("item_removed", 2)], "an item less"),
    (replace(OLD, items=(*OLD.items, Item(3, "Neu."))), [Change("item_added", 3)], "an item more"),
    (
        replace(OLD, passages=(*OLD.passages[:2], Passage("Das ist dringend."))),
        [Change("text")],
        "text outside the items",
    ),
    (
        replace(OLD, protocol_notes=(*OLD.protocol_notes, HESSEN)),
        [Change("note_added", None, ("Hessen",))],
        "a note more",
    ),
    (replace(OLD, protocol_notes=()), [Change("note_removed", 2, ("Bayern",))], "a note less"),
    (
        replace(OLD, protocol_notes=(replace(OLD.protocol_notes[0], text="Bayern stimmt zu."),)),
        [Change("note", 2, ("Bayern",))],
        "a note reworded",
    ),
]


@pytest.mark.parametrize(("new", "expected", "reason"), CASES, ids=[case[2] for case in CASES])
def test_changes_are_told_by_field(new: Resolution, expected: list[Change], reason: str) -> None:
    assert list(changes_between(OLD, new)) == expected


def test_nothing_changed_against_itself() -> None:
    assert changes_between(OLD, OLD) == ()
