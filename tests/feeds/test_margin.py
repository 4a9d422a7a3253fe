"""Margin numbers are taken off by their count, and nothing else is."""

from __future__ import annotations

import pytest

from feeds.line import Line
from feeds.margin import take_number, without_margin_numbers
from feeds.numbered_pages import without_page_numbering

CASES = [
    ("beschlossen wurde 12", 12, "beschlossen wurde", "after a blank"),
    ("zuständigen Ministe-1", 1, "zuständigen Ministe-", "glued behind a soft hyphen"),
    ("von Beginn an42", 42, "von Beginn an", "glued to a letter"),
    ("erlernen können.100", 100, "erlernen können.", "glued to a full stop"),
    ("21 gierung, sich zu beteiligen.", 21, "gierung, sich zu beteiligen.", "at the line's start"),
    ("21gierung, sich zu beteiligen.", 21, "gierung, sich zu beteiligen.", "glued to the line's start"),
    ("9 10 Gemeinden je Land", 9, "10 Gemeinden je Land", "an amount behind it"),
    ("4 1. Sie bittet die Länder", 4, "1. Sie bittet die Länder", "an item behind it"),
    ("12", 12, "", "on an empty line"),
    ("zwischen 2005 und 2023 17", 17, "zwischen 2005 und 2023", "a year before it"),
    ("nach fünf Jahren 46 64", 64, "nach fünf Jahren 46", "an amount before it"),
    ("rund 132.000 auf 30", 30, "rund 132.000 auf", "the amount itself stands on the next line"),
    ("Voraussetzungen der §§ 9", 9, "Voraussetzungen der §§", "looks like a section"),
    ("im Kurzbericht (10/2024). 66", 66, "im Kurzbericht (10/2024).", "a fraction before it"),
]
REFUSED = [
    ("im Jahr 2025", 20, "the tail of another number"),
    ("rund 10.000", 0, "a group of a larger number"),
    ("ein Anteil von 1,5", 5, "digits behind a comma"),
    ("beschlossen wurde 12", 13, "not the number that is due"),
    ("12. Bericht", 12, "an ordinal at the start is text"),
    ("12.000 Plätze", 12, "a group of a larger number at the start"),
    ("nach § 2", 3, "another number"),
    ("gilt ab 112", 12, "the tail of another number at the end"),
]


@pytest.mark.parametrize(("printed", "expected", "text", "reason"), CASES, ids=[case[3] for case in CASES])
def test_the_number_that_is_due_is_taken_off(printed: str, expected: int, text: str, reason: str) -> None:
    taken = take_number(Line(printed), expected)
    assert taken is not None
    assert (taken.text, taken.margin) == (text, expected)


@pytest.mark.parametrize(("printed", "expected", "reason"), REFUSED, ids=[case[2] for case in REFUSED])
def test_other_numbers_stay(printed: str, expected: int, reason: str) -> None:
    assert take_number(Line(printed), expected) is None


def test_a_blank_before_the_number_tells_a_true_hyphen() -> None:
    true, soft = take_number(Line("Aus- 49"), 49), take_number(Line("Ministe-49"), 49)
    assert true is not None
    assert soft is not None
    assert (true.hard_hyphen, soft.hard_hyphen) == (True, False)


def numbered(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, gap=True) for text in texts)


def test_the_count_goes_on_over_lines_without_a_number() -> None:
    lines = numbered("Die Länder bitten 1", "den Bund. 2", "Protokollnotiz von Bayern:", "Bayern stimmt zu. 3")
    assert [line.margin for line in without_margin_numbers(lines)] == [1, 2, None, 3]


def test_a_document_without_margin_numbers_is_left_alone() -> None:
    lines = numbered("Im Land gibt es Schulen der Stufe 1", "und Kurse der Stufe 2", "sowie andere.")
    assert without_margin_numbers(lines) == lines


def test_a_single_line_with_its_number_counts() -> None:
    assert without_margin_numbers(numbered("Die Tagesordnung wird zur Kenntnis genommen. 1"))[0].margin == 1


NOTE = "Protokollnotiz von Bayern:"


