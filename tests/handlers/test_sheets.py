"""Long texts in sheets: nothing lost, nothing torn that belongs together, none too long for a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.texts import Texts
from handlers.reply import Block, Incoming, Span, plain
from handlers.sheets import LONGEST, sheet_of, split, turning
from tests.handlers.samples import NOW

TEXTS = Texts.load()
PHONE = Incoming("console:test", "", NOW)
TERMINAL = Incoming("console:test", "", NOW, whole=True)

words = st.lists(st.sampled_from(["Wort", "Satz.", "ein", "😀", "x" * 30]), min_size=1, max_size=25).map(" ".join)
spans = st.builds(Span, words, st.sampled_from(["plain", "bold", "italic"]))
blocks = st.builds(Block, st.lists(spans, min_size=1, max_size=3).map(tuple), st.sampled_from(["paragraph", "heading"]))
parts = st.lists(st.lists(blocks, max_size=5), max_size=3)


def said(made: tuple[tuple[Block, ...], ...] | list[list[Block]]) -> str:
    return "".join("".join(block.text.split()) for sheet in made for block in sheet)


@settings(deadline=None, max_examples=60)
@given(parts, st.integers(min_value=120, max_value=400))
def test_no_word_is_lost_and_no_sheet_is_too_long(given_parts: list[list[Block]], longest: int) -> None:
    made = split(given_parts, longest)
    assert said(made) == said(given_parts)
    for sheet in made:
        assert sum(len(block.text) for block in sheet) <= 2 * longest, "headings that were taken along, and a block"


def test_a_heading_stays_with_what_stands_below_it() -> None:
    head, note = plain("Protokollnotizen", "heading"), Block((Span("Von Bayern", "bold"),))
    made = split([[plain("x" * 80), head, note, plain("y" * 60)]], longest=120)
    assert [[block.text[:5] for block in sheet] for sheet in made] == [["xxxxx"], ["Proto", "Von B", "yyyyy"]]


def test_a_part_that_fits_stays_on_the_sheet_and_another_begins_anew() -> None:
    text, short, long = [plain("x" * 50)], [plain("y" * 30)], [plain("z" * 80), plain("z" * 30)]
    assert len(split([text, short], longest=100)) == 1
    assert [len(sheet) for sheet in split([text, long], longest=130)] == [1, 2]


def test_a_long_block_is_cut_behind_a_sentence() -> None:
    sentences = " ".join(f"Das ist der Satz mit der Nummer {number}." for number in range(20))
    made = split([[plain(sentences, "quote")]], longest=200)
    assert len(made) > 3
    assert all(sheet[0].text.endswith(".") and sheet[0].kind == "quote" for sheet in made)


@pytest.mark.parametrize(
    ("asked", "number", "said_below"), [(1, 1, "Seite 1 von 3"), (3, 3, "Seite 3 von 3"), (99, 3, "Seite 3 von 3")]
)
def test_which_sheet_is_shown(asked: int, number: int, said_below: str) -> None:
    long = [plain("x" * (LONGEST - 10)) for _ in range(3)]
    sheet = sheet_of([long], asked, "12. BspMK, TOP 2.1", PHONE, TEXTS)
    assert (sheet.number, sheet.total) == (number, 3)
    assert sheet.blocks[-1].text == f"12. BspMK, TOP 2.1 · {said_below}"
    assert (sheet.blocks[0].text == TEXTS("show.no_sheet")) is (asked > 3)


def test_a_terminal_gets_all_in_one() -> None:
    long = [plain("x" * (LONGEST - 10)) for _ in range(3)]
    assert sheet_of([long], 2, "TOP 1", TERMINAL, TEXTS).blocks == tuple(long)


@pytest.mark.parametrize(
    ("sheet", "typed"), [(1, ["/b seite 2"]), (2, ["/b seite 1", "/b seite 3"]), (3, ["/b seite 2"])]
)
def test_buttons_to_the_neighbours(sheet: int, typed: list[str]) -> None:
    assert [button.command for row in turning("/b", sheet, 3, TEXTS) for button in row] == typed
    assert turning("/b", 1, 1, TEXTS) == ()
