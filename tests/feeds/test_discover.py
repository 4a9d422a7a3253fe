"""What can be watched at an address."""

from __future__ import annotations

import pytest

from feeds.discover import DOCUMENTS, Candidate, candidates, sitemaps_of
from feeds.fetched import Fetched, Validators
from tests.publisher import rss

HERE = "https://bspmk.example/beschluesse/"
PDF = '<a href="/7.pdf">7. BspMK</a>'


def answer(body: str, kind: str = "text/html; charset=utf-8") -> Fetched:
    return Fetched(body.encode(), HERE, kind, Validators())


def links(place: str) -> Candidate:
    return Candidate("links", HERE, place, DOCUMENTS)


@pytest.mark.parametrize(
    ("body", "found", "why"),
    [
        (rss([("https://bspmk.example/7.pdf", "7.")]).body.decode(), [Candidate("feed", HERE)], "it is a feed itself"),
        (
            '<head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body>Guten Tag</body>',
            [Candidate("feed", "https://bspmk.example/rss.xml")],
            "it announces one",
        ),
        (
            f'<head><link rel="alternate" type="application/atom+xml" href="/a"></head><main>{PDF}</main>',
            [Candidate("feed", "https://bspmk.example/a"), links("main a[href]")],
            "the feed comes first",
        ),
        ('<head><link rel="alternate" hreflang="en" href="/en"></head>', [], "another language is no feed"),
        (f'<nav><a href="/karte">Karte</a></nav><main>{PDF}</main>', [links("main a[href]")], "the narrowest place"),
        (
            f'<nav><a href="/8.pdf">8.</a></nav><main>{PDF}</main>',
            [links("main a[href]")],
            "one elsewhere is no resolution",
        ),
        (
            f"{PDF.replace('7', '8')}{PDF.replace('7', '9')}<main>{PDF}</main>",
            [links("a[href]")],
            "most stand elsewhere",
        ),
        (f'<div id="content">{PDF}</div>', [links("#content a[href]")], "another narrow place"),
        ("<p>Nichts</p>", [], "nothing"),
        ("", [], "nothing at all"),
        (
            "<urlset><url><loc>https://bspmk.example/7.pdf</loc></url></urlset>",
            [Candidate("sitemap", HERE, match=DOCUMENTS)],
            "a sitemap",
        ),
        (
            "<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>",
            [Candidate("sitemap", "https://bspmk.example/1.xml", match=DOCUMENTS)],
            "what an index of sitemaps names",
        ),
    ],
)
def test_the_surest_first(body: str, found: list[Candidate], why: str) -> None:
    assert list(candidates(answer(body))) == found, why


def test_a_robots_txt_names_sitemaps() -> None:
    robots = "User-agent: *\nSitemap: https://bspmk.example/s.xml\nsitemap:/zwei.xml\nSitemap: javascript:x\n"
    assert [one.address for one in sitemaps_of(answer(robots, "text/plain"))] == [
        "https://bspmk.example/s.xml",
        "https://bspmk.example/zwei.xml",
    ]
