"""Protocol notes: whose they are, to which item, and what is none."""

from __future__ import annotations

import pytest

from config.states import States
from feeds.extract_text import lines_of_text
from feeds.parse_notes import notes_of, split_notes
from feeds.record import ProtocolNote

STATES = States.load()

HEADINGS = [
    ("Protokollnotiz von Bayern:", ("Bayern",), None, "the usual form"),
    ("Protokollnotiz von Bayern zu Ziffer 6:", ("Bayern",), 6, "to an item"),
    ("Protokollnotiz zu Ziffer 6 von Bayern:", ("Bayern",), 6, "the item first"),
    ("Protokollnotiz der Länder Berlin, Bremen und Hamburg zu Nr. 3:", ("Berlin", "Bremen", "Hamburg"), 3, "several"),
    ("Protokollerklärung des Landes Hessen:", ("Hessen",), None, "with article and title"),
    ("Protokollerklärung des Freistaates Sachsen:", ("Sachsen",), None, "a genitive"),
    (
        "Protokollerklärung der Freien und Hansestadt Hamburg, des Landes Schleswig-Holstein und der Freien\n"
        "Hansestadt Bremen:",
        ("Hamburg", "Schleswig-Holstein", "Bremen"),
        None,
        "a chain of genitives over two lines, one title with an 'und' of its own",
    ),
    (
        "Protokollnotiz von Baden-Württemberg, Bay-\nern und Meck-\nlenburg-Vorpommern:",
        ("Baden-Württemberg", "Bayern", "Mecklenburg-Vorpommern"),
        None,
        "names broken at the ends of lines",
    ),
    ("Protokollnotiz BY, SN:", ("Bayern", "Sachsen"), None, "abbreviations"),
    (
        "Protokollerklärung der Länder BW, BY und der Freien und Hansestadt Hamburg:",
        ("Baden-Württemberg", "Bayern", "Hamburg"),
        None,
        "abbreviations beside a full title",
    ),
    ("Protokollerklärung des Landes Hessen und der Freistaaten Bayern und Sachsen:", ("Hessen", "Bayern", "Sachsen"),
     None, "a title in the plural"),
    ("Protokollerklärung (Saarland):", ("Saarland",), None, "in brackets"),
    ("Protokollerklärung – Saarland:", ("Saarland",), None, "behind a dash"),
    ("Gemeinsame Protokollerklärung von Berlin und Brandenburg:", ("Berlin", "Brandenburg"), None, "a common one"),
    ("Protokollerklärung aller Länder zu TOP 2.2:", STATES.names, None, "all sixteen, to the whole"),
    ("Protokollerklärung sämtlicher Länder:", STATES.names, None, "all sixteen in another word"),
    ("Protokollerklärung der sechzehn Länder:", STATES.names, None, "all sixteen in numbers"),
    (
        "Protokollerklärung aller Länder außer Bayern:",
        tuple(name for name in STATES.names if name != "Bayern"),
        None,
        "all but one",
    ),
    ("Erklärung zu Protokoll von Hessen:", ("Hessen",), None, "another name for it"),
    (
        "Protokollerklärung der Länder Hessen und Thüringen, der sich der Freistaat Sachsen anschließt:",
        ("Hessen", "Thüringen", "Sachsen"),
        None,
        "one that joins in the heading",
    ),
    ("Protokollnotiz von Hessen zu Punkt 3.2:", ("Hessen",), None, "an agenda item's number is no Ziffer"),
    ("Protokollnotiz von Hessen zu § 3 Abs. 2:", ("Hessen",), None, "a section's number is no Ziffer"),
    ("Bayern gibt folgende Protokollerklärung ab:", ("Bayern",), None, "a sentence that announces it"),
    (
        "Das Land Brandenburg und der Freistaat Sachsen geben zu Ziffer 4 folgende Protokollnotiz ab:",
        ("Brandenburg", "Sachsen"),
        4,
        "announced, to an item",
    ),
    ("Bayern gibt zu Protokoll folgende Protokollnotiz zu Ziffer 2:", ("Bayern",), 2, "announced, the item behind"),
    ("Protokollerklärung Schleswig-Holstein\n", ("Schleswig-Holstein",), None, "without a colon, names alone"),
    ("Protokollerklärung von NI, MV und HB zu Ziffer 2\n", ("Niedersachsen", "Mecklenburg-Vorpommern", "Bremen"), 2,
     "without a colon, abbreviations"),
]  # fmt: skip

