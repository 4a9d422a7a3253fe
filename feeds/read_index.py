"""A source's index to entries, by the kind that the catalogue gives it."""

from __future__ import annotations

from config.catalogue import Source
from feeds.entry import Listing
from feeds.fetched import Fetched
from feeds.read_feed import read_feed
from feeds.read_links import read_links
from feeds.read_sitemap import read_sitemap


def read_index(source: Source, answer: Fetched) -> Listing:
    """What the source lists, from what its address answered."""
    if source.kind == "feed":
        return read_feed(answer.body, answer.address, answer.content_type)
    if source.kind == "links" and source.links:
        return read_links(answer.body, answer.address, source.links, source.match, answer.content_type)
    if source.kind == "sitemap":
        return read_sitemap(answer.body, answer.address, source.match, answer.content_type)
    return Listing((), f"sources of kind {source.kind!r} are not watched yet")
