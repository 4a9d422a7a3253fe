"""The Bundestag's documentation (DIP) as an index: what its interface lists, page by page. Pure.

By its public OpenAPI description: a list comes in pages, each with a cursor; asking again with the cursor gives the
next page, and the list has ended when the cursor stays the same. `f.aktualisiert.start` leaves out what has not changed
since a moment.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feeds.entry import Entry, document_address

OVERLAP = dt.timedelta(days=1)
"""Asked for twice, as nobody promises that what is dated a moment ago can be seen at once."""

FIRST = dt.timedelta(days=30)
"""So far back goes the first look."""

MOST_PAGES = 500
"""Of a hundred each, far more than years bring: what goes on longer does not end."""


@dataclass(frozen=True, slots=True)
class DipPage:
    """`cursor` None: this was the last one. `problem`: the answer is none that the description knows."""

    entries: tuple[Entry, ...] = ()
    cursor: str | None = None
    problem: str | None = None


def since(last_success: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """From when on changes are asked for."""
    return now - FIRST if last_success is None else last_success - OVERLAP


def page_address(address: str, changed_since: dt.datetime, cursor: str | None) -> str:
    """Where the next page is to be had; filters of the catalogue's address are kept."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query)) | {"f.aktualisiert.start": changed_since.isoformat(timespec="seconds")}
    asked |= {"cursor": cursor} if cursor else {}
    return urlunsplit(parts._replace(query=urlencode(asked)))


def read_page(body: bytes, cursor: str | None) -> DipPage:
    """One answer; `cursor` is what it was asked with. A document without a file is left out."""
    try:
        answer = json.loads(body)
        documents, following = answer["documents"], answer["cursor"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return DipPage(problem="the answer is not the list that DIP's description promises (documents, cursor)")
    if not isinstance(documents, list) or not isinstance(following, str):
        return DipPage(problem="the answer is not the list that DIP's description promises (documents, cursor)")
    return DipPage(tuple(_entries(documents)), None if not documents or following == cursor else following)


def _entries(documents: list[Any]) -> Iterator[Entry]:
    for document in documents:
        if isinstance(document, Mapping) and (address := _file(document)) is not None:
            yield Entry(
                address,
                _title(document),
                _moment(document.get("datum")),
                _moment(document.get("aktualisiert")),
                str(document.get("id") or address),
            )


def _file(document: Mapping[str, Any]) -> str | None:
    place = document.get("fundstelle")
    address = place.get("pdf_url") if isinstance(place, Mapping) else None
    return document_address(address, address) if isinstance(address, str) else None


def _title(document: Mapping[str, Any]) -> str | None:
    """For instance "Antrag 21/123: Title"."""
    kind = " ".join(str(document[name]) for name in ("drucksachetyp", "dokumentnummer") if document.get(name))
    title = " ".join(str(document.get("titel") or "").split())
    return ": ".join(part for part in (kind, title) if part) or None


def _moment(raw: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(raw))
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
