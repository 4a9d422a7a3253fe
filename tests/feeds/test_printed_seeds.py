"""The real documents, printed and read back, give the records that their text gives."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from feeds.read import read_document
from feeds.record import Publication, Reading, Resolution
from tests.feeds.pdf_pages import Look, Order, Side, fitted, printed
from tests.feeds.printed_seeds import RUNNING, collection_types, paper_types
from tests.seeds import Seeds

FEWEST = 5
"""Where every fifth line is numbered, an item with fewer lines has no number."""


@pytest.fixture(scope="module")
def collection(seeds: Seeds) -> Reading:
    return read_document(seeds.intmk.read_bytes(), "any")


def reprinted(seeds: Seeds, look: Look) -> Reading:
    types = collection_types(seeds.intmk.read_text(encoding="utf-8"))
    return read_document(printed(types, fitted(types, look)), "any")


def about(reading: Reading) -> Publication:
    return replace(reading.publication, sha256="")


def numbered_lines(one: Resolution) -> int:
    return sum(len(passage.marks) for passage in one.passages) + sum(
        note.lines is not None for note in one.protocol_notes
    )


LOOK = Look(running=RUNNING, foot="Seite # von 60")


@pytest.mark.parametrize("order", ["with the line", "before the text", "after the text"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_collection_is_the_same_wherever_its_lines_are_numbered(
    collection: Reading, seeds: Seeds, side: Side, order: Order
) -> None:
    again = reprinted(seeds, replace(LOOK, side=side, numbers=order))
    assert about(again) == about(collection)
    assert again.warnings == collection.warnings
    for ours, theirs in zip(again.resolutions, collection.resolutions, strict=True):
        assert ours == theirs


@pytest.mark.parametrize("side", ["left", "right"])
def test_with_every_fifth_line_numbered_the_others_are_counted(collection: Reading, seeds: Seeds, side: Side) -> None:
    again = reprinted(seeds, replace(LOOK, side=side, every=5))
    assert [one.text for one in again.resolutions] == [one.text for one in collection.resolutions]
    pairs = list(zip(again.resolutions, collection.resolutions, strict=True))
    told = [(ours, theirs) for ours, theirs in pairs if numbered_lines(theirs) >= FEWEST]
    assert len(told) > len(pairs) * 0.8
    for ours, theirs in told:
        assert ours == theirs


@pytest.mark.parametrize(
    "look",
    [replace(LOOK, pitch=26.0, gap=12.0), replace(LOOK, pitch=11.5, gap=7.0, top=700.0, foot=None)],
    ids=["wide", "narrow"],
)
def test_the_collection_is_the_same_in_other_spacing(collection: Reading, seeds: Seeds, look: Look) -> None:
    again = reprinted(seeds, look)
    assert again.resolutions == collection.resolutions


@pytest.mark.parametrize("paper", ["roadmap", "alliance"])
@pytest.mark.parametrize(
    "look", [Look(), Look(running=("Papier der Länder",), foot="- # -")], ids=["bare", "furnished"]
)
def test_the_papers_are_the_same_but_for_paragraphs_that_only_place_tells(seeds: Seeds, paper: str, look: Look) -> None:
    """In print a line that had room for the next word ends its paragraph; letters counted, it may be a close call."""
    text = getattr(seeds, paper).read_text(encoding="utf-8")
    types = paper_types(text)
    theirs = read_document(text.replace("●", "•").encode(), "any")
    ours = read_document(printed(types, fitted(types, look)), "any")
    assert about(ours) == about(theirs)
    strip = partial(replace, passages=())
    assert [strip(one) for one in ours.resolutions] == [strip(one) for one in theirs.resolutions]
    assert [one.text.split() for one in ours.resolutions] == [one.text.split() for one in theirs.resolutions]
    assert 0 <= sum(one.paragraphs for one in ours.resolutions) - sum(one.paragraphs for one in theirs.resolutions) <= 1
