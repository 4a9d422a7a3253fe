from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.split import split
from bot.styled import Mark, Styled, from_blocks, utf16_length
from handlers.reply import Block, Span, plain

# The deepest nesting that blocks can give is quote + one span style.
DEEPEST = 2

texts = st.text(st.sampled_from("aäB .!?\n„“•-😀🇩\u0301\u200d\ufe0f"), min_size=0, max_size=60)
spans = st.builds(Span, texts, st.sampled_from(["plain", "bold", "italic", "link"]), st.just("https://a.example"))
blocks = st.builds(
    Block, st.lists(spans, max_size=4).map(tuple), st.sampled_from(["heading", "paragraph", "quote", "bullet"])
)
styled_texts = st.lists(blocks, max_size=8).map(lambda each: from_blocks(tuple(each)))
limits = st.integers(min_value=2, max_value=80)
counts = st.integers(min_value=DEEPEST, max_value=6)


def styles(styled: Styled) -> list[frozenset[tuple[str, str | None]]]:
    """For every character the marks that lie over it."""
    over: list[set[tuple[str, str | None]]] = [set() for _ in styled.text]
    for mark in styled.marks:
        for place in range(mark.start, mark.end):
            over[place].add((mark.kind, mark.url))
    return [frozenset(each) for each in over]


@given(styled_texts, limits, counts)
def test_the_parts_laid_end_to_end_are_the_text(styled: Styled, limit: int, most: int) -> None:
    assert "".join(part.text for part in split(styled, limit, most)) == styled.text


@given(styled_texts, limits, counts)
def test_every_part_keeps_both_limits(styled: Styled, limit: int, most: int) -> None:
    for part in split(styled, limit, most):
        assert 0 < utf16_length(part.text) <= limit
        assert len(part.marks) <= most


@given(styled_texts, limits, counts)
def test_every_character_keeps_its_style(styled: Styled, limit: int, most: int) -> None:
    parts = split(styled, limit, most)
    assert [style for part in parts for style in styles(part)] == styles(styled)


@given(styled_texts, limits, counts)
def test_marks_lie_inside_their_part(styled: Styled, limit: int, most: int) -> None:
    for part in split(styled, limit, most):
        assert all(0 <= mark.start < mark.end <= len(part.text) for mark in part.marks)


@given(styled_texts)
def test_stripping_takes_nothing_but_white_space(styled: Styled) -> None:
    stripped = styled.stripped()
    assert stripped.text == styled.text.strip()
    inner = styles(styled)[len(styled.text) - len(styled.text.lstrip()) :][: len(stripped.text)]
    assert styles(stripped) == inner


@pytest.mark.parametrize(
    ("text", "limit", "parts", "why"),
    [
        ("eins\n\nzwei\nx", 10, ["eins\n\n", "zwei\nx"], "an empty line before a line end"),
        ("eins zwei.\ndrei", 14, ["eins zwei.\n", "drei"], "a line end before a space"),
        ("Eins zwei. Drei vier", 16, ["Eins zwei. ", "Drei vier"], "a sentence end before a space"),
        ("Nach Nr. 5 zwei", 12, ["Nach Nr. 5 ", "zwei"], "a figure behind a full stop ends no sentence"),
        ("a\n\nbbbb cccc dddd", 12, ["a\n\nbbbb ", "cccc dddd"], "no tiny part because of an early empty line"),
        ("abcdefgh", 3, ["abc", "def", "gh"], "anywhere at last"),
        ("abe\u0301x", 3, ["ab", "e\u0301x"], "an accent stays with its letter"),
        ("a😀b", 2, ["a", "😀", "b"], "an emoji fills two places"),
    ],
)
def test_where_it_cuts(text: str, limit: int, parts: list[str], why: str) -> None:
    assert [part.text for part in split(Styled(text), limit, 100)] == parts, why


