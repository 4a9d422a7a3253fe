"""Counts of votes in a line: "14:1:1", "Ja: 12, Nein: 2 (Bayern, Hessen)", "15 Ja-Stimmen, 1 Enthaltung (Bayern)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ALL_STATES = 16
_VOTERS = ALL_STATES + 1
"""In some conferences the Bund votes too. Three numbers that add up to more are a time or something else."""
_HINT = re.compile(r"\d ?[:/] ?\d|\b(?:Ja|Nein)\b")
_NAMES = r"(?: ?\((?P<{0}_names>[^)]*)\))?"
_WORD_FIRST = r"{1}(?:-?[Ss]timmen?)?\D{{0,3}}(?P<{0}>\d{{1,2}})(?: ?(?:Stimmen?|Länder))?" + _NAMES
_NUMBER_FIRST = r"(?P<{0}>\d{{1,2}}|keine?) ?{1}(?:-?[Ss]timmen?)?" + _NAMES
_BETWEEN = r"(?:[ ,;/|]|\bund\b|\bbei\b)*"
_FORMS = (
    re.compile(r"(?P<yes>\d{1,2}) ?: ?(?P<no>\d{1,2}) ?: ?(?P<none>\d{1,2})(?![\d:])"),
    re.compile(r"(?<=: )(?P<yes>\d{1,2}) ?/ ?(?P<no>\d{1,2}) ?/ ?(?P<none>\d{1,2})(?![\d/])"),
    *(
        re.compile(
            form.format("yes", "Ja")
            + rf"(?:{_BETWEEN}{form.format('no', '(?:Nein|Gegen)')})?"
            + rf"(?:{_BETWEEN}{form.format('none', 'Enthaltung(?:en)?')})?"
        )
        for form in (_WORD_FIRST, _NUMBER_FIRST)
    ),
)
_BEFORE = re.compile(r"(?:\bmit )?\(?$")
_BEHIND = re.compile(r"\)?(?: Stimmen\b)?")
_LABEL = re.compile(r"(?:(?:Abstimmungsergebnis|Abstimmung|Votum|Ergebnis|Beschluss) ?:?)? ?[.:]?")

NamedStates = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """`counts`: yes, no, abstained. `rest`: the words around them, "" for nothing but a label."""

    counts: tuple[int, int, int]
    against: tuple[str, ...]
    abstained: tuple[str, ...]
    rest: str


def counts_in(line: str, named: NamedStates) -> Counts | None:
    """The counts that a line holds; None where it holds none, or not all three."""
    if not _HINT.search(line):
        return None
    matches = (form.search(line) for form in _FORMS)
    return next((counts for match in matches if match and (counts := _counts(match, line, named))), None)


def _counts(match: re.Match[str], line: str, named: NamedStates) -> Counts | None:
    said = match.groupdict()
    yes, no, none = (_number(said[key]) for key in ("yes", "no", "none"))
    if yes is None or (no is None and none is None):
        return None
    no = _missing(no, yes, none)
    none = _missing(none, yes, no)
    if no is None or none is None or not 0 < yes + no + none <= _VOTERS:
        return None
    against, abstained = (named(said.get(f"{key}_names") or "") for key in ("no", "none"))
    return Counts((yes, no, none), against, abstained, _rest(line[: match.start()], line[match.end() :]))


def _rest(before: str, behind: str) -> str:
    """The words around the counts, without those that belong to them ("mit … Stimmen")."""
    words = f"{_BEFORE.sub('', before)} {_BEHIND.sub('', behind, count=1)}"
    rest = re.sub(r" (?=[:.])", "", " ".join(words.split()))
    return "" if _LABEL.fullmatch(rest) else rest


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else 0


def _missing(count: int | None, *others: int | None) -> int | None:
    """A count that is not told is nought where the others make up all states, and unknown elsewhere."""
    return 0 if count is None and sum(other or 0 for other in others) == ALL_STATES else count
