"""What an index lists: entries that lead to documents, whether a feed or a page of links gave them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
"""The site builder of the federal administration writes a new session into its links at every look."""

_PATH_SAFE = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed document. `key` is what its publisher calls it (guid), else its address; times are aware UTC."""

    address: str
    title: str | None
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What an index gave. `problem` is a sentence; with entries it is a remark, without them the index is unusable."""

    entries: tuple[Entry, ...]
    problem: str | None = None

    @property
    def usable(self) -> bool:
        return bool(self.entries) or self.problem is None


def document_address(base: str, href: str) -> str | None:
    """The lasting absolute address that `href` means on the page `base`; None if it leads to no document.

    Fragments and session ids go, so that the same document has the same address at every look.
    """
    if href.strip().startswith("#"):
        return None
    try:
        joined = urldefrag(urljoin(base, re.sub(r"[\t\r\n]", "", href.strip()))).url
        parts = urlsplit(_SESSION.sub("", joined))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return None
    except ValueError:  # a port or an IPv6 address that is none
        return None
    path, query = quote(parts.path, safe=_PATH_SAFE), quote(parts.query, safe=_PATH_SAFE + "?")
    return urlunsplit((parts.scheme, parts.netloc, path or "/", query, ""))


def distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """Every address once, in the order of first mention, with the first title that is one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.get(entry.address)
        if known is None or (known.title is None and entry.title is not None):
            found[entry.address] = entry
    return tuple(found.values())
