"""What a robots.txt permits us (RFC 9309): groups by product name, the longest matching rule wins.

The standard library's reader takes the first matching rule and knows no wildcards, so it permits what
`Disallow: /*.pdf$` forbids and forbids what a longer `Allow` permits; both occur on the sites we watch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_CHARACTERS = 512_000
"""What stands further back is not read (RFC 9309, section 2.5, asks for 500 KiB at least)."""

MAX_DELAY = 30.0
"""Seconds; a longer Crawl-delay is cut to this one."""

_LINE = re.compile(r"\s*(?P<key>[A-Za-z-]+)\s*:\s*(?P<value>[^#]*)")


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: str
    allow: bool

    def matches(self, path: str) -> bool:
        """`*` stands for anything, `$` at the end for the end. Linear: no pattern can make it slow."""
        anchored = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        for piece in rest[:-1] if anchored and rest else rest:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if not anchored:
            return True
        return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1]) if rest else at == len(path)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us. `delay` is the pause in seconds that is asked for between two requests."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def permits(self, address: str) -> bool:
        parts = urlsplit(address)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        hits = [(len(rule.pattern), rule.allow) for rule in self.rules if rule.matches(path)]
        return max(hits, default=(0, True))[1]


EVERYTHING = Robots()


def parse_robots(text: str, product: str) -> Robots:
    """The rules of all groups that name `product`, else of those for everybody."""
    mine: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    for agents, lines in _groups(text[:MAX_CHARACTERS]):
        if product.lower() in agents:
            named = True
            mine.extend(lines)
        elif "*" in agents:
            everybody.extend(lines)
    lines = mine if named else everybody
    return Robots(tuple(_rules(lines)), _delay(lines))


def _groups(text: str) -> Iterator[tuple[frozenset[str], list[tuple[str, str]]]]:
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for key, value in _lines(text):
        if key == "user-agent" and lines:
            yield frozenset(agents), lines
            agents, lines = set(), []
        if key == "user-agent":
            agents.add(value.lower().partition("/")[0].strip())
        elif agents:
            lines.append((key, value))
    yield frozenset(agents), lines


def _lines(text: str) -> Iterator[tuple[str, str]]:
    known = ("user-agent", "allow", "disallow", "crawl-delay")
    for line in text.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if match and match["key"].lower() in known:
            yield match["key"].lower(), match["value"].strip()


def _rules(lines: list[tuple[str, str]]) -> Iterator[Rule]:
    for key, value in lines:
        if key in ("allow", "disallow") and value:
            yield Rule(_normal(value), key == "allow")


def _delay(lines: list[tuple[str, str]]) -> float:
    wanted = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,9}(\.\d+)?", value)]
    return min(max(wanted, default=0.0), MAX_DELAY)


def _normal(path: str) -> str:
    """One writing for what may be written as itself or percent-encoded."""
    encoded = quote(path, safe="/%*$?=&:@!'()+,;~")
    return re.sub(r"%[0-9a-f]{2}", lambda code: code[0].upper(), encoded, flags=re.IGNORECASE)
