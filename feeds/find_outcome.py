"""What became of a resolution: adopted, noted, rejected, put off, withdrawn; None where the text does not say."""

from __future__ import annotations

import re

from feeds.record import Outcome, Resolution

_IN_HEAD: tuple[tuple[re.Pattern[str], Outcome], ...] = (
    (re.compile(r"\bzurückgezogen\b|\babgesetzt\b", re.IGNORECASE), "zurückgezogen"),
    (re.compile(r"\bvertagt\b|\bzurückgestellt\b|\bverschoben\b", re.IGNORECASE), "vertagt"),
    (re.compile(r"\babgelehnt\b|\bkeine Mehrheit\b", re.IGNORECASE), "abgelehnt"),
)
_THIS = (
    r"(?:Der|Dieser|Die|Das)\s(?:[\w-]+\s)?"
    r"(?:Antrag|Beschlussvorschlag|TOP|Tagesordnungspunkt|Beratung|Beschlussfassung|Vorlage|Punkt)\b"
)
_IN_BODY: tuple[tuple[re.Pattern[str], Outcome], ...] = (
    (re.compile(rf"^{_THIS}[^.]*\b(?:zurückgezogen|abgesetzt)\b"), "zurückgezogen"),
    (re.compile(rf"^{_THIS}[^.]*\b(?:vertagt|zurückgestellt|verschoben)\b"), "vertagt"),
    (re.compile(rf"^{_THIS}[^.]*\b(?:abgelehnt|findet keine Mehrheit|erhält keine Mehrheit)\b"), "abgelehnt"),
)
_PUTS_OFF = re.compile(
    r"(?:Die|Der|Das|Sie)\s[^.;]*\b(?:vertag(?:t|en)|verschieb(?:t|en))\s(?:ihre|die|den)\s(?:[\w-]+\s)?"
    r"(?:Beratung|Beschlussfassung|Behandlung|Befassung|Tagesordnungspunkt|TOP|Antrag)\b[^.;]*\."
)
"""A resolution of one sentence, by which nothing is decided but when."""
_NOTED = re.compile(r"\bzur\sKenntnis(?:\sgenommen)?\.?$")
_HEAD_MARK = re.compile(r"[-–(\[]\s?(?P<mark>[^-–()\[\]]+?)\s?[-–)\]]?$")


def find_outcome(resolution: Resolution) -> Outcome | None:
    """The outcome that the reader already took from a vote line; else by the vote, the head, the body.

    A vote adopts, also when what was adopted is to take note of a report; only what is adopted to be put off is put
    off. Without a vote line, a resolution that only takes note has that as its outcome.
    """
    if _PUTS_OFF.fullmatch(resolution.text.strip()):
        return "vertagt"
    if resolution.outcome or resolution.vote:
        return resolution.outcome or "beschlossen"
    return _of_head(resolution) or _of_body(resolution)


def _of_head(resolution: Resolution) -> Outcome | None:
    """A mark such as "- zurückgezogen -" behind the title, or as label or subtitle."""
    mark = _HEAD_MARK.search(resolution.title)
    marks = " ".join((mark["mark"] if mark else "", resolution.label or "", resolution.subtitle or ""))
    return next((outcome for pattern, outcome in _IN_HEAD if pattern.search(marks)), None)


def _of_body(resolution: Resolution) -> Outcome | None:
    body = resolution.text.strip()
    told = next((outcome for pattern, outcome in _IN_BODY if pattern.search(body)), None)
    return told or ("zur Kenntnis" if not resolution.items and _NOTED.search(body) else None)
