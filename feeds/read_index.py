"""A source's index to entries, by the kind that the catalogue gives it."""

from __future__ import annotations

from feeds.entry import Listing
from feeds.read_feed import read_feed
from feeds.read_links import read_links
from feeds.read_sitemap import read_sitemap


def read_index(
    kind: str, links: str | None, match: tuple[str, ...], body: bytes, address: str, content_type: str | None
) -> Listing:
    """What the index at `address` lists; `links` and `match` as in the catalogue's `Source`."""
    if kind == "feed":
        return read_feed(body, address, content_type)
    if kind == "links" and links:
        return read_links(body, address, links, match, content_type)
    if kind == "sitemap":
        return read_sitemap(body, address, match, content_type)
    return Listing((), f"sources of kind {kind!r} are not watched yet")
