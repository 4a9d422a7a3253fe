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


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("form", ["{}", "<html><body><p>{}</p></body></html>"])
def test_wide_characters_are_told_by_their_mark(coding: str, form: str) -> None:
    data = form.format("Beschlüsse – „Länder“").encode(coding)
    assert [line.text for line in lines_of_document(data)] == ["Beschlüsse – „Länder“"]


def test_a_mark_alone_or_half_a_character_is_no_text() -> None:
    assert lines_of_document(b"\xff\xfe") == ()
    assert [line.text for line in lines_of_document("Ja".encode("utf-16") + b"\x00")] == ["Ja\ufffd"]


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


TEXT = "<h2>TOP: 1.1 Bänke</h2><p>Die Länder bitten den Bund um zwanzig neue Bänke im Park.</p>"
SHOWN = ["TOP: 1.1 Bänke", "Die Länder bitten den Bund um zwanzig neue Bänke im Park."]

SURROUNDINGS = [
    (f"<nav><p>Start</p></nav><header>Kopf</header>{TEXT}<footer>Fuß</footer>", "elements that say so"),
    (f'<div role="navigation">Start</div>{TEXT}<p hidden>Verborgen</p>', "roles and hidden parts"),
    (f'<div class="breadcrumb">Sie sind hier: Start</div>{TEXT}<div id="fuss">Anschrift</div>', "names that say so"),
    (f'<ul><li><a href="/">Start</a></li><li><a href="/b">Suche</a></li></ul>{TEXT}', "a list of links"),
    (f'{TEXT}<p><a href="/0">« vorheriger</a> | <a href="/2">nächster »</a></p>', "a line of links"),
    (
        f'{TEXT}<div><h4>Service</h4><ul><li><a href="/k">Kontakt zur Geschäftsstelle</a></li></ul></div>',
        "a box of links",
    ),
    (f"<span>Druckversion</span>{TEXT}<p>nach oben</p><p>Impressum | Datenschutz</p><p>© 2034 GMK</p>", "signposts"),
    (f"<p>Vorspann</p><main>{TEXT}</main><p>Nachspann</p>", "around a main that holds most"),
    (f'<table><tr><td><a href="/">Start</a><br><a href="/b">Liste</a></td><td>{TEXT}</td></tr></table>', "a table"),
]


@pytest.mark.parametrize(("body", "reason"), SURROUNDINGS, ids=[case[1] for case in SURROUNDINGS])
def test_what_helps_to_find_ones_way_is_left_out(body: str, reason: str) -> None:
    assert shown(body) == SHOWN


CONTENT = [
    (f'<div class="nav">{TEXT}</div>', "a name that says surroundings around a head"),
    (TEXT.replace("TOP: 1.1 Bänke", '<a href="/1.1">TOP: 1.1 Bänke</a>'), "a head that is a link"),
    (f"<main></main>{TEXT}", "a main without text"),
    (
        f"<article>{TEXT.replace('<h2>', '<header><h2>').replace('</h2>', '</h2></header>')}</article>",
        "an article's head",
    ),
    (f"<article>Kurzmeldung</article><article>Noch eine</article>{TEXT}", "articles that hold little"),
    (f'<div id="content"><a href="/">Start</a></div>{TEXT}', "a content that holds nothing but links"),
]


@pytest.mark.parametrize(("body", "reason"), CONTENT, ids=[case[1] for case in CONTENT])
def test_no_line_of_a_resolution_is_lost(body: str, reason: str) -> None:
    assert set(SHOWN) <= set(shown(body))


LISTS = [
    ("<ol><li>eins</li><li>zwei</li></ol>", ["1. eins", "2. zwei"], "counted"),
    ('<ol start="3"><li>drei</li><li>vier</li></ol>', ["3. drei", "4. vier"], "counted from three"),
    ('<ol><li>eins</li><li value="5">fünf</li><li>sechs</li></ol>', ["1. eins", "5. fünf", "6. sechs"], "one is told"),
    ('<ol type="a"><li>eins</li><li>zwei</li></ol>', ["a) eins", "b) zwei"], "lettered"),
    ('<ol style="list-style-type: lower-alpha"><li>eins</li></ol>', ["a) eins"], "lettered by style"),
    (
        "<ol><li><p>eins</p><p>mehr</p></li><li><p>zwei</p></li></ol>",
        ["1. eins", "mehr", "2. zwei"],
        "paragraphs in it",
    ),
    ("<ul><li><div><p>Punkt</p></div></li></ul>", ["• Punkt"], "a dot before a block"),
    ('<ol start="x"><li value="-1">eins</li></ol>', ["1. eins"], "numbers that are none"),
    ('<ol type="a" start="9999"><li>eins</li></ol>', ["9999. eins"], "more than there are letters"),
]


@pytest.mark.parametrize(("body", "lines", "reason"), LISTS, ids=[case[2] for case in LISTS])
def test_list_entries_have_the_mark_that_a_browser_shows(body: str, lines: list[str], reason: str) -> None:
    assert shown(body) == lines


TABLES = [
    (
        "<tr><th>Land</th><th>Praxen</th></tr><tr><td>Hessen</td><td>214</td></tr>",
        ["Land Praxen", "Hessen 214"],
        "rows",
    ),
    ("<tr><td>Hes<b>sen</b></td><td> 37 </td></tr>", ["Hessen 37"], "with a mark inside a word"),
    ("<tr><td><p>Eins.</p></td><td><p>Zwei.</p></td></tr>", ["Eins.", "Zwei."], "cells that hold paragraphs"),
    (f"<tr><td>Menü</td><td>{'Wort ' * 20}</td></tr>", ["Menü", ("Wort " * 20).strip()], "a page laid out in cells"),
    ("<tr><td>Nur eine</td></tr>", ["Nur eine"], "one cell"),
]


@pytest.mark.parametrize(("rows", "lines", "reason"), TABLES, ids=[case[2] for case in TABLES])
def test_a_row_of_a_table_is_a_line(rows: str, lines: list[str], reason: str) -> None:
    assert shown(f"<table>{rows}</table>") == lines


def shown(body: str) -> list[str]:
    return [line.text for line in lines_of_html(f"<!doctype html><html><body>{body}</body></html>")]
