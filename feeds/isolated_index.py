"""Reading an untrusted index (a feed, a page, a sitemap) in a process of its own, as documents are read: a feed that
takes twenty seconds, or grows without end, costs one failed look."""

from __future__ import annotations

from cattrs.errors import BaseValidationError

from config.catalogue import Source
from feeds.entry import Listing
from feeds.fetched import Fetched
from feeds.isolated import NONSENSE, ReadingLimits, ask_child
from feeds.listing_as_json import listing_from_json
from feeds.unreadable import UnreadableDocument

INDEX_LIMITS = ReadingLimits(seconds=20.0, memory=1_000_000_000, answer=16_000_000)


async def read_index_isolated(source: Source, answer: Fetched, limits: ReadingLimits = INDEX_LIMITS) -> Listing:
    """What the source lists. Whatever goes wrong is a listing with a problem, as for any index."""
    index = {"kind": source.kind, "links": source.links, "match": list(source.match)}
    order = {"source": answer.address, "content_type": answer.content_type, "index": index}
    try:
        return _listing(await ask_child(order, answer.body, limits))
    except UnreadableDocument as error:
        return Listing((), str(error))


def _listing(data: object) -> Listing:
    if not isinstance(data, dict):
        raise UnreadableDocument(NONSENSE)
    try:
        return listing_from_json(data)
    except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError):
        raise UnreadableDocument(NONSENSE) from None
