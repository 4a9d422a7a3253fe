"""A sitemap (sitemaps.org) to entries. Read as HTML, which knows no entities that could grow."""

from __future__ import annotations

import datetime as dt

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.entry import Entry, Listing, distinct, document_address
from feeds.extract import decoded
from feeds.read_links import matches


def read_sitemap(body: bytes, address: str, match: tuple[str, ...], content_type: str | None = None) -> Listing:
    """The pages that it lists and that meet one of the globs; when one changed is taken from `lastmod`."""
    tree = LexborHTMLParser(decoded(body, content_type))
    pages = tree.css("urlset > url")
    if not pages:
        return Listing((), _nothing(tree, address))
    listed = distinct([entry for page in pages if (entry := _entry(page, address))])
    found = tuple(entry for entry in listed if matches(entry.address, match))
    if not found:
        return Listing((), f"none of the {len(listed)} addresses of the sitemap matches {' or '.join(match)}")
    return Listing(found)


def nested_sitemaps(body: bytes, address: str, content_type: str | None = None) -> tuple[str, ...]:
    """The sitemaps that an index of sitemaps lists; () for anything else."""
    tree = LexborHTMLParser(decoded(body, content_type))
    places = (document_address(address, node.text().strip()) for node in tree.css("sitemapindex > sitemap > loc"))
    return tuple(place for place in places if place)


def _nothing(tree: LexborHTMLParser, address: str) -> str:
    if nested := tree.css("sitemapindex > sitemap > loc"):
        return f"{address} lists {len(nested)} further sitemaps: right is one of those, e.g. {nested[0].text().strip()}"
    return "the answer is no sitemap: right is a list of addresses as sitemaps.org describes it"


def _entry(page: LexborNode, address: str) -> Entry | None:
    place = page.css_first("loc")
    named = place.text().strip() if place else ""
    found = document_address(address, named) if named else None
    return Entry(found, None, None, _changed(page), found) if found else None


def _changed(page: LexborNode) -> dt.datetime | None:
    node = page.css_first("lastmod")
    try:
        moment = dt.datetime.fromisoformat(node.text().strip()) if node else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is not None:
        return moment and moment.astimezone(dt.UTC)
    return moment.replace(tzinfo=dt.UTC)
