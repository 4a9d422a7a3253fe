"""A page of links to entries: which anchors count is said by a CSS selector and by globs on their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feeds.entry import Entry, Listing, distinct, document_address
from feeds.extract import decoded

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 4096
"""Bytes that are searched for the page's own word on its characters (HTML allows 1024; pages are sloppy)."""


def read_links(
    body: bytes, address: str, selector: str, match: tuple[str, ...] = ("*.pdf",), content_type: str | None = None
) -> Listing:
    """What a page lists. A selector or globs that find nothing are a problem: the page was rebuilt, or is not ours."""
    tree = LexborHTMLParser(_text(body, content_type))
    try:
        anchors = list(_anchors(tree, selector))
    except SelectolaxError:
        return Listing((), f"{selector!r} is no CSS selector")
    base = _base(tree, address)
    entries = distinct([entry for anchor in anchors if (entry := _entry(anchor, base)) and entry.address != address])
    if not entries:
        return Listing((), f"the selector {selector!r} finds no link on the page: it may have been rebuilt")
    matching = tuple(entry for entry in entries if matches(entry.address, match))
    if not matching:
        return Listing((), f"none of the {len(entries)} links of the page matches {' or '.join(match)}")
    return Listing(matching)


def matches(address: str, globs: tuple[str, ...]) -> bool:
    """Whether the address's path, or its path with the query, meets one of the globs; case does not count."""
    parts = urlsplit(address.lower())
    path = unquote(parts.path)
    shown = (path, f"{path}?{unquote(parts.query)}")
    return any(fnmatchcase(one, glob.lower()) for glob in globs for one in shown)


def _anchors(tree: LexborHTMLParser, selector: str) -> Iterator[LexborNode]:
    """The selected anchors, and those inside other selected elements."""
    for node in tree.css(selector):
        if node.tag == "a":
            yield node
        else:
            yield from node.css("a[href]")


def _entry(anchor: LexborNode, base: str) -> Entry | None:
    href = anchor.attributes.get("href")
    address = document_address(base, href) if href else None
    if address is None:
        return None
    return Entry(address=address, title=_title(anchor), key=address)


def _title(anchor: LexborNode) -> str | None:
    """What the link says, else what its attributes say (a picture as a link has only those)."""
    said = (anchor.text(), anchor.attributes.get("title"), anchor.attributes.get("aria-label"))
    return next((line for text in said if (line := " ".join((text or "").split()))), None)


def _base(tree: LexborHTMLParser, address: str) -> str:
    """Where relative links start: the page itself, unless its head says otherwise."""
    element = tree.css_first("base[href]")
    href = element.attributes.get("href") if element else None
    try:
        return urljoin(address, href) if href else address
    except ValueError:
        return address


def _text(body: bytes, content_type: str | None) -> str:
    """The page's characters: as the server says, else as the page says, else as they look."""
    if "charset" not in (content_type or "").lower() and (found := _META_CHARSET.search(body[:_META_WITHIN])):
        return decoded(body, f"text/html; charset={found[1].decode('ascii')}")
    return decoded(body, content_type)