def test_a_link_is_not_cut_where_another_place_serves() -> None:
    styled = from_blocks(
        (Block((Span("Vorab ein Wort, dann "), Span("eine lange Quelle", "link", "https://a.example"))),)
    )
    first, second = split(styled, 30, 100)
    assert (first.text, second.text) == ("Vorab ein Wort, dann ", "eine lange Quelle")
    assert second.marks == (Mark(0, 17, "text_link", "https://a.example"),)


def test_a_heading_is_not_parted_from_what_it_heads() -> None:
    blocks = (plain("Erster Absatz."), plain("Kopf", "heading"), plain("Zweiter Absatz."))
    first, second = split(from_blocks(blocks), 24, 100)
    assert (first.text, second.text) == ("Erster Absatz.\n\n", "Kopf\nZweiter Absatz.")


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (Block((Span("Protokollnotiz von X", "bold"),)), "the head of a note, with an empty line below it"),
        (Block((Span("Z.\u00a01\n", "italic"), Span("Darunter steht der Text."))), "a place above its paragraph"),
        (plain("Protokollnotiz von X", "heading"), "a heading"),
    ],
)
@pytest.mark.parametrize("limit", range(50, 75))
def test_no_part_ends_with_a_heading(head: Block, why: str, limit: int) -> None:
    blocks = (plain("Erster Absatz mit einigen Wörtern."), head, plain("Die Notiz ist lang und geht weiter.", "quote"))
    parts = split(from_blocks(blocks), limit, 100)
    assert not [part for part in parts if part.text.rstrip().endswith(("Protokollnotiz von X", "Z.\u00a01"))], why


def test_a_heading_that_fills_a_part_is_cut_all_the_same() -> None:
    parts = split(from_blocks((plain("Ein sehr langer Kopf", "heading"), plain("Text"))), 10, 100)
    assert "".join(part.text for part in parts) == "Ein sehr langer Kopf\nText"


words = st.text("abcdefg", min_size=1, max_size=8)
short = st.lists(words, min_size=1, max_size=4).map(" ".join)
long = st.lists(words, min_size=8, max_size=30).map(" ".join)
entries = st.builds(
    lambda head, place, said, kind: (
        plain(head, "heading"),
        Block((Span(head, "bold"), Span(f"\n{place}"))),
        *(plain(text, kind) for text in said),
    ),
    short,
    short,
    st.lists(long, min_size=1, max_size=3),
    st.sampled_from(["bullet", "quote"]),
)


@given(st.lists(entries, min_size=1, max_size=6), st.integers(min_value=160, max_value=400))
def test_no_part_ends_before_what_its_last_lines_lead_to(each: list[tuple[Block, ...]], limit: int) -> None:
    """A heading, and the lines above bullets or a quote, go on in the same part."""
    styled = from_blocks([block for entry in each for block in entry])
    parts = split(styled, limit, 100)
    cuts = list(accumulate(len(part.text) for part in parts))[:-1]
    assert [(cut, lead) for cut in cuts for lead in styled.whole if lead[0] < cut <= lead[1]] == []
    assert len(styled.whole) == 2 * len(each), "of the heading, and of the lines below it"


@pytest.mark.parametrize("limit", range(70, 110))
def test_a_resolution_and_its_place_stay_with_the_first_sentence(limit: int) -> None:
    head = Block((Span("TOP 1 – Titel", "bold"), Span("\n20. IntMK, April 2025")))
    blocks = (
        plain("Davor steht ein Satz, der zu etwas anderem gehört."),
        head,
        plain("Der Bund wird gebeten.", "bullet"),
    )
    parts = split(from_blocks(blocks), limit, 100)
    assert not [part for part in parts if part.text.rstrip().endswith(("Titel", "April 2025"))]


def test_a_long_text_above_bullets_may_be_cut_but_not_at_its_end() -> None:
    blocks = (plain("Wort " * 100), plain("Punkt", "bullet"))
    parts = split(from_blocks(blocks), 300, 100)
    assert len(parts) > 1
    assert "Wort" in parts[-1].text
