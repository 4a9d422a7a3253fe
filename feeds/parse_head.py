"""The head of an agenda item: title, label, applicants, vote, and where the body begins.

Strategy: what stands above the applicants or the vote line is the title; further groups of lines are the subtitle.
Without either mark the title is what stands beside the number, else the first group of lines below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from config.states import States
from feeds.blocks import AgendaBlock
from feeds.dialect import APPLICANTS, ASIDE, ENDED, LABEL, Dialect
from feeds.line import Line
from feeds.paragraphs import flat_text
from feeds.record import Outcome, Reference
from feeds.votes import Ballot, ballot_of

_HEAD_LINES = 40
"""Applicants of all sixteen states take seven lines; a head is never longer than this."""
_SEPARATOR = re.compile(r",| und |;|/")
_VORGANG = re.compile(r"(?:TOP (?P<number>[\w.]+) ?(?:der )?)?(?P<session>\d{1,4})\. ?(?P<body>[A-ZÄÖÜ][\w-]+)")
_ENDED: dict[str, Outcome] = {"zurückgezogen": "zurückgezogen", "abgesetzt": "zurückgezogen", "abgelehnt": "abgelehnt"}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body; `body_at` is the position of the body's first line in the block."""

    title: str
    subtitle: str | None = None
    label: str | None = None
    applicants: tuple[str, ...] = ()
    applicants_label: str | None = None
    ballot: Ballot | None = None
    references: tuple[Reference, ...] = ()
    body_at: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the number: a label or the title, and what became of the item."""

    title: str | None
    label: str | None
    ballot: Ballot | None


def head_of(block: AgendaBlock, dialect: Dialect, states: States) -> Head:
    beside = _beside(block.rest)
    top = block.lines[:_HEAD_LINES]
    named = next((at for at, line in enumerate(top) if APPLICANTS.fullmatch(line.text)), None)
    voted = next((at for at, line in enumerate(top) if ballot_of(line.text, states.in_text)), None)
    opened = next((at for at, line in enumerate(top) if dialect.opening and dialect.opening.fullmatch(line.text)), None)
    marks = [at for at in (named, voted, opened) if at is not None]
    continued = _until_gap(top, 0) if beside.title and top and not top[0].gap else 0
    upper, titles_end = _titles(top, continued, min(marks, default=None), beside)
    names_end = _until_gap(top, named + 1) if named is not None else 0
    applicants, label, warnings = _applicants(top[named:names_end], states) if named is not None else ((), None, ())
    return Head(
        title=flat_text(upper[0]) if upper else "",
        subtitle=" ".join(flat_text(group) for group in upper[1:]) or None,
        label=beside.label,
        applicants=applicants,
        applicants_label=label,
        ballot=beside.ballot or (ballot_of(top[voted].text, states.in_text) if voted is not None else None),
        references=_references(top[: min(marks, default=titles_end)]),
        body_at=max(titles_end, names_end, 0 if voted is None else voted + 1, opened or 0),
        warnings=warnings if upper else (*warnings, "Kein Titel gefunden."),
    )


def _beside(rest: str | None) -> _Beside:
    if rest is None:
        return _Beside(None, None, None)
    ended = ENDED.fullmatch(rest)
    ballot = Ballot(outcome=_ENDED.get(ended["how"], "vertagt")) if ended else None
    shown = ended["title"] if ended else rest
    return _Beside(None, shown.strip("()"), ballot) if LABEL.fullmatch(shown) else _Beside(shown or None, None, ballot)


def _titles(
    top: tuple[Line, ...], continued: int, mark: int | None, beside: _Beside
) -> tuple[list[tuple[Line, ...]], int]:
    """The groups of lines of title and subtitle, and where they end in the block."""
    first = [(Line(beside.title), *top[:continued])] if beside.title else []
    if mark is None and first:
        return first, continued
    groups = _groups(tuple(line for line in top[continued:mark] if not ASIDE.fullmatch(line.text)))
    if mark is None:
        return groups[:1], sum(map(len, groups[:1]))
    return [*first, *groups], mark


def _groups(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return [tuple(group) for group in groups]


def _until_gap(lines: tuple[Line, ...], start: int) -> int:
    return next((at for at in range(start, len(lines)) if lines[at].gap), len(lines))


def _applicants(lines: tuple[Line, ...], states: States) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """Names of the applicants, the label in front of them, and a warning for each name that is no state."""
    match = APPLICANTS.fullmatch(lines[0].text)
    if match is None:
        return (), None, ()
    names = flat_text((replace(lines[0], text=match["names"]), *lines[1:]))
    if re.fullmatch(r"alle(?: 16)? Länder", names):
        return states.names, match["label"], ()
    parts = [part.strip() for part in _SEPARATOR.split(names) if part.strip()]
    found = [states.find(part) for part in parts]
    warnings = tuple(
        f"{match['label']} nicht sicher erkannt: „{part}“" for part, one in zip(parts, found, strict=True) if not one
    )
    return tuple(dict.fromkeys(one.name for one in found if one)), match["label"], warnings


def _references(lines: tuple[Line, ...]) -> tuple[Reference, ...]:
    """ "Vorgang: TOP 13 90.UMK" names earlier resolutions."""
    asides = [match["text"] for line in lines if (match := ASIDE.fullmatch(line.text)) and match["label"] == "Vorgang"]
    return tuple(
        Reference(found["body"], int(found["session"]), found["number"], found[0])
        for text in asides
        for found in _VORGANG.finditer(text)
    )
