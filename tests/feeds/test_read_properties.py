"""What holds for every document, whatever it says."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from feeds.extract_text import lines_of_text, squeeze
from feeds.furniture import without_furniture
from feeds.paragraphs import flat_text
from feeds.read import UnreadableDocument, read_document
from feeds.record import Reading

_SAMPLE = """TOP 1.1
TOP A
 TOP 2.1.a Leitantrag
Titel des Antrags
Antragsteller: Berlin, Hes-
sen

Die IntMK hat einstimmig beschlossen:
1. Die Länder bitten den Bund 1
um Hilfe. 2
2. Sie danken. 3
• ein Punkt
Aus- 5
Protokollnotiz von Bayern zu Ziffer 2:
Bayern stimmt zu. 4
Seite 2 von 6
33
I. Anlass
20. Integrationsministerkonferenz 2025
Hauptkonferenz am 23. – 24. April 2025 in Göttingen"""
_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
documents = st.lists(st.sampled_from(_SAMPLE.split("\n")) | _text, max_size=40).map("\n".join)


def read(data: bytes) -> Reading | None:
    try:
        return read_document(data, "any")
    except UnreadableDocument:
        return None


@given(st.binary(max_size=2000))
def test_reading_never_raises_on_any_bytes(data: bytes) -> None:
    read(data)


@given(documents)
def test_reading_never_raises_and_never_loses_or_doubles_a_word(text: str) -> None:
    """Letters of the records are among those of the source, as often at most."""
    reading = read_document(text.encode(), "any")
    told = [
        part
        for one in reading.resolutions
        for part in (one.title, one.subtitle or "", one.text, *(note.text for note in one.protocol_notes))
    ]
    if reading.publication.kind == "resolutions":
        assert not Counter(letters(" ".join(told))) - Counter(letters(squeeze(text)))


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", text))


@given(documents)
def test_spans_lie_inside_their_text_and_rise(text: str) -> None:
    for one in read_document(text.encode(), "any").resolutions:
        for passage in one.passages:
            offsets = [at for at, _ in passage.marks]
            assert offsets == sorted(offsets)
            assert all(0 <= at <= len(passage.text) for at in offsets)


@given(documents)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = without_furniture(lines_of_text(text))
    assert [line.text for line in without_furniture(once)] == [line.text for line in once]


@given(st.lists(st.from_regex(r"[A-Za-zäöü]{1,9}(?: [A-Za-zäöü]{1,9}){0,4}", fullmatch=True), min_size=1, max_size=6))
def test_joining_lines_without_hyphens_only_adds_blanks(rows: list[str]) -> None:
    assert flat_text(lines_of_text("\n".join(rows))) == " ".join(rows)


@given(st.binary(min_size=40, max_size=400).map(lambda data: b"\x89PNG\r\n\x1a\n\x00\x00" + data))
def test_a_picture_is_no_document(data: bytes) -> None:
    assert read(data) is None
