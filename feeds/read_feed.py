"""RSS and Atom to entries; the only file that knows feedparser.

The bytes always go in as a stream: handed over directly, feedparser would open them as a file or an address if they
look like one. It also resolves relative links, for which it must be told where the feed came from.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import feedparser
from selectolax.lexbor import LexborHTMLParser

from feeds.entry import Entry, Listing, distinct, document_address
from feeds.feed_dates import parse_feed_date


def read_feed(body: bytes, address: str, content_type: str | None = None) -> Listing:
    """What a feed lists. A body that is no feed, or a broken one, is a listing with a problem, never an exception."""
    headers = {"content-type": content_type or "application/xml", "content-location": address}
    try:
        feed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # feedparser lets errors of its parsers through for bytes nobody foresaw
        return Listing((), f"the feed cannot be read: {_words(error)}")
    items = [_entry(item, address) for item in feed.entries]
    entries = distinct([entry for entry in items if entry])
    return Listing(entries, _problem(feed, items, entries))


def _problem(feed: Any, items: list[Entry | None], entries: tuple[Entry, ...]) -> str | None:
    if not items and not feed.get("version"):
        return "the answer is no feed: right is RSS or Atom"
    if items and not entries:
        return f"none of the feed's {len(items)} entries has a link"
    if feed.bozo and not isinstance(feed.bozo_exception, _HARMLESS):
        return f"the feed is broken, {len(entries)} entries could be read: {_words(feed.bozo_exception)}"
    if left_out := items.count(None):
        return f"{left_out} of the feed's {len(items)} entries have no link and were left out"
    return None


_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
"""What feedparser remarks on a feed that it could read whole: a server that names the wrong charset or type."""


def _entry(item: Any, base: str) -> Entry | None:
    link = _link(item)
    address = document_address(base, link) if link else None
    if address is None:
        return None
    published, updated = _moment(item, "published"), _moment(item, "updated")
    return Entry(
        address=address,
        title=_title(item),
        published=published or updated,
        updated=updated or published,
        key=str(item.get("id") or "").strip() or address,
    )


def _link(item: Any) -> str | None:
    """The entry's page, else the first file that is attached to it."""
    attached = [link.get("href") for link in item.get("links", ())]
    return next((str(one) for one in (item.get("link"), *attached) if one), None)


def _title(item: Any) -> str | None:
    """Without markup, which RSS allows in a title, and on one line."""
    raw = str(item.get("title") or "")
    markup = "html" in str(item.get("title_detail", {}).get("type"))
    text = LexborHTMLParser(raw).text() if markup else raw
    return " ".join(text.split()) or None


def _moment(item: Any, name: str) -> dt.datetime | None:
    """When the entry was "published" or "updated", in UTC. `in` is asked first: feedparser warns of a missing one."""
    if name not in item:
        return None
    parsed = item.get(f"{name}_parsed") if f"{name}_parsed" in item else None
    if parsed is None:
        return parse_feed_date(str(item[name]))
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:  # the year 0, which feedparser lets through
        return None


def _words(error: object) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
