"""What holds for every PDF, whatever stands in it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.extract import lines_of_document
from feeds.read import UnreadableDocument, read_document
from feeds.record import Reading
from tests.feeds.pdf_pages import Look, Type, printed

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789.,;:-()/§„“–•"
words = st.text(LETTERS, min_size=1, max_size=12)
lines = st.builds(
    Type,
    st.lists(words, min_size=1, max_size=9).map(" ".join),
    number=st.none(),
    gap=st.booleans(),
    page_start=st.sampled_from([False, False, False, True]),
)
SAMPLE = printed(
    [
        Type(text, number, gap=True)
        for number, text in enumerate(("TOP 1.1", "Titel", "Die Länder bitten den Bund.") * 9)
    ],
    Look(running=("40. Beispielministerkonferenz 2026",), foot="Seite #"),
)


damage = st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=40)


def read(data: bytes) -> Reading | str:
    """The record, or the sentence that says why there is none."""
    try:
        return read_document(data, "any")
    except UnreadableDocument as error:
        return str(error)


def is_record_or_sentence(result: Reading | str) -> bool:
    return isinstance(result, Reading) or (result[0].isupper() and result.endswith("."))


@given(st.binary(max_size=500))
def test_any_bytes_that_begin_like_a_pdf_give_a_record_or_a_sentence(data: bytes) -> None:
    assert is_record_or_sentence(read(b"%PDF-1.7\n" + data))


@given(
    st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=40), st.integers(0, len(SAMPLE))
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_pdf_gives_a_record_or_a_sentence(damage: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SAMPLE)
    for at, byte in damage:
        data[at] = byte
    read(bytes(data[: max(20, cut)]))


@given(st.lists(lines, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_letter_of_a_page_is_told_once(types: list[Type]) -> None:
    """Whatever is taken for furniture or a margin number is told as such; nothing is lost, nothing doubled."""
    told = lines_of_document(printed(types))
    letters = Counter("".join(line.text + str("" if line.margin is None else line.margin) for line in told))
    expected = Counter("".join(line.text for line in types))
    del letters[" "], expected[" "]
    assert letters == expected


@given(st.lists(lines, min_size=2, max_size=40))
@settings(max_examples=40, deadline=None)
def test_the_first_line_of_a_page_is_set_apart(types: list[Type]) -> None:
    told = [line for line in lines_of_document(printed(types)) if not line.furniture]
    assert not told or (told[0].gap and told[0].page_start)
    assert all(line.gap for line in told if line.page_start)
