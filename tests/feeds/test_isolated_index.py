"""Indexes are read in a process of their own: what is wrong with one costs one look."""

from __future__ import annotations

import datetime as dt

import pytest

from config.catalogue import Source
from feeds.fetched import Fetched, Validators
from feeds.isolated import ReadingLimits
from feeds.isolated_index import read_index_isolated
from feeds.read_index import read_index
from tests.publisher import links_page, rss

HERE = "https://bspmk.example/index"
FEED = Source("a", "A", "feed", HERE)
LINKS = Source("a", "A", "links", HERE, links="main a[href]", match=("*.pdf",))
SITEMAP = Source("a", "A", "sitemap", HERE)
ENTRIES = [("https://bspmk.example/7.pdf", "7. Sitzung"), ("https://bspmk.example/ä b.pdf", "„Äußerung“")]


def answer(body: bytes, kind: str = "text/html; charset=utf-8") -> Fetched:
    return Fetched(body, HERE, kind, Validators())


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (FEED, rss(ENTRIES).body),
        (LINKS, links_page(ENTRIES).body),
        (SITEMAP, b"<urlset><url><loc>/7.pdf</loc><lastmod>2026-11-06</lastmod></url></urlset>"),
        (FEED, b"kein Feed"),
        (LINKS, b""),
    ],
    ids=["feed", "links", "sitemap", "no feed", "nothing"],
)
async def test_it_gives_what_reading_here_gives(source: Source, body: bytes) -> None:
    given = answer(body)
    here = read_index(source.kind, source.links, source.match, body, given.address, given.content_type)
    assert await read_index_isolated(source, given) == here


async def test_entities_that_grow_cost_one_look() -> None:
    """Each of nine entities is ten of the one before: a billion laughs."""
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{grown}]>'
    bomb = f"{head}<rss><channel><item><title>&e9;</title></item></channel></rss>"
    listing = await read_index_isolated(FEED, answer(bomb.encode(), "application/rss+xml"))
    assert listing.entries == ()


async def test_entities_that_point_elsewhere_are_not_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("streng geheim", encoding="utf-8")
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    body = f"{head}<rss><channel><item><title>&e;</title><link>https://b.example/7.pdf</link></item></channel></rss>"
    listing = await read_index_isolated(FEED, answer(body.encode(), "application/rss+xml"))
    assert "geheim" not in repr(listing)


async def test_time_and_memory_are_bounded() -> None:
    slow = answer(rss(ENTRIES * 40_000).body, "application/rss+xml")
    listing = await read_index_isolated(FEED, slow, ReadingLimits(seconds=0.5))
    assert not listing.usable
    assert "Sekunden" in (listing.problem or "")


async def test_times_come_through_whole() -> None:
    listing = await read_index_isolated(
        SITEMAP, answer(b"<urlset><url><loc>/7.pdf</loc><lastmod>2026-11-06</lastmod></url></urlset>")
    )
    assert listing.entries[0].updated == dt.datetime(2026, 11, 6, tzinfo=dt.UTC)
