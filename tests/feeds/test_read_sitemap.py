from __future__ import annotations

import datetime as dt

import pytest

from feeds.read_sitemap import nested_sitemaps, read_sitemap

HERE = "https://bspmk.example/sitemap.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def sitemap(*pages: str) -> bytes:
    listed = "".join(f"<url>{page}</url>" for page in pages)
    return f'{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


@pytest.mark.parametrize(
    ("lastmod", "moment"),
    [
        ("<lastmod>2026-11-06</lastmod>", dt.datetime(2026, 11, 6, tzinfo=dt.UTC)),
        ("<lastmod> 2026-11-06T12:00:00+01:00 </lastmod>", dt.datetime(2026, 11, 6, 11, tzinfo=dt.UTC)),
        ("<lastmod>gestern</lastmod>", None),
        ("", None),
    ],
)
def test_addresses_with_their_last_change(lastmod: str, moment: dt.datetime | None) -> None:
    body = sitemap(f"<loc>https://bspmk.example/a&amp;b.pdf</loc>{lastmod}", "<loc>https://bspmk.example/</loc>")
    (entry,) = read_sitemap(body, HERE, ("*.pdf",)).entries
    assert (entry.address, entry.updated) == ("https://bspmk.example/a&b.pdf", moment)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (sitemap("<loc>https://bspmk.example/a.html</loc>"), "none of the 1 addresses"),
        (b"<html><body>Guten Tag</body></html>", "no sitemap"),
        (b"", "no sitemap"),
        (b"\xff\xfe\x00", "no sitemap"),
        (sitemap("<loc>file:///etc/passwd</loc>", "<loc></loc>", ""), "none of the 0"),
        (
            b"<sitemapindex><sitemap><loc>https://b.example/1.xml</loc></sitemap></sitemapindex>",
            "e.g. https://b.example",
        ),
    ],
)
def test_what_is_none_is_a_problem(body: bytes, says: str) -> None:
    found = read_sitemap(body, HERE, ("*.pdf",))
    assert found.entries == ()
    assert says in (found.problem or "")


def test_entities_do_not_grow() -> None:
    bomb = f'{HEAD}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>https://b.example/&b;.pdf</loc></url></urlset>'
    (entry,) = read_sitemap(bomb.encode(), HERE, ("*.pdf",)).entries
    assert "aaaa" not in entry.address


def test_an_index_of_sitemaps_names_them() -> None:
    body = b"<sitemapindex><sitemap><loc>/eins.xml</loc></sitemap><sitemap><loc>https://b.example/2.xml</loc></sitemap>"
    assert nested_sitemaps(body, HERE) == ("https://bspmk.example/eins.xml", "https://b.example/2.xml")
    assert nested_sitemaps(sitemap(), HERE) == ()
