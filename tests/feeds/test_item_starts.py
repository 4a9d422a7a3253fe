"""Where numbered items begin: they count 1, 2, 3 …, stand behind a full stop, and begin with a capital."""

from __future__ import annotations

import pytest

from feeds.extract_text import lines_of_text
from feeds.glued_numbers import without_glue
from feeds.item_starts import item_starts, with_lone_numbers
from feeds.line import Line
from feeds.parse_body import passages_of

STARTS = [
    ("1. Die Länder bitten.\n2. Sie danken.", {0: 1, 1: 2}, "the usual form"),
    ("1.Die Länder bitten.\n2.Sie danken.", {0: 1, 1: 2}, "no blank behind the number"),
    ("2.  Die Länder bitten.", {}, "it does not begin with one"),
    ("1. Die Länder bitten den\n2. Ausschuss um Rat.", {0: 1}, "an ordinal inside a sentence"),
    ("Die Länder nehmen die Berichte\n\n1. des Rates\n\n2. des Amtes\n\nzur Kenntnis.", {}, "a list inside a sentence"),
    ("Die Länder nehmen die Berichte\n\n1. Bericht A\n\n2. Bericht B\n\nzur Kenntnis.", {}, "… also with capitals"),
    ("Entschließung zur Stärkung der Brunnen\n\n1. Der Rat bittet.\n\n2. Er dankt.", {1: 1, 2: 2}, "below a heading"),
    ("Vorspann.\n\n1. Die Länder bitten.\n\n2. Sie danken.", {1: 1, 2: 2}, "below a sentence"),
    ("1. Kosten:\n\nBayern 12\n\n2. Die Länder danken.", {0: 1, 2: 2}, "below the rows of a table"),
    ("1. Sie verweisen auf Ziffer\n\n2. Die Länder danken.", {0: 1}, "a citation that the line's end cuts"),
    ("1. Es waren im Mai 12\n\n2. Ausschuss und Rat.", {0: 1}, "no word that opens a sentence"),
    ("Am 3. Mai\n1. Mai und 2. Mai waren frei.", {}, "dates"),
    ("1. Die Länder bitten.\n19. IntMK\n2. Sie danken.", {0: 1}, "behind another number nothing is sure"),
    ("(1) Die Länder bitten.\n(2) Sie danken.", {0: 1, 1: 2}, "numbers in brackets"),
    ("1) Die Länder bitten.\n2) Sie danken.", {0: 1, 1: 2}, "a bracket behind the number"),
    ("1. Die Länder bitten.\n(2) Sie danken.\n2. Sie enden.", {0: 1, 2: 2}, "another way to write it is another list"),
    ("1. § 4 wird geändert.\n2. „Haus“ wird gestrichen.", {0: 1, 1: 2}, "a section and a quotation begin items"),
]


@pytest.mark.parametrize(("text", "starts", "reason"), STARTS, ids=[case[2] for case in STARTS])
def test_items_begin_where_their_numbers_count_on(text: str, starts: dict[int, int], reason: str) -> None:
    assert item_starts(lines_of_text(text)) == starts


LONE = [
    ("1.\nDie Länder bitten.\n2.\nSie danken.", ["1. Die Länder bitten.", "2. Sie danken."], "with a full stop"),
    ("\n1\n\nDie Länder bitten.", ["1. Die Länder bitten."], "without one, standing apart"),
    ("Es sind\n1\nDie Länder.", ["Es sind", "1", "Die Länder."], "without one, inside a paragraph"),
    ("33\nDie Länder bitten.", ["33", "Die Länder bitten."], "not the number that is due"),
    ("1.\nund die Länder.", ["1.", "und die Länder."], "the sentence goes on"),
]


@pytest.mark.parametrize(("text", "lines", "reason"), LONE, ids=[case[2] for case in LONE])
def test_a_number_alone_on_its_line_goes_in_front_of_the_next(text: str, lines: list[str], reason: str) -> None:
    assert [line.text for line in with_lone_numbers(lines_of_text(text))] == lines


WIDE = "die Länder " * 6
CLOSING = [
    ("1. Eins.\n\n2. Zwei.\n\nHinweis: Siehe Anlage.", [1, 2, None], "a remark"),
    ("1. Eins.\n\n2. Zwei.\n\nBegründung:\n\nWeil es gut ist.", [1, 2, None, None], "the reasons of the whole"),
    (
        "1. Eins.\n\nBegründung:\n\nDarum.\n\n2. Zwei.\n\nBegründung:\n\nDeshalb.",
        [1, 1, 1, 2, 2, 2],
        "reasons of items",
    ),
    ("1. Eins.\n\n2. Zwei.\n\nMehr zu zwei.", [1, 2, 2], "another paragraph of the item"),
    ("1. Eins.\n2. Zwei.\n\nDas war es.", [1, 2, None], "space above it, but none between the items"),
    ("1. Eins.\n\n2. Zwei.\n\n" + "Die Länder " * 12 + "danken.", [1, 2, 2], "wider than items of a single line"),
    (f"1. D{WIDE[1:]}\nist eins.\n\n2. Zwei.\n\nNun {WIDE}{WIDE} danken.", [1, 2, None], "set wider than the items"),
]


@pytest.mark.parametrize(("text", "items", "reason"), CLOSING, ids=[case[2] for case in CLOSING])
def test_what_stands_behind_the_last_item(text: str, items: list[int | None], reason: str) -> None:
    assert [passage.item for passage in passages_of(lines_of_text(text))] == items


PARTS = [
    ("Sie bittet um\n\na) Rat und\n\nb) Tat.", ["Sie bittet um", "a) Rat und", "b) Tat."], "behind empty space"),
    ("Sie bittet um\nRat,\na) schnell und\nb) gut.", ["Sie bittet um Rat,", "a) schnell und", "b) gut."], "a comma"),
    ("Gemäß Nummer 2\na) des Gesetzes gilt das.", ["Gemäß Nummer 2 a) des Gesetzes gilt das."], "a citation"),
    ("Sie fördert Kurse,\nz. B. am Abend.", ["Sie fördert Kurse, z. B. am Abend."], "an abbreviation"),
]


@pytest.mark.parametrize(("text", "paragraphs", "reason"), PARTS, ids=[case[2] for case in PARTS])
def test_lettered_entries_are_paragraphs(text: str, paragraphs: list[str], reason: str) -> None:
    assert [passage.text for passage in passages_of(lines_of_text(text))] == paragraphs


GLUED = [
    ("bis zum31. Dezember und vom25. März", "bis zum 31. Dezember und vom 25. März"),
    ("nach §4 und §§5 und 6", "nach § 4 und §§ 5 und 6"),
    ("im Jahr 2025, B12 und CO2, Covid19", "im Jahr 2025, B12 und CO2, Covid19"),
]


@pytest.mark.parametrize(("text", "apart"), GLUED)
def test_a_number_that_lost_its_blank_gets_it_back_behind_small_words(text: str, apart: str) -> None:
    assert [line.text for line in without_glue((Line(text),))] == [apart]
