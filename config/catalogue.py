"""The catalogue of sources: which publications are watched, where they stand and how often they are looked at.

People edit `sources.toml` without touching code, so every problem of the file is found at once and named by entry and
key. One reader per key turns what was typed into a value; it raises `ValueError` with the end of a sentence that begins
with the key's name.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from config.durations import parse_duration

Kind = Literal["feed", "links", "sitemap", "dip", "api-later"]
KINDS: tuple[Kind, ...] = ("feed", "links", "sitemap", "dip", "api-later")


@dataclass(frozen=True, slots=True)
class Source:
    """One watched publication.

    `kind` says how its index is read: "feed" is RSS or Atom, "links" an HTML page with a list of links, "sitemap" a
    list of addresses (sitemaps.org), "dip" the interface of the Bundestag's documentation; "api-later" is known but not
    watched yet. `links` is the CSS selector of the anchors (or of what holds them), `match` the globs of which a link's
    path (with or without its query) must meet one. `interval` lies between two looks at the index, `recheck` between
    two looks at a document that was read. A silence longer than `expected_every` is suspicious.
    `verified` says that an operator has seen it working.
    """

    id: str
    name: str
    kind: Kind
    address: str = ""
    interval: dt.timedelta = dt.timedelta(hours=6)
    expected_every: dt.timedelta = dt.timedelta(days=400)
    body: str | None = None
    verified: bool = False
    links: str | None = None
    match: tuple[str, ...] = ("*.pdf",)
    recheck: dt.timedelta = dt.timedelta(days=7)

    @property
    def watched(self) -> bool:
        return self.kind != "api-later"


class CatalogueError(Exception):
    """A catalogue that cannot be used; `problems` names every one by entry and key."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{path}: " + "; ".join(self.problems))


def load_catalogue(path: Path) -> tuple[Source, ...]:
    """The sources of the file in its order; raises `CatalogueError` with all that is wrong in it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(path, [f"it cannot be read: {error.strerror or error}"]) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(path, ["it is not UTF-8 text"]) from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path, [f"it is not valid TOML: {error}"]) from error
    problems: list[str] = []
    sources = tuple(_sources(table, problems))
    if problems:
        raise CatalogueError(path, problems)
    return sources


def _sources(table: Mapping[str, Any], problems: list[str]) -> Iterator[Source]:
    problems.extend(f"{_unknown(key, ['source'])}; entries begin with [[source]]" for key in table if key != "source")
    entries = table.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append("'source' is no list of tables: entries begin with [[source]]")
        return
    problems.extend(_twice(entries))
    for place, entry in enumerate(entries, start=1):
        found: list[str] = []
        source = _source(entry, found)
        problems.extend(f"{_named(entry, place)}: {problem}" for problem in found)
        if source:
            yield source


def _source(entry: Mapping[str, Any], problems: list[str]) -> Source | None:
    problems.extend(_unknown(key, _READERS) for key in entry if key not in _READERS)
    values: dict[str, Any] = {}
    for key in (key for key in _READERS if key in entry):
        try:
            values[key] = _READERS[key](entry[key])
        except ValueError as error:
            problems.append(f"'{key}' {error}")
    problems.extend(_missing(entry))
    problems.extend(_together(entry, values))
    return None if problems else Source(**values)


def _missing(entry: Mapping[str, Any]) -> Iterator[str]:
    needed = ["id", "name", "kind"]
    if entry.get("kind") != "api-later":
        needed += ["address", "interval", "expected_every"]
    if entry.get("kind") == "links":
        needed.append("links")
    yield from (f"'{key}' is missing: {_RIGHT[key]}" for key in needed if key not in entry)


def _together(entry: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    """Problems that only show when the keys of one entry are seen side by side."""
    for key, kinds in (("links", ("links",)), ("match", ("links", "sitemap"))):
        if key in entry and values.get("kind") not in (*kinds, None):
            for_kinds = " and ".join(f'"{kind}"' for kind in kinds)
            yield f"'{key}' is only for kind {for_kinds}: right is to leave it out"
    interval, expected = values.get("interval"), values.get("expected_every")
    if interval and expected and expected < interval:
        yield "'expected_every' is shorter than 'interval': right is the longest silence that would be normal"


def _twice(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    counted = Counter(entry["id"] for entry in entries if isinstance(entry.get("id"), str))
    for name, count in counted.items():
        if count > 1:
            yield f"'{name}': 'id' stands {count} times: right is an id of its own for every source"


def _named(entry: Mapping[str, Any], place: int) -> str:
    name = entry.get("id")
    return f"'{name}'" if isinstance(name, str) and name else f"entry {place}"


def _unknown(key: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.6)
    return f"'{key}' is no key: " + (f"did you mean '{near[0]}'?" if near else f"known are {', '.join(names)}")


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(f"is {raw!r}: right is a text in quotes")
    return raw.strip()


def _id(raw: object) -> str:
    text = _text(raw)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise ValueError(f"is {text!r}: right are small letters, digits and single hyphens, such as 'bundestag-hib'")
    return text


def _kind(raw: object) -> str:
    text = _text(raw)
    if text not in KINDS:
        raise ValueError(f"is {text!r}: {_RIGHT['kind']}")
    return text


def _address(raw: object) -> str:
    text = _text(raw)
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        sound = False
    if not sound or re.search(r"\s", text):
        raise ValueError(f"is {text!r}: {_RIGHT['address']}")
    if parts.username or parts.password:
        raise ValueError("holds a user name or password: right is an address without, secrets do not belong here")
    return text


def _duration(raw: object) -> dt.timedelta:
    return parse_duration(_text(raw))


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"is {raw!r}: right is true or false, without quotes")
    return raw


def _selector(raw: object) -> str:
    text = _text(raw)
    try:
        LexborHTMLParser("<p></p>").css(text)
    except SelectolaxError as error:
        raise ValueError(f"is {text!r}, which is no CSS selector: {_RIGHT['links']}") from error
    return text


def _globs(raw: object) -> tuple[str, ...]:
    globs = raw if isinstance(raw, list) else [raw]
    if not globs:
        raise ValueError('is empty: right is a glob such as "*.pdf", or a list of them')
    return tuple(_text(glob) for glob in globs)


_READERS: Mapping[str, Callable[[object], object]] = {
    "id": _id,
    "name": _text,
    "body": _text,
    "kind": _kind,
    "address": _address,
    "interval": _duration,
    "expected_every": _duration,
    "verified": _flag,
    "links": _selector,
    "match": _globs,
    "recheck": _duration,
}

_RIGHT: Mapping[str, str] = {
    "id": "right are small letters, digits and single hyphens, such as 'bundestag-hib'",
    "name": "right is what people call the source",
    "kind": 'right is "feed", "links", "sitemap", "dip" or "api-later"',
    "address": "right is an address that begins with http:// or https:// and has a host",
    "interval": 'right is how often to look, such as "6h"',
    "expected_every": 'right is the longest silence that would be normal, such as "180d"',
    "links": 'right is the CSS selector of the links, such as "main a[href]"',
}