def placed(*numbers: int | None, note_at: int | None = None) -> tuple[Line, ...]:
    """Lines that end in a number which is none, with the margin numbers that their place has told."""
    return tuple(
        Line(NOTE if at == note_at else f"Ein Anteil von {at + 1}", margin=number) for at, number in enumerate(numbers)
    )


EVERY_FIFTH = [
    ((None, None, None, None, 5, None), (1, 2, 3, 4, 5, 6), "before the first and behind the last"),
    ((5, None, None, None, None, 10), (5, 6, 7, 8, 9, 10), "between two"),
    ((5, None, None, 10), (5, None, None, 10), "fewer lines than numbers: nobody knows which"),
    ((5, *[None] * 7), (5, 6, 7, 8, 9, None, None, None), "at most up to the next that would be printed"),
    ((*[None] * 4, 5, *[None] * 6, 5), (1, 2, 3, 4, 5, *[None] * 6, 5), "a new count"),
]


@pytest.mark.parametrize(("told", "counted", "reason"), EVERY_FIFTH, ids=[case[2] for case in EVERY_FIFTH])
def test_lines_between_printed_numbers_are_counted(
    told: tuple[int | None, ...], counted: tuple[int | None, ...], reason: str
) -> None:
    assert tuple(line.margin for line in without_margin_numbers(placed(*told))) == counted


def test_headings_of_notes_are_not_counted() -> None:
    lines = placed(5, None, None, None, None, None, 10, note_at=3)
    assert [line.margin for line in without_margin_numbers(lines)] == [5, 6, 7, None, 8, 9, 10]


def test_where_every_line_is_numbered_one_without_stays_without() -> None:
    lines = placed(None, 1, 2, None, 3, None)
    assert without_margin_numbers(lines) == lines


def test_numbers_told_by_place_are_not_looked_for_in_the_text() -> None:
    assert without_margin_numbers(placed(7, 8))[0].text == "Ein Anteil von 1"


def test_a_number_on_an_empty_line_is_empty_space() -> None:
    lines = tuple(Line(text) for text in ("1 Die Länder bitten", "2 den Bund.", "3", "4 Sie danken."))
    assert [(line.text, line.margin, line.gap) for line in without_margin_numbers(lines)] == [
        ("Die Länder bitten", 1, False),
        ("den Bund.", 2, False),
        ("Sie danken.", 4, True),
    ]


def test_a_column_of_a_table_is_no_margin() -> None:
    lines = tuple(Line(text) for text in ("1", "2", "3", "4", "Die Länder bitten", "den Bund."))
    assert without_margin_numbers(lines) == lines


PAGE = [
    ("1Besprechung der Länder", "Besprechung der Länder"),
    ("2", None),
    ("3TOP 4 Bäder", "TOP 4 Bäder"),
    ("4", None),
    ("51. Bund und Länder stellen", "1. Bund und Länder stellen"),
    ("6100 Mio. Euro bereit.", "100 Mio. Euro bereit."),
    ("72. Sie danken.", "2. Sie danken."),
    ("8 Dafür wird gesorgt.", "Dafür wird gesorgt."),
]


def test_where_every_line_is_numbered_the_number_that_is_due_is_taken_off_whatever_follows() -> None:
    lines = without_page_numbering(tuple(Line(printed) for printed, _ in PAGE))
    assert [line.text for line in lines] == [text for _, text in PAGE if text]
    assert [line.margin for line in lines] == [1, 3, 5, 6, 7, 8]
    assert [line.gap for line in lines] == [False, True, True, False, False, False]


def test_numbers_that_start_anew_on_each_page_are_taken_off_and_forgotten() -> None:
    page = tuple(Line(printed) for printed, _ in PAGE)
    pages = (*page, Line("Seite 2"), *page)
    lines = without_page_numbering(pages)
    assert [line.text for line in lines if line.text != "Seite 2"] == [text for _, text in PAGE if text] * 2
    assert {line.margin for line in lines} == {None}


def test_a_document_with_numbered_items_is_no_numbered_page() -> None:
    lines = tuple(Line(f"{number}. Punkt") for number in range(1, 5)) + tuple(Line("Text") for _ in range(5))
    assert without_page_numbering(lines) == lines
