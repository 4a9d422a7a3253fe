"""On which page of a file a resolution begins: what a link to its source opens at."""

from __future__ import annotations

from dataclasses import replace

from feeds.as_json import resolution_from_json, resolution_to_json
from feeds.read import read_document
from storage.identity import fingerprint
from tests.feeds.pdf_pages import Type, printed

BODY = "Die Beispielministerkonferenz begrüßt den Bericht und bittet um Fortschreibung bis zum Herbst."


def item(number: str, page_start: bool = False) -> list[Type]:
    return [
        Type(f"TOP {number}", gap=True, page_start=page_start),
        Type("Bericht der Arbeitsgruppe", gap=True),
        Type("Die BspMK hat einstimmig beschlossen:", gap=True),
        Type(f"1. {BODY}", gap=True),
    ]


def test_each_has_the_page_of_its_head() -> None:
    lines = [*item("1.1"), *item("1.2"), *item("2.1", page_start=True), *item("3.1", page_start=True)]
    reading = read_document(printed(lines), "x.pdf")
    assert [(one.number, one.page) for one in reading.resolutions] == [("1.1", 1), ("1.2", 1), ("2.1", 2), ("3.1", 3)]


def test_the_page_is_kept_but_is_no_part_of_what_is_said() -> None:
    (one,) = read_document(printed([Type("Deckblatt"), *item("1.1", page_start=True)]), "x.pdf").resolutions
    assert one.page == resolution_from_json(resolution_to_json(one)).page == 2
    elsewhere = replace(one, page=9)
    assert (elsewhere, fingerprint(elsewhere)) == (one, fingerprint(one))


def test_a_text_has_no_pages() -> None:
    text = "\n\n".join(line.text for line in item("1.1"))
    assert [one.page for one in read_document(text.encode(), "x.txt").resolutions] == [None]
