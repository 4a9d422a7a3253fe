"""Subscriptions as a list of the lines that one would type for them: to take along to another chat, and to read back.

A line is "/abo thema Sprachkurse täglich # Mein Name": what makes it, and behind "#" what the chat calls it. A list
reaches the parser as one line, as every message does; each of its lines still begins with its command.
"""

from __future__ import annotations

import re
from itertools import pairwise

from handlers.subscription_commands import ImportSubscriptions

MOST_LINES = 100
"""Twice what a chat may have: what is beyond cannot be added anyway."""

_NAMES = "abo|abonnieren|subscribe|folgen|follow"
_BEGINS = re.compile(rf"(?<!\S)/(?:{_NAMES})(?=[\s@])", re.IGNORECASE)
_IMPORT = re.compile(r"import(?:\s+(?P<yes>ja|yes))?(?:\s+(?P<lines>/.*))?", re.IGNORECASE)
_HEAD = r"/(?:abos?|abonnieren|subscribe|subscriptions)(?:@\w+)?\s+import"
_ALONE = re.compile(_HEAD, re.IGNORECASE)
_MESSAGE = re.compile(rf"\s*(?P<head>{_HEAD})[ \t]*\n(?P<lines>.*)", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r"(?P<line>.*?)\s+#\s+(?P<name>.*)")


def read_list(rest: str, command: str) -> ImportSubscriptions | None:
    """What stands behind `command` ("/abo"): "import" with or without a list, or a list that begins there; else
    None, as for a search with the word "Import"."""
    if match := _IMPORT.fullmatch(rest):
        return ImportSubscriptions(split_lines(match["lines"] or ""), bool(match["yes"]))
    return ImportSubscriptions(split_lines(f"{command} {rest}")) if _BEGINS.search(rest) else None


def split_lines(line: str) -> tuple[str, ...]:
    """The single lines of a list that was written into one."""
    starts = [match.start() for match in _BEGINS.finditer(line)]
    return tuple(line[start:end].strip() for start, end in pairwise([*starts, len(line)]))


def is_list(text: str) -> bool:
    """Whether a text of several lines holds such a list, whatever else it holds."""
    return any(_BEGINS.match(line.strip()) for line in text.splitlines())


def as_one_line(text: str) -> str:
    """A message that is a list, or whose first line says that one follows, with a command before each of its lines;
    others stay as they are."""
    match = _MESSAGE.fullmatch(text)
    lines = (" ".join(line.split()) for line in (match["lines"] if match else text).splitlines())
    told = [line for line in lines if line and not line.startswith("#")][:MOST_LINES]
    if match is None and (len(told) < 2 or not all(map(_BEGINS.match, told))):
        return text
    head = match["head"] if match else "/abo import"
    return " ".join([head, *(line if _BEGINS.match(line) else f"/abo {line}" for line in told)])


def with_name(line: str, name: str | None) -> str:
    plain = re.sub(r"\s#\s", " ", line)
    return f"{plain} # {name}" if name else plain


def without_name(line: str) -> tuple[str, str | None]:
    """The line, and the name behind it."""
    match = _NAMED.fullmatch(line)
    return (match["line"], match["name"].strip() or None) if match else (line, None)


ASKS = "/abo import"
"""The bot's question for a list; with a list behind it the question whether to add that."""


def completed(question: str, text: str) -> str | None:
    """The line that completes such a question; None if `text` is not what it answers."""
    before, _, lines = question.partition(ASKS)
    if lines:
        agreed = text.strip().casefold() in ("ja", "yes", f"{before}/abo import ja".casefold())
        return f"{before}/abo import ja{lines}" if agreed else None
    other = text.startswith("~") or (text.startswith("/") and not is_list(text))
    if other or _ALONE.fullmatch(text.strip()):
        return None
    told = text if _MESSAGE.fullmatch(text) else f"/abo import\n{text}"
    return f"{before}{as_one_line(told)}"
