"""The title of an agenda item, with its label, subtitle and part, from the lines around its number.

A label stands beside the number without being the title ("Leitantrag", "1. Priorität"); one word alone is a label only
if a title stands below it. A title goes on over empty space where a word or a phrase is not finished.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from feeds.blocks import AgendaBlock
from feeds.dialect import Dialect
from feeds.head_lines import PART
from feeds.line import Line
from feeds.paragraphs import UNFINISHED, flat_text
from feeds.votes import Ballot, NamedStates, ballot_of

_MOST_LINES = 4
"""Of a title; a longer group without empty space holds text too."""
_PRIORITY = re.compile(r"(?P<label>\d{1,2}\. Priorität)(?: (?P<title>.+))?")
_PRIORITY_ALONE = re.compile(r"\d{1,2}\. Priorität")
_LABEL = re.compile(r"\([^()]{2,40}\)|(?:Leit|Haupt|Dringlichkeits|Initiativ|Ergänzungs|Änderungs)antrag|(?i:block)")
_ONE_WORD = re.compile(r"[A-ZÄÖÜ]\w+")
_ENDED = re.compile(r"(?P<title>.*?) ?(?P<end>[-–(] ?[^-–()]{5,25} ?[-–)])\.?")

Group = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the number: a label, the title or its beginning, and what became of the item."""

    title: str | None = None
    label: str | None = None
    ballot: Ballot | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """`part`: the letter that tells apart items with one number. `length`: how many lines below the head it takes."""

    text: str
    subtitle: str | None = None
    label: str | None = None
    part: str | None = None
    ballot: Ballot | None = None
    length: int = 0


def split_beside(rest: str | None, named: NamedStates, *, below: bool) -> Beside:
    """`below`: whether a title stands below the head line."""
    if rest is None:
        return Beside()
    shown, ballot = without_end(rest, named)
    priority = _PRIORITY.fullmatch(shown)
    if priority:
        return Beside(priority["title"], priority["label"], ballot)
    if _LABEL.fullmatch(shown) or (below and _ONE_WORD.fullmatch(shown)):
        return Beside(None, shown.strip("()"), ballot)
    return Beside(shown or None, None, ballot)


def without_end(text: str, named: NamedStates) -> tuple[str, Ballot | None]:
    """A title without the mark at its end that tells what became of the item, and what it tells."""
    ended = _ENDED.fullmatch(text)
    ballot = ballot_of(ended["end"], named) if ended else None
    return (ended["title"], ballot) if ended and ballot else (text, None)


def title_of(block: AgendaBlock, beside: Beside, dialect: Dialect, above: Group | None, named: NamedStates) -> Title:
    """The title from what stands beside the number and from `above`, the lines above the first mark of the head.

    Without a mark (None) only the first group of lines can belong to it, and the name of a part.
    """
    head = (Line(beside.title),) if beside.title else ()
    if above is None:
        groups = _first_groups(head + block.lines, shared=block.shared)
    else:
        groups = _groups(head + above, shared=block.shared)
    length = sum(map(len, groups)) - len(head)
    texts = [flat_text(group) for group in _merged(groups)]
    kind = next((text for text in texts if _is_label(text, dialect)), None)
    texts = [text for text in texts if text != kind]
    part = next((match for text in texts[1:] if (match := PART.fullmatch(text))), None) if block.shared else None
    title, ballot = without_end(texts[0], named) if texts else ("", None)
    return Title(
        title,
        subtitle=(part["rest"] if part else " ".join(texts[1:])) or None,
        label=beside.label or kind,
        part=part["part"] if part else None,
        ballot=beside.ballot or ballot,
        length=length,
    )


def _is_label(text: str, dialect: Dialect) -> bool:
    """A label may stand on a line of its own."""
    return bool((dialect.kind and dialect.kind.fullmatch(text)) or _PRIORITY_ALONE.fullmatch(text))


def _first_groups(lines: Group, *, shared: bool) -> list[Group]:
    first = _first_group(lines, shared=shared)
    below = lines[len(first) :]
    is_part = shared and below and PART.fullmatch(below[0].text)
    return [first, _first_group(below, shared=shared)] if is_part else [first] if first else []


def _first_group(lines: Group, *, shared: bool) -> Group:
    """The lines to the first empty space; where there is none for long, those that surely belong together."""
    group = next(iter(_groups(lines, shared=shared)), ())
    if len(group) <= _MOST_LINES:
        return group
    broken = (at for at, (above, line) in enumerate(pairwise(group), start=1) if not _goes_on(above, line))
    return group[: next(broken, len(group))]


def _groups(lines: Group, *, shared: bool) -> list[Group]:
    """Lines without empty space between them; the name of a part begins a group."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.gap or (shared and PART.fullmatch(line.text)):
            groups.append([])
        groups[-1].append(line)
    return [tuple(group) for group in groups]


def _merged(groups: list[Group]) -> list[Group]:
    """Groups of which the next one goes on with an unfinished phrase, as one."""
    merged: list[Group] = []
    for group in groups:
        if merged and _goes_on(merged[-1][-1], group[0]):
            merged[-1] += group
        else:
            merged.append(group)
    return merged


def _goes_on(above: Line, line: Line) -> bool:
    in_sentence = line.text[:1].islower() and not PART.fullmatch(line.text)
    return in_sentence or bool(UNFINISHED.search(above.text))
