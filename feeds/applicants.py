"""Who brought an agenda item in: the labelled lines of its head, as states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.states import States
from feeds.head_lines import APPLICANTS
from feeds.line import Line
from feeds.listed_states import Listed, listed_states
from feeds.paragraphs import flat_text

_UNFINISHED = re.compile(r"(?:[-,/;(]|\bund|\bder|\bdes)$")


@dataclass(frozen=True, slots=True)
class Applicants:
    """`label` as printed ("Berichterstattung"); a warning for each name that is no state and nobody else we know."""

    states: tuple[str, ...] = ()
    label: str | None = None
    warnings: tuple[str, ...] = ()


NO_APPLICANTS = Applicants()


def applicants_of(lines: tuple[Line, ...], states: States) -> Applicants:
    """The states named behind the labels; names that were cut at a line's end are put together."""
    groups: list[list[Line]] = []
    labels: list[str] = []
    for line in lines:
        match = APPLICANTS.fullmatch(line.text)
        if match:
            labels.append(match["label"])
            groups.append([line._replace(text=match["names"])])
        elif groups:
            groups[-1].append(line)
    listed = [_listed(tuple(group), states) for group in groups]
    return Applicants(
        tuple(dict.fromkeys(name for one in listed for name in one.states)),
        labels[0] if labels else None,
        tuple(
            f"{label} nicht sicher erkannt: „{part}“"
            for label, one in zip(labels, listed, strict=True)
            for part in one.unknown
        ),
    )


def names_go_on(above: Line, line: Line, states: States) -> bool:
    """Whether a line below applicants holds more of them: the name or list above is not finished, or it is a list."""
    match = APPLICANTS.fullmatch(above.text)
    names = match["names"] if match else above.text
    if not names or _UNFINISHED.search(names):
        return True
    listed = listed_states(line.text, states)
    return not line.gap and bool(listed.states) and not listed.unknown


def _listed(lines: tuple[Line, ...], states: States) -> Listed:
    """Names may go on over a line's end, or stand one on each line."""
    running = listed_states(flat_text(lines), states)
    if not running.unknown or len(lines) == 1:
        return running
    one_a_line = listed_states("; ".join(line.text for line in lines), states)
    return min(running, one_a_line, key=lambda listed: len(listed.unknown))