DOUBTFUL = [
    ("Protokollerklärung:", None, "Protokollnotiz ohne erkanntes Land: „Protokollerklärung“", "nobody named"),
    ("Protokollerklärung der A-Seite:", None, "Protokollnotiz ohne erkanntes Land: „Protokollerklärung der A-Seite“",
     "a side, no states"),
    ("Protokollnotiz der B-Länder zu Ziffer 1:", 1,
     "Protokollnotiz ohne erkanntes Land: „Protokollnotiz der B-Länder zu Ziffer 1“", "a group, no states"),
    ("Protokollerklärung des Bundes:", None, "Protokollnotiz ohne erkanntes Land: „Protokollerklärung des Bundes“",
     "the Bund is no Land"),
    ("Protokollerklärung der übrigen Länder:", None,
     "Protokollnotiz ohne erkanntes Land: „Protokollerklärung der übrigen Länder“", "which are they?"),
]  # fmt: skip

JOINS = [
    ("Das Saarland schließt sich der Protokollnotiz von Bayern an.", ("Saarland",), "one joins another's"),
    ("Berlin und Bremen schließen sich der Protokollerklärung des Saarlandes an.", ("Berlin", "Bremen"), "two join"),
    ("Das Land Hessen tritt der Protokollerklärung bei.", ("Hessen",), "another verb"),
    ("HE schließt sich dieser Protokollnotiz an.", ("Hessen",), "an abbreviation"),
    ("Der Protokollnotiz treten die Länder Berlin und Bremen bei.", ("Berlin", "Bremen"), "the note first"),
    ("Die Länder Berlin und Saarland unterstützen die Protokollnotiz.", ("Berlin", "Saarland"), "they support it"),
    (
        "Die Freie Hansestadt Bremen und das Land Nordrhein-Westfalen schließen sich der\n"
        "Protokollerklärung von Hamburg zu Ziffer 2 an.",
        ("Bremen", "Nordrhein-Westfalen"),
        "over two lines",
    ),
]

TEXT = [
    ("Protokollnotizen sind bis zum 3. Mai abzugeben:", "a rule about notes"),
    ("Protokollerklärungen der Länder liegen nicht vor.", "there are none"),
    (
        "Protokollerklärungen der Länder Bayern und Hessen sind dem\nBeschluss als Anlage beigefügt.",
        "they are elsewhere",
    ),
    ("Die IntMK schließt sich der Protokollerklärung der Konferenz an.", "a conference joins, no Land"),
    ("Der Bund tritt der Protokollerklärung bei.", "the Bund is no Land"),
    ("Im Protokoll wird vermerkt: Bayern enthält sich.", "the minutes, no note"),
    ("Hinweis: Bayern hat sich enthalten.", "a remark of the editors"),
    ("Bayern:", "a name with a colon, where no note stands above"),
    ("Anmerkung Sachsens:", "something else"),
]


def read(text: str) -> tuple[tuple[ProtocolNote, ...], tuple[str, ...], str]:
    """The notes, the doubts and the body of a text."""
    body, groups = split_notes(lines_of_text(text), STATES)
    return (*notes_of(groups, STATES), "\n".join(line.text for line in body))


@pytest.mark.parametrize(("heading", "states", "item", "reason"), HEADINGS, ids=[case[3] for case in HEADINGS])
def test_a_heading_tells_whose_note_it_is(heading: str, states: tuple[str, ...], item: int | None, reason: str) -> None:
    notes, doubts, body = read(f"Die Länder beraten weiter.\n\n{heading}\nDer Text der Notiz.")
    assert [(note.states, note.item, note.text) for note in notes] == [(states, item, "Der Text der Notiz.")]
    assert (doubts, body) == ((), "Die Länder beraten weiter.")


@pytest.mark.parametrize(("heading", "item", "doubt", "reason"), DOUBTFUL, ids=[case[3] for case in DOUBTFUL])
def test_a_note_that_names_no_land_is_kept_with_a_doubt(
    heading: str, item: int | None, doubt: str, reason: str
) -> None:
    notes, doubts, _ = read(f"Text.\n\n{heading}\nDie Kosten sind zu tragen.")
    assert [(note.states, note.item, note.text) for note in notes] == [((), item, "Die Kosten sind zu tragen.")]
    assert doubts == (doubt,)


