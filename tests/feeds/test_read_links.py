"""Pages of links as the conferences keep them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.read_links import matches, read_links

ADDRESS = "https://x.example/konferenz/beschluesse.html"

PAGE = """<!doctype html><html><head><title>Beschlüsse</title></head><body>
<nav><a href="/">Start</a> <a href="/impressum.pdf">Impressum</a></nav>
<main>
  <a name="oben"></a><a href="#oben">nach oben</a> <a href="mailto:post@x.example">Schreiben</a>
  <ul class="downloads">
    <li><a href="toP-5.2.pdf"> TOP 5.2
        <b>Sprachkurse</b> </a></li>
    <li><a href="/docs/a.PDF?__blob=publicationFile#page=2"><img src="pdf.png"></a></li>
    <li><a href="/docs/a.PDF?__blob=publicationFile">Beschluss A</a></li>
    <li><a href="Beschluesse.html?uid=268&amp;jahr=2022" title="Beschluss 268"></a></li>
    <li><a href="beschluesse.html">diese Seite</a></li>
    <li><a>ohne Ziel</a><a href="">leer</a></li>
  </ul>
</main></body></html>""".encode()


def found(body: bytes, selector: str, *match: str, content_type: str | None = None) -> list[tuple[str, str | None]]:
    listing = read_links(body, ADDRESS, selector, match or ("*",), content_type)
    assert listing.problem is None
    return [(entry.address.removeprefix("https://x.example/"), entry.title) for entry in listing.entries]


def test_links_with_their_words() -> None:
    assert found(PAGE, "main a[href]") == [
        ("konferenz/toP-5.2.pdf", "TOP 5.2 Sprachkurse"),
        ("docs/a.PDF?__blob=publicationFile", "Beschluss A"),
        ("konferenz/Beschluesse.html?uid=268&jahr=2022", "Beschluss 268"),
    ]


@pytest.mark.parametrize("selector", ["main", "ul.downloads", "ul.downloads li", "main a"])
def test_a_selector_may_name_what_holds_the_links(selector: str) -> None:
    assert [address for address, _ in found(PAGE, selector, "*.pdf")] == [
        "konferenz/toP-5.2.pdf",
        "docs/a.PDF?__blob=publicationFile",
    ]


@pytest.mark.parametrize(
    ("address", "glob", "meets"),
    [
        ("https://x.example/a.pdf", "*.pdf", True),
        ("https://x.example/a.PDF?v=2", "*.pdf", True),
        ("https://x.example/a.html", "*.pdf", False),
        ("https://x.example/Beschluesse.html?uid=268&jahr=2022", "/Beschluesse.html?uid=*", True),
        ("https://x.example/Beschluesse.html", "/Beschluesse.html?uid=*", False),
        ("https://x.example/presse/archiv/1.html", "/presse/archiv/*", True),
        ("https://x.example/Beschl%C3%BCsse/1", "/beschlüsse/*", True),
        ("https://pdf.example/", "*pdf*", False),
    ],
)
def test_globs_are_for_path_and_query(address: str, glob: str, meets: bool) -> None:
    assert matches(address, (glob,)) is meets
    assert matches(address, ("/no*", glob)) is meets


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ('<base href="/docs/">', "https://x.example/docs/a.pdf"),
        ('<base href="https://y.example/z/">', "https://y.example/z/a.pdf"),
        ('<base target="_blank"><base href="/docs/">', "https://x.example/docs/a.pdf"),
        ('<base href="http://[">', "https://x.example/konferenz/a.pdf"),
        ("", "https://x.example/konferenz/a.pdf"),
    ],
)
def test_relative_links_start_where_the_page_says(base: str, address: str) -> None:
    listing = read_links(f"<html><head>{base}</head><a href='a.pdf'>A</a></html>".encode(), ADDRESS, "a")
    assert [entry.address for entry in listing.entries] == [address]


@pytest.mark.parametrize(
    ("body", "selector", "match", "says"),
    [
        (PAGE, "div.downloads a", ("*",), "may have been rebuilt"),
        (PAGE, "nav", ("*.docx",), "none of the 2 links"),
        (PAGE, "nav >> a", ("*",), "is no CSS selector"),
        (PAGE, "", ("*",), "is no CSS selector"),
        (b"", "a", ("*",), "may have been rebuilt"),
        (b"%PDF-1.7 \x00\xff", "a", ("*",), "may have been rebuilt"),
    ],
)
def test_finding_nothing_is_a_problem_not_silence(
    body: bytes, selector: str, match: tuple[str, ...], says: str
) -> None:
    listing = read_links(body, ADDRESS, selector, match)
    assert not listing.usable
    assert says in str(listing.problem)


@pytest.mark.parametrize(
    ("charset", "meta", "content_type"),
    [
        ("utf-8", "", None),
        ("utf-8", "", "text/html; charset=utf-8"),
        ("iso-8859-1", "", "text/html; charset=ISO-8859-1"),
        ("iso-8859-1", '<meta charset="iso-8859-1">', "text/html"),
        ("iso-8859-1", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', None),
        ("cp1252", "", "text/html; charset=utf-8"),
        ("utf-8", "", "text/html; charset=nonsense"),
        ("utf-8-sig", "", None),
    ],
)
def test_characters_are_read_as_declared_or_as_they_look(charset: str, meta: str, content_type: str | None) -> None:
    body = f'<html><head>{meta}</head><a href="a.pdf">Beschlüsse – Länder</a>'
    body = body if charset != "iso-8859-1" else body.replace("–", "-")
    ((_, title),) = found(body.encode(charset), "a", content_type=content_type)
    assert title == ("Beschlüsse - Länder" if charset == "iso-8859-1" else "Beschlüsse – Länder")


@given(st.binary(max_size=200) | st.text("<>a href='\"/#:?&;", max_size=120).map(str.encode))
def test_rubbish_is_survived(body: bytes) -> None:
    listing = read_links(body, ADDRESS, "a", ("*",))
    assert listing.entries or listing.problem
