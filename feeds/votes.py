"""Vote lines: how a conference says what became of an agenda item.

Strategy: a vote line is a line of its own that consists of nothing but a verdict: a sentence ("Die IntMK hat
einstimmig beschlossen:"), a labelled result ("Abstimmungsergebnis: 14:1:1"), counts with the names behind them, or
one word ("- zurückgezogen -"). It is taken apart into verdict, counts and names; a line with anything else in it is
text. The order of bare counts is yes, no, abstained, as the conferences print them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from feeds.record import Outcome, Vote

NamedStates = Callable[[str], tuple[str, ...]]
"""The states that a text names, in its order (`States.in_text`)."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a vote line tells; `body` is the name that the conference gives itself in it."""

    vote: Vote | None = None
    outcome: Outcome | None = None
    counts: tuple[int, int, int] | None = None
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    body: str | None = None


_VERDICT = r"(?P<vote>einstimmig|mehrheitlich|mit Mehrheit)"
_NAMES = r"(?:de[rsnm] |den Ländern |Land |Ländern )?[^.:;()]{3,250}?"
_ABSTAINED = rf"(?:bei |mit )?(?:Stimm)?[Ee]nthaltung(?:en)? (?:von |durch )?(?P<abstained>{_NAMES})"
_AGAINST = rf"gegen die Stimmen? (?:von |des |der )?(?P<against>{_NAMES})"
_SUBJECT = r"(?:Die|Der|Das) (?P<body>[A-ZÄÖÜa-zäöü][^.:;]{1,140}?)"
_DECIDED = r"beschlossen|angenommen|zugestimmt|abgelehnt|vertagt|zurückgezogen|zur Kenntnis genommen|verabschiedet"
_LABEL = r"(?:Abstimmungsergebnis|Abstimmung|Votum|Ergebnis|Beschluss)"

_SENTENCE = re.compile(
    rf"{_SUBJECT} (?:hat|haben) (?:{_VERDICT} ?)?(?:,? ?{_AGAINST} )?(?:,? ?{_ABSTAINED} )?"
    rf"(?:wie folgt |folgenden Beschluss |Folgendes |den Antrag )?(?P<done>{_DECIDED}|gefasst) ?[:.]?"
)
_FASSEN = re.compile(
    rf"{_SUBJECT} (?:fasst|fassen) (?:{_VERDICT} )?(?:,? ?{_ABSTAINED} )?(?:den )?folgenden (?P<done>Beschluss) ?[:.]?"
)
_RESULT = re.compile(
    rf"{_LABEL}:? (?:{_VERDICT},? ?)?(?P<done>{_DECIDED})?"
    rf"(?: ?\(?,? ?{_AGAINST}\)?)?(?: ?\(?,? ?{_ABSTAINED}\)?)? ?[.:]?"
)
_RATIO = re.compile(rf"(?:{_LABEL}:? )?\(?(?P<yes>\d{{1,2}}) ?[:/] ?(?P<no>\d{{1,2}}) ?[:/] ?(?P<none>\d{{1,2}})\)?\.?")
_COUNT = r"\D{{0,3}}(?P<{0}>\d{{1,2}})(?: ?(?:Stimmen?|Länder))? ?(?:\((?P<{0}_names>[^)]*)\))?"
_POLL = re.compile(
    rf"(?:{_LABEL}:? )?Ja(?:-Stimmen)?{_COUNT.format('yes')}[ ,;/|]*Nein(?:-Stimmen)?{_COUNT.format('no')}"
    rf"(?:[ ,;/|]*Enthaltung(?:en)?{_COUNT.format('none')})?\.?"
)
_WORD = re.compile(rf"[-–(] ?(?P<done>{_DECIDED}) ?[-–)]|Der Antrag (?:wurde|wird) (?P<passive>{_DECIDED})\.?")

_OUTCOMES: dict[str, Outcome] = {
    "abgelehnt": "abgelehnt",
    "vertagt": "vertagt",
    "zurückgezogen": "zurückgezogen",
    "zur Kenntnis genommen": "zur Kenntnis",
}


def ballot_of(line: str, named: NamedStates) -> Ballot | None:
    """The ballot of a vote line; None for every other line."""
    return _poll(line, named) or _ratio(line) or _told(line, named)


def result_of(line: str, named: NamedStates) -> Ballot | None:
    """The ballot of a line that can stand below the text: labelled or counted, never a mere sentence."""
    return _poll(line, named) or _ratio(line) or _verdict(_RESULT.fullmatch(line), named)


def _told(line: str, named: NamedStates) -> Ballot | None:
    match = _SENTENCE.fullmatch(line) or _FASSEN.fullmatch(line) or _RESULT.fullmatch(line) or _WORD.fullmatch(line)
    return _verdict(match, named)


def _verdict(match: re.Match[str] | None, named: NamedStates) -> Ballot | None:
    said = match.groupdict() if match else {}
    done = said.get("done") or said.get("passive")
    if not (said.get("vote") or done):
        return None
    return Ballot(
        vote=_vote(said.get("vote")),
        outcome=_OUTCOMES.get(done or "", "beschlossen"),
        against=named(said.get("against") or ""),
        abstained=named(said.get("abstained") or ""),
        body=_short_name(said.get("body")),
    )


def _vote(word: str | None) -> Vote | None:
    if word is None:
        return None
    return "einstimmig" if word == "einstimmig" else "mehrheitlich"


def _ratio(line: str) -> Ballot | None:
    match = _RATIO.fullmatch(line)
    return _counted(int(match["yes"]), int(match["no"]), int(match["none"])) if match else None


def _poll(line: str, named: NamedStates) -> Ballot | None:
    match = _POLL.fullmatch(line)
    if match is None:
        return None
    against, abstained = named(match["no_names"] or ""), named(match["none_names"] or "")
    return _counted(int(match["yes"]), int(match["no"]), int(match["none"] or 0), against, abstained)


def _counted(yes: int, no: int, none: int, against: tuple[str, ...] = (), abstained: tuple[str, ...] = ()) -> Ballot:
    """No vote against is called "einstimmig", abstentions or not; more against than for is a refusal."""
    vote: Vote | None = "einstimmig" if no == 0 else "mehrheitlich"
    outcome: Outcome = "beschlossen" if yes > no else "abgelehnt"
    return Ballot(vote if yes > no else None, outcome, (yes, no, none), against, abstained)


def _short_name(subject: str | None) -> str | None:
    """Only a single name ("IntMK") names the conference; "Ministerinnen und Minister" does not."""
    return subject if subject and re.fullmatch(r"[A-ZÄÖÜ]\w*[A-ZÄÖÜK][\w-]*", subject) else None
