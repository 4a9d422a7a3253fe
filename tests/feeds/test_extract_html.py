"""Web pages give the same lines as print: the content alone, a line a paragraph."""

from __future__ import annotations

import pytest

from feeds.extract import lines_of_document
from feeds.extract_html import lines_of_html
from feeds.read import read_document

PAGE = """<!doctype html><html><head><title>Beschlüsse</title><style>p {}</style></head><body>
<nav><a href="/">Start</a></nav>
<main><h2>TOP 4.2</h2><h3>Digitale Termine</h3>
<p>Antragsteller: Berlin, Mecklen-<br>burg-Vorpommern</p><p>Die BspMK hat mehrheitlich beschlossen:</p>
<ol><li>Die BspMK bittet den <b>Bund</b> um Hilfe.</li><li>Sie dankt den Ländern.</li></ol>
<p>Protokollerklärung der Freien und Hansestadt Hamburg zu Ziffer 2:</p><p>Hamburg enthält sich.</p></main>
<footer><p>Impressum</p></footer><script>var x = "TOP 9.9";</script></body></html>"""


def test_only_the_content_is_read_with_breaks_and_list_marks() -> None:
    assert [line.text for line in lines_of_html(PAGE)] == [
        "TOP 4.2",
        "Digitale Termine",
        "Antragsteller: Berlin, Mecklen-",
        "burg-Vorpommern",
        "Die BspMK hat mehrheitlich beschlossen:",
        "1. Die BspMK bittet den Bund um Hilfe.",
        "2. Sie dankt den Ländern.",
        "Protokollerklärung der Freien und Hansestadt Hamburg zu Ziffer 2:",
        "Hamburg enthält sich.",
    ]


def test_a_page_gives_a_record() -> None:
    (one,) = read_document(PAGE.encode(), "https://example.org/4.2.html", "text/html; charset=utf-8").resolutions
    assert (one.number, one.title, one.vote) == ("4.2", "Digitale Termine", "mehrheitlich")
    assert one.applicants == ("Berlin", "Mecklenburg-Vorpommern")
    assert [item.text for item in one.items] == ["Die BspMK bittet den Bund um Hilfe.", "Sie dankt den Ländern."]
    (note,) = one.protocol_notes
    assert (note.states, note.item, note.text) == (("Hamburg",), 2, "Hamburg enthält sich.")


def test_deep_nesting_is_no_problem() -> None:
    depth = 20_000
    assert [line.text for line in lines_of_html("<body>" + "<div>" * depth + "Text" + "</div>" * depth)] == ["Text"]


def test_the_declared_character_set_counts() -> None:
    assert lines_of_document("Beschlüsse".encode("cp1252"), "text/plain; charset=windows-1252")[0].text == "Beschlüsse"
    assert lines_of_document("Beschlüsse".encode("utf-16"), "text/plain; charset=utf-16")[0].text == "Beschlüsse"
    assert lines_of_document("Beschlüsse".encode(), None)[0].text == "Beschlüsse"


PRINT = """TOP 1.1
Bericht der Arbeitsgruppe
Antragsteller: Berlin, Mecklen-
burg-Vorpommern
Die BspMK hat einstimmig beschlossen:
1. Die BspMK bittet den Bund, die Kurse aus-1
kömmlich zu finanzieren und darüber zu be-2
richten. 3
TOP 1.2
Erfolgskontrolle
Antragsteller: Bayern
Die BspMK hat mehrheitlich beschlossen:
Der Bericht wird zur Kenntnis genommen. 1"""

PAGES = [
    (
        "<body>" + "".join(f"<p>{line}</p>" for line in PRINT.split("\n")) + "</body>",
        "an element for every printed line",
    ),
    ("<body><p>" + PRINT.replace("\n", "<br>") + "</p></body>", "printed lines in one element"),
    ("<body><pre>" + PRINT + "</pre></body>", "preformatted text"),
]


@pytest.mark.parametrize(("page", "reason"), PAGES, ids=[page[1] for page in PAGES])
def test_pages_made_from_print_read_like_print(page: str, reason: str) -> None:
    first, second = read_document(page.encode(), "https://example.org/print.html").resolutions
    assert (first.number, first.vote, first.applicants) == ("1.1", "einstimmig", ("Berlin", "Mecklenburg-Vorpommern"))
    assert [item.text for item in first.items] == [
        "Die BspMK bittet den Bund, die Kurse auskömmlich zu finanzieren und darüber zu berichten."
    ]
    assert (second.number, second.vote, second.applicants) == ("1.2", "mehrheitlich", ("Bayern",))
    assert second.text == "Der Bericht wird zur Kenntnis genommen."