def test_a_note_to_several_items_is_put_to_none_with_a_doubt() -> None:
    notes, doubts, _ = read("Text.\n\nProtokollnotiz von Bayern zu den Ziffern 1 und 2:\nNein.")
    assert [(note.states, note.item) for note in notes] == [(("Bayern",), None)]
    assert doubts == ("Protokollnotiz zu mehreren Ziffern: „Protokollnotiz von Bayern zu den Ziffern 1 und 2“",)


@pytest.mark.parametrize(("sentence", "states", "reason"), JOINS, ids=[case[2] for case in JOINS])
def test_a_state_that_joins_a_note_has_one_of_its_own(sentence: str, states: tuple[str, ...], reason: str) -> None:
    notes, doubts, _ = read(f"Text.\n\nProtokollnotiz von Bayern:\nNein.\n\n{sentence}")
    assert [note.states for note in notes] == [("Bayern",), states]
    assert notes[1].text == sentence.replace("\n", " ")
    assert doubts == ()


def test_who_joins_the_only_note_joins_it_for_its_item() -> None:
    joins = "Hessen schließt sich der Protokollnotiz an."
    notes, _, _ = read(f"Text.\n\nProtokollnotiz von Bayern zu Ziffer 2:\nNein.\n\n{joins}")
    assert [note.item for note in notes] == [2, 2]
    notes, _, _ = read(
        f"Text.\n\nProtokollnotiz von Bayern zu Ziffer 2:\nNein.\n\nProtokollnotiz von Berlin:\nJa.\n\n{joins}"
    )
    assert [note.item for note in notes] == [2, None, None]


@pytest.mark.parametrize(
    ("joins", "item", "why"),
    [
        ("Hessen schließt sich der Protokollnotiz des Landes Berlin an.", 3, "whose note it is"),
        ("Hessen schließt sich der Protokollnotiz des Freistaates Bayern an.", 2, "whose note it is, the first"),
        ("Diese Protokollnotiz unterstützen wir.", None, "no Land joins"),
        ("Hessen tritt dieser Protokollnotiz bei.", 3, "the one right above"),
        ("Hessen tritt der Protokollnotiz bei.", None, "either of them"),
        ("Hessen schließt sich der Protokollnotiz von Sachsen an.", None, "a note that is not there"),
    ],
)
def test_who_joins_one_of_several_notes_joins_it_for_its_item(joins: str, item: int | None, why: str) -> None:
    above = "Protokollnotiz von Bayern zu Ziffer 2:\nNein.\n\nProtokollnotiz von Berlin zu Ziffer 3:\nJa."
    notes, _, _ = read(f"Text.\n\n{above}\n\n{joins}")
    joined = [note for note in notes if note.states == ("Hessen",)]
    assert [note.item for note in joined] == ([] if "wir" in joins else [item]), why


@pytest.mark.parametrize(("line", "reason"), TEXT, ids=[case[1] for case in TEXT])
def test_what_is_no_note_stays_text(line: str, reason: str) -> None:
    notes, doubts, body = read(f"Die Länder beraten weiter.\n\n{line}\nEs folgt mehr Text.")
    assert (notes, doubts) == ((), ())
    assert body == f"Die Länder beraten weiter.\n{line}\nEs folgt mehr Text."


def test_the_text_may_begin_behind_the_colon() -> None:
    notes, _, _ = read("Text.\nProtokollnotiz von Bayern: Bayern stimmt nur zu, wenn\nder Bund zahlt.")
    assert notes[0].text == "Bayern stimmt nur zu, wenn der Bund zahlt."


def test_below_one_heading_several_lands_may_have_their_notes() -> None:
    notes, doubts, _ = read("Text.\n\nProtokollerklärungen:\n\nBayern:\nNein.\n\nBerlin und Bremen zu Ziffer 2:\nJa.")
    assert [(note.states, note.item, note.text) for note in notes] == [
        (("Bayern",), None, "Nein."),
        (("Berlin", "Bremen"), 2, "Ja."),
    ]
    assert doubts == ()


def test_a_remark_behind_the_notes_belongs_to_the_text_again() -> None:
    notes, _, body = read("Text.\n\nProtokollnotiz von Bayern:\nNein.\n\nHinweis: Die Anlage liegt vor.")
    assert [note.text for note in notes] == ["Nein."]
    assert body == "Text.\nHinweis: Die Anlage liegt vor."
