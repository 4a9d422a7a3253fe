from __future__ import annotations

import pytest

from bot.styled import Styled, entities, from_blocks, utf16_length
from handlers.reply import Block, Span, plain
from tests.fake_telegram.text import check_entities, cut


def marked(styled: Styled) -> list[tuple[object, str]]:
    """(kind, covered words) as Telegram would find them."""
    found = entities(styled)
    return [(mark["type"], cut(styled.text, int(str(mark["offset"])), int(str(mark["length"])))) for mark in found]


@pytest.mark.parametrize(
    ("blocks", "text", "why"),
    [
        ((plain("A"), plain("B")), "A\n\nB", "an empty line between paragraphs"),
        ((plain("A", "heading"), plain("B")), "A\nB", "a heading stands right above what it heads"),
        ((plain("A", "bullet"), plain("B", "bullet"), plain("C")), "• A\n• B\n\nC", "bullets close together"),
        ((plain("A"), plain("B", "bullet")), "A\n\n• B", "a list begins after an empty line"),
        ((plain("A"), plain(" "), plain("B")), "A\n\nB", "an empty block leaves no gap"),
        ((plain("A", "quote"), plain("B", "quote")), "A\n\nB", "two quotes do not run together"),
        ((), "", "nothing from nothing"),
    ],
)
def test_how_blocks_stand_under_each_other(blocks: tuple[Block, ...], text: str, why: str) -> None:
    assert from_blocks(blocks).text == text, why


@pytest.mark.parametrize(
    ("block", "found", "why"),
    [
        (plain("Über 😀", "heading"), [("bold", "Über 😀")], "an emoji counts twice"),
        (plain("😀 Zitat", "quote"), [("blockquote", "😀 Zitat")], "a quote is one mark"),
        (Block((Span("x", "bold"), Span("y", "italic"))), [("bold", "x"), ("italic", "y")], "span by span"),
        (Block((Span("x", "bold"),), "heading"), [("bold", "x")], "bold in a heading is not marked twice"),
        (Block((Span("x", "italic"), Span("y")), "heading"), [("bold", "xy"), ("italic", "x")], "italic nests"),
        (Block((Span("Quelle", "link", "https://a.example"),)), [("text_link", "Quelle")], "a link"),
        (Block((Span("Quelle", "link"),)), [], "a link to nowhere is plain text"),
        (Block((Span("a "), Span(" b ", "bold"), Span(" ", "italic"))), [("bold", "b")], "white space is not marked"),
        (Block((Span("😀😀"), Span("fett", "bold")), "bullet"), [("bold", "fett")], "behind the bullet and two emoji"),
    ],
)
def test_which_words_are_marked(block: Block, found: list[tuple[object, str]], why: str) -> None:
    styled = from_blocks((plain("😀"), block))
    assert marked(styled) == found, why
    check_entities(styled.text, [dict(mark) for mark in entities(styled)])


def test_a_link_keeps_its_address() -> None:
    styled = from_blocks((Block((Span("siehe "), Span("hier", "link", "https://a.example/b?c=ä"))),))
    assert [mark["url"] for mark in entities(styled)] == ["https://a.example/b?c=ä"]


@pytest.mark.parametrize(("text", "units"), [("", 0), ("aä€", 3), ("😀", 2), ("a😀\n", 4), ("\ufe0f\u200d", 2)])
def test_length_in_utf16_units(text: str, units: int) -> None:
    assert utf16_length(text) == units == len(text.encode("utf-16-le")) // 2
