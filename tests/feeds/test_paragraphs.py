"""How cut words come together, and where paragraphs end."""

from __future__ import annotations

import pytest

from feeds.extract_text import lines_of_text
from feeds.line import Line
from feeds.paragraphs import flat_text, paragraphs_of, passage_of

JOINS = [
    (("Ministe-", "rinnen"), False, "Ministerinnen", "a soft hyphen before lower case"),
    (("Nordrhein-", "Westfalen"), False, "Nordrhein-Westfalen", "a capital keeps the hyphen"),
    (("Aus-", "und Weiterbildung"), True, "Aus- und Weiterbildung", "the hyphen of an omitted part"),
    (
        ("Berufs-", "oder Schulabschluss"),
        False,
        "Berufs- oder Schulabschluss",
        "… also without a blank before the number",
    ),
    (("Berufs-", "bzw. Schulabschluss"), False, "Berufs- bzw. Schulabschluss", "… before an abbreviation"),
    (("mit non-", "formalen"), False, "mit non-formalen", "a prefix that keeps its hyphen"),
    (("Startchancen-", "Programm"), True, "Startchancen-Programm", "a true hyphen before a capital"),
    (("nach § 25b Auf-", "enthG"), False, "nach § 25b AufenthG", "inside a citation"),
    (("Arbeit –", "auch künftig"), False, "Arbeit – auch künftig", "a dash is no hyphen"),
    (("Arbeit -", "auch künftig"), False, "Arbeit - auch künftig", "a hyphen set as a dash"),
    (("ohne", "Trennung"), False, "ohne Trennung", "two whole words"),
    (("Prozent-", "punkte"), False, "Prozentpunkte", "no prefix, though it ends like one"),
]


@pytest.mark.parametrize(("parts", "hard", "joined", "reason"), JOINS, ids=[case[3] for case in JOINS])
def test_cut_words_are_joined(parts: tuple[str, str], hard: bool, joined: str, reason: str) -> None:
    assert flat_text((Line(parts[0], hard_hyphen=hard), Line(parts[1]))) == joined


def test_marks_tell_on_which_line_each_part_of_the_text_stands() -> None:
    passage = passage_of((Line("Die Minis-", margin=7), Line("ter bitten den", margin=8), Line("Bund.", margin=9)))
    assert passage.text == "Die Minister bitten den Bund."
    assert passage.lines() == (7, 9)
    assert passage.lines(passage.text.index("bitten"), passage.text.index(" den")) == (8, 8)
    assert passage.lines(passage.text.index("Bund"), len(passage.text)) == (9, 9)


def texts(printed: str) -> list[str]:
    return [flat_text(group) for group in paragraphs_of(lines_of_text(printed))]


SINGLE_SPACED = """Die Länder sehen in den Kursen einen wichtigen Beitrag, weil sie früh
beginnen und lange wirken.

Sie bitten daher um mehr Plätze."""

DOUBLE_SPACED = """Die Länder sehen in den Kursen einen wichtigen Beitrag, weil sie früh

beginnen und lange wirken.

Sie bitten daher um mehr Plätze und um eine Finanzierung, die nicht am

Jahresende endet."""

OVER_A_PAGE = """Die Länder sehen in den Kursen einen wichtigen Beitrag, weil sie gemein-



sam beginnen und lange wirken."""


ENDS_IN_AN = """• Ein weiteres Ziel: Sprachkurse und Beratung von An-

fang an

Die im Gesetz genannten Kurse sind für alle da, die ins Land kommen und hier bleiben wol-

len."""


@pytest.mark.parametrize(
    ("printed", "count", "reason"),
    [
        (SINGLE_SPACED, 2, "empty space ends a paragraph"),
        (DOUBLE_SPACED, 2, "empty space says nothing when it is everywhere; room behind a full stop does"),
        (OVER_A_PAGE, 1, "nothing ends inside a cut word"),
        ("• eins\n• zwei\n• drei", 3, "each bullet is its own"),
        ("Nutzung der Technik\nDie Länder bitten den Bund um einen Bericht über die Nutzung.", 2, "a heading"),
        (ENDS_IN_AN, 2, "a heading's last word may be one that elsewhere goes on"),
        (
            "Die Länder bitten um Auskunft an\nDie Konferenz,",
            2,
            "words that open a sentence are written small inside one",
        ),
        ("Sie bitten um Auskunft an\nBund und Länder.", 1, "a name in place of it goes on"),
        ("Kosten der Beratung,\nDie Länder bitten den Bund um einen Bericht.", 1, "behind a comma it goes on"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else None,
)
def test_paragraphs_end_where_a_reader_sees_it(printed: str, count: int, reason: str) -> None:
    assert len(texts(printed)) == count
