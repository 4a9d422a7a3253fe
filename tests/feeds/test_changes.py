"""What changed is told field by field; layout noise is no change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.changes import Change, bare, changes_between
from feeds.record import Passage, ProtocolNote, Resolution

FIRST = Passage("Der Bund wird gebeten, 1,5 Mio. Euro zu geben.", role="item", item=1)
SECOND = Passage("Die Länder danken.", role="item", item=2)
END = Passage("Das ist wichtig.")
OLD = Resolution(
    "5.2",
    "Kurse sichern",
    applicants=("Bayern", "Hessen"),
    vote="einstimmig",
    passages=(FIRST, SECOND, END),
    protocol_notes=(ProtocolNote(("Bayern",), 2, "Bayern stimmt nicht zu."),),
)
HESSEN = ProtocolNote(("Hessen",), None, "Hessen begrüßt das.")


def saying(*passages: Passage) -> Resolution:
    return replace(OLD, passages=passages)


def item(text: str, number: int = 1) -> Passage:
    return Passage(text, role="item", item=number)


def noting(*notes: ProtocolNote) -> Resolution:
    return replace(OLD, protocol_notes=notes)


(BAYERN,) = OLD.protocol_notes

CASES = [
    (replace(OLD, title="Kurse dauer\u00adhaft  sichern"), [Change("title")], "another title"),
    (replace(OLD, subtitle="Teil 2"), [Change("title")], "a subtitle more"),
    (replace(OLD, title="Kurse", subtitle="sichern"), [], "where the title ends is layout"),
    (replace(OLD, title="KURSE  sichern"), [], "blanks and case are layout"),
    (replace(OLD, applicants=("Hessen", "Bayern")), [], "the order of applicants says nothing"),
    (replace(OLD, applicants=("Bayern",)), [Change("applicants", states=("Bayern",))], "an applicant less"),
    (replace(OLD, vote="mehrheitlich"), [Change("vote")], "another vote"),
    (replace(OLD, counts=(15, 0, 1)), [Change("vote")], "counts"),
    (replace(OLD, against=("Hessen",)), [Change("vote")], "who was against"),
    (replace(OLD, abstained=("Hessen",)), [Change("vote")], "who abstained"),
    (replace(OLD, outcome="vertagt"), [Change("outcome")], "put off"),
    (replace(OLD, outcome="beschlossen"), [], "adopted goes without saying"),
    (saying(FIRST, item("Die Länder bitten.", 2), END), [Change("item", 2)], "an item reworded"),
    (saying(FIRST, END), [Change("item_removed", 2)], "an item less"),
    (saying(FIRST, SECOND, item("Neu.", 3), END), [Change("item_added", 3)], "an item more, the end stays the end"),
    (saying(FIRST, SECOND, Passage("Das ist dringend.")), [Change("text")], "text outside the items"),
    (saying(END, FIRST, SECOND), [Change("text")], "what stood behind the items stands in front of them"),
    (
        saying(item("Der Bund wird"), item("gebeten, 1, 5 Mio. Euro zu geben."), SECOND, END),
        [],
        "paragraphs are layout",
    ),
    (saying(replace(FIRST, role="paragraph", marks=((0, 9),)), SECOND, END), [], "roles and line numbers are layout"),
    (
        saying(item("Der Bund wird gebeten, 15 Mio. Euro zu geben."), SECOND, END),
        [Change("item", 1)],
        "a comma in a number counts",
    ),
    (noting(BAYERN, HESSEN), [Change("note_added", None, ("Hessen",))], "a note more"),
    (noting(), [Change("note_removed", 2, ("Bayern",))], "a note less"),
    (noting(BAYERN, BAYERN), [Change("note_added", 2, ("Bayern",))], "the same note twice"),
    (noting(replace(BAYERN, text="Bayern stimmt zu.")), [Change("note", 2, ("Bayern",))], "a note reworded"),
    (noting(replace(BAYERN, item=3)), [Change("note", 3, ("Bayern",))], "a note to another item"),
    (
        noting(replace(BAYERN, states=("Hessen", "Bayern"))),
        [Change("note_states", 2, ("Bayern", "Hessen"))],
        "another Land joins a note",
    ),
    (
        noting(replace(HESSEN, item=2)),
        [Change("note_added", 2, ("Hessen",)), Change("note_removed", 2, ("Bayern",))],
        "another note instead",
    ),
]


@pytest.mark.parametrize(("new", "expected", "reason"), CASES, ids=[case[2] for case in CASES])
def test_changes_are_told_by_field(new: Resolution, expected: list[Change], reason: str) -> None:
    assert list(changes_between(OLD, new)) == expected


def test_nothing_changed_against_itself() -> None:
    assert changes_between(OLD, OLD) == ()


def test_changes_come_in_the_order_of_the_document() -> None:
    new = replace(noting(HESSEN), title="Neu", vote="mehrheitlich", passages=(item("Neu."), Passage("Neu.")))
    kinds = [change.kind for change in changes_between(OLD, new)]
    assert kinds == ["title", "vote", "item", "item_removed", "text", "note_added", "note_removed"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sprach-\nkurse", "sprachkurse", True),
        ("„Straße“ – ab", "STRASSE ab", True),
        ("ﬁnden", "finden", True),
        ("31. 12.\n2025", "31.12.2025", True),
        ("10\u2009000 Euro", "10 000 Euro", True),
        ("Ende. 3 Länder", "Ende 3 Länder", True),
        ("1,5 Mio.", "15 Mio.", False),
        ("132.000", "132,000", False),
        ("TOP 4.3", "TOP 43", False),
        ("um 10 %", "um 10", False),
        ("um 10 %", "um 10 €", False),
        ("nach § 10", "nach 10", False),
    ],
)
def test_what_counts_of_a_text(one: str, other: str, same: bool) -> None:
    assert (bare(one) == bare(other)) is same
