"""What at an address could be watched: feeds that a page announces, sitemaps, the documents that it links. Pure.

The surest comes first: a feed says what is new by itself, a sitemap says what has changed, a list of links only what
there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser

from feeds.entry import document_address
from feeds.extract import decoded
from feeds.fetched import Fetched
from feeds.read_feed import read_feed
from feeds.read_links import read_links
from feeds.read_sitemap import nested_sitemaps, read_sitemap

DOCUMENTS = ("*.pdf",)
_FEEDS = ("application/rss+xml", "application/atom+xml")
_PLACES = ("main a[href]", "article a[href]", "#content a[href]", "a[href]")
"""Where a page's own links stand, the narrowest first; the last one takes its navigation in as well."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to watch, in the catalogue's terms. `links` and `match` are for the kinds that take them."""

    kind: Literal["feed", "links", "sitemap"]
    address: str
    links: str | None = None
    match: tuple[str, ...] = ()


def candidates(answer: Fetched) -> tuple[Candidate, ...]:
    """What the answer is, or what it leads to; () where there is nothing that could be watched."""
    if read_feed(answer.body, answer.address, answer.content_type).entries:
        return (Candidate("feed", answer.address),)
    if nested := nested_sitemaps(answer.body, answer.address, answer.content_type):
        return tuple(Candidate("sitemap", place, match=DOCUMENTS) for place in nested)
    if read_sitemap(answer.body, answer.address, DOCUMENTS, answer.content_type).entries:
        return (Candidate("sitemap", answer.address, match=DOCUMENTS),)
    return (*_announced(answer), *_linked(answer))


def sitemaps_of(robots: Fetched) -> tuple[Candidate, ...]:
    """The sitemaps that a robots.txt names (RFC 9309 leaves such lines to others; sitemaps.org defines this one)."""
    text = robots.body.decode("utf-8", errors="replace")
    named = re.findall(r"^\s*sitemap\s*:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    places = (document_address(robots.address, place) for place in dict.fromkeys(named))
    return tuple(Candidate("sitemap", place, match=DOCUMENTS) for place in places if place)


def _announced(answer: Fetched) -> Iterator[Candidate]:
    tree = LexborHTMLParser(decoded(answer.body, answer.content_type))
    for node in tree.css("link[rel~=alternate][href]"):
        kind, href = (node.attributes.get("type") or "").lower(), node.attributes.get("href") or ""
        place = document_address(answer.address, href) if kind in _FEEDS else None
        if place:
            yield Candidate("feed", place)


def _linked(answer: Fetched) -> Iterator[Candidate]:
    """The narrowest place that has most of the documents which the page links: one in the footer is no resolution."""
    found = {
        place: len(read_links(answer.body, answer.address, place, DOCUMENTS, answer.content_type).entries)
        for place in _PLACES
    }
    most = max(found.values())
    if most:
        place = next(place for place in _PLACES if 2 * found[place] >= most)
        yield Candidate("links", answer.address, place, DOCUMENTS)
