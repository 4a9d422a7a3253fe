"""What makes two readings the same resolution, and what makes one of them news.

Conferences publish the same resolution in several ways: in a collection, on a page of its own, again after a typo
was mended. A *key* says which resolution it is, a *fingerprint* what it says. Both look past typography, so the PDF
and the web page of one resolution are one, and neither is news after the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import astuple

from feeds.changes import statement_of
from feeds.record import Publication, Reading, Resolution

_HEAD = re.compile(r"^\s*TOP\b[\s:]*", re.IGNORECASE)
_SPARE = re.compile(r"[\W_]+")
_LETTER = re.compile(r"(?<=[0-9])(?=[a-z])")


def number_key(number: str) -> str:
    """An agenda number as people may type it, reduced to what counts: "TOP 2.1.B", "2.1b", "2.1 b" → "2.1.b"."""
    plain = _HEAD.sub("", number).strip().rstrip(".:)").replace(" ", "").casefold()
    return _LETTER.sub(".", plain)


def natural_keys(reading: Reading, address: str) -> tuple[str, ...]:
    """One key per resolution of the document, in its order: conference, session (or date) and number.

    Without a conference the address stands in. A paper's numbers are its own, so its title belongs to the key. A
    number that a document has twice gets its count, so that none hides another.
    """
    publication = reading.publication
    scope = _scope(publication, address)
    plain = [f"{scope} / {_place(publication, resolution)}" for resolution in reading.resolutions]
    seen: Counter[str] = Counter()
    keys = []
    for key in plain:
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return tuple(keys)


def fingerprint(resolution: Resolution) -> str:
    """SHA-256 over what counts of a resolution: the same for two exactly if `changes_between` them gives nothing."""
    said = json.dumps(astuple(statement_of(resolution)))
    return hashlib.sha256(said.encode()).hexdigest()


def _scope(publication: Publication, address: str) -> str:
    session = publication.session or publication.date_start
    paper = publication.kind == "paper"
    if publication.body is None or session is None or (paper and publication.title is None):
        return f"@{address}"
    conference = f"{publication.body.casefold()} / {session}"
    return f"{conference} / {_plain(publication.title or '')}" if paper else conference


def _place(publication: Publication, resolution: Resolution) -> str:
    if resolution.number is None:
        return _plain(resolution.title)
    # A paper may have a section 1 and a Handlungsfeld 1.
    kind = f"{_plain(resolution.section)} " if publication.kind == "paper" and resolution.section else ""
    return kind + number_key(resolution.number)


def _plain(text: str) -> str:
    return _SPARE.sub(" ", text).strip().casefold()
