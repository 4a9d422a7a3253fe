"""Vote lines: how a conference says what became of an agenda item.

Strategy: a vote line is a line of its own that consists of nothing but a verdict: a sentence ("Die IntMK hat
einstimmig beschlossen:"), a labelled result ("Abstimmungsergebnis: 14:1:1"), counts with the names behind them, or
one word ("- zurückgezogen -"). It is taken apart into verdict, counts and names; a line with anything else in it is
text. A line that is a vote line but says it in words we do not know gives a ballot that is `unsure`. The order of
bare counts is yes, no, abstained, as the conferences print them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from feeds.counts import ALL_STATES, counts_in
from feeds.record import Outcome, Vote

NamedStates = Callable[[str], tuple[str, ...]]
"""The states that a text names, in its order (`States.in_text`)."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a vote line tells; `body` is the name that the conference gives itself in it.

    `unsure`: the line as printed, where it tells of a vote in words that we do not know.
    """

    vote: Vote | None = None
    outcome: Outcome | None = None
    counts: tuple[int, int, int] | None = None
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    body: str | None = None
    unsure: str | None = None


_MAJORITY = r"mit (?:(?:großer|überwiegender|breiter|der|der erforderlichen|Zweidrittel-) ?)?[Mm]ehrheit"
_VERDICT = rf"(?P<vote>[Ee]instimmig|[Mm]ehrheitlich|{_MAJORITY})"
_NAMES = r"[^.:;()]{2,250}?"
_OF = r"(?:von |durch |des |der )?"
_ABSTAINED = rf"(?:bei |mit )?(?:Stimm)?[Ee]nthaltung(?:en)? {_OF}(?P<abstained>{_NAMES})"
_AGAINST = rf"gegen die Stimmen? {_OF}(?P<against>{_NAMES})"
_NAMED = rf"(?:,? ?\(?{_AGAINST}\)?)?(?:,? ?\(?{_ABSTAINED}\)?)?"
_FIRST_ABSTAINED = _ABSTAINED.replace("abstained", "abstained_first")
_FIRST_AGAINST = _AGAINST.replace("against", "against_first")
_AND_ABSTAINED = _ABSTAINED.replace("abstained", "abstained_second")
_AND_AGAINST = _AGAINST.replace("against", "against_second")
_FIRST = (
    rf"(?:(?:{_FIRST_ABSTAINED}(?:(?: und|,) {_AND_AGAINST})?|{_FIRST_AGAINST}(?:(?: und|,) {_AND_ABSTAINED})?)"
    rf" (?={_VERDICT.replace('vote', 'then')}|beschlossen))?"
)
"""Names in front of the verdict: "bei Enthaltung von Hamburg und gegen die Stimme Hessens mehrheitlich"."""
_HOW = rf"{_FIRST}(?:{_VERDICT} ?)?(?:,? ?{_AGAINST} )?(?:,? ?{_ABSTAINED} )?"
_SUBJECT = r"(?:Die|Der|Das) (?P<body>[A-ZÄÖÜa-zäöü][^.:;]{1,140}?)"
_DONE = (
    r"beschlossen|angenommen|zugestimmt|abgelehnt|vertagt|zurückgezogen|zurückgestellt|abgesetzt|zur Kenntnis genommen"
    r"|verabschiedet|von der Tagesordnung genommen"
)
_LABEL = r"(?:Abstimmungsergebnis|Abstimmung|Votum|Ergebnis|Beschluss)"
_TOPIC = r"(?:Der|Die|Das|Dieser) (?:TOP|Tagesordnungspunkt|Punkt|Antrag|Beschlussvorschlag|Beschlussantrag|Vorlage)"
_BY = r"(?:von (?:der|den|dem) \w+den (?:\w+ )?)?"
"""Who withdrew it: "von der anmeldenden Seite"."""
_OBJECT = r"(?:wie folgt |folgenden Beschluss |Folgendes |den Antrag )?"

_MAYBE = re.compile(
    r"(?:D(?:ie|er|as|ieser) |[-–(\d]|Abstimm|Votum|Ergebnis|Beschluss|Ja\b|Gegen |Bei |Mit |Einstimmig|Mehrheitlich)"
)
"""How a vote line can begin; looking at that first spares most lines the rest."""
_SENTENCE = "D"
_VERDICT_WORDS = (
    *(
        "beschlossen",
        "angenommen",
        "zugestimmt",
        "abgelehnt",
        "vertagt",
        "zurückge",
        "abgesetzt",
        "genommen",
        "gefasst",
    ),
    *("verabschiedet", "Beschluss", "ehrheit", "stimm", "nthaltung", "onsens", "nehmlich", "hellig", "otum"),
)
"""Of which a sentence must hold one to be a vote line."""
_TOLD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SUBJECT} (?:hat|haben) {_HOW}{_OBJECT}(?P<done>{_DONE}|gefasst) ?[:.]?",
        rf"{_SUBJECT} (?:fasst|fassen) {_HOW}(?:den )?folgenden (?P<done>Beschluss) ?[:.]?",
        rf"[-–(] ?(?i:von der Tagesordnung )?(?P<done>(?i:{_DONE}|entfällt)) ?[-–)]",
        rf"[-–(] ?{_VERDICT} ?[-–)]",
        rf"{_TOPIC} (?:wird|wurde|ist) (?:{_VERDICT} )?{_BY}(?:von der Tagesordnung |im Block )?(?P<done>{_DONE}) ?\.?",
        rf"{_TOPIC} (?P<done>(?:findet|erhält|fand|erhielt) (?:nicht die erforderliche|keine) Mehrheit) ?\.?",
    )
)
_BARE = re.compile(
    rf"(?:{_VERDICT},? ?|(?=Gegen|Bei|Mit))(?:(?i:{_AGAINST}),? ?)?(?:(?i:{_ABSTAINED}) )?(?P<done>{_DONE}) ?[:.]?"
)
"""Without a subject: "Gegen die Stimme von Bayern angenommen:"."""
_BY_NUMBER = re.compile(
    rf"{_SUBJECT} (?:hat|haben) mit (?:den Stimmen von )?(?P<yes>\d{{1,2}} )(?:(?:Ja-?)?[Ss]timmen|Ländern)"
    rf"(?:,? ?{_AGAINST})?(?:,? ?(?:und )?{_ABSTAINED})? {_OBJECT}(?P<done>beschlossen|angenommen|zugestimmt) ?[:.]?"
)
"""How many were for it, and the others by name."""
_RESULT = re.compile(rf"{_LABEL}:? (?:{_VERDICT},? ?)?(?P<done>{_DONE})?{_NAMED} ?[.:]?")
_TAKEN = re.compile(
    rf"Der Beschluss (?:zu (?:TOP|Punkt|Tagesordnungspunkt) [\w./]+(?: ?[a-z]\)|\))? )?(?:wird|wurde|erging) {_VERDICT}"
    r"(?: gefasst)?\."
)
_NAMES_FIRST = re.compile(
    rf"(?:(?P<against>{_NAMES}) (?:hat|haben) (?:dem|diesem) (?:Beschluss|Antrag) nicht zugestimmt)?"
    rf"(?:[;,.]? ?(?:und )?(?P<abstained>{_NAMES}) (?:hat|haben) sich (?:der Stimme )?enthalten)?\."
)
"""Below the text: "Bayern hat dem Beschluss nicht zugestimmt; Sachsen hat sich der Stimme enthalten."."""
_NAMES_FIRST_ENDS = ("nicht zugestimmt.", " enthalten.")
_PART = re.compile(r"[;,.( ]*\b([Ee]nthaltung(?:en)?|[Dd]agegen|Gegenstimmen?|Nein(?:-Stimmen)?) ?: ?")
_LABELLED_VERDICT = re.compile(rf"{_LABEL}:? ?(?:{_VERDICT})?")
_AGAINST_OR_ABSTAINED = {"en": "abstained", "da": "against", "ge": "against", "ne": "against"}
_LABELLED = re.compile(r"(?:Abstimmungsergebnis|Abstimmung|Votum) ?: ?\S.{0,150}")
_ABOUT_VOTES = re.compile(
    rf"{_SUBJECT} (?:hat|haben|fasst|fassen) (?=[^.:;]*(?:stimm|mehrheit|enthaltung|konsens|nehmlich|hellig|votum))"
    rf"[^.:;]{{3,160}} (?:{_DONE}|gefasst|folgenden Beschluss) ?:",
    re.IGNORECASE,
)
_OUTCOMES: dict[str, Outcome] = {
    "abgelehnt": "abgelehnt",
    "vertagt": "vertagt",
    "zurückgestellt": "vertagt",
    "zurückgezogen": "zurückgezogen",
    "abgesetzt": "zurückgezogen",
    "entfällt": "zurückgezogen",
    "von der tagesordnung genommen": "zurückgezogen",
    "zur kenntnis genommen": "zur Kenntnis",
}


def ballot_of(line: str, named: NamedStates) -> Ballot | None:
    """The ballot of a vote line; None for every other line."""
    if not _may_tell(line):
        return None
    return _counted(line, named) or _told(line, named) or _by_number(line, named) or _unsure(line)


def _may_tell(line: str) -> bool:
    if line.endswith(_NAMES_FIRST_ENDS):
        return True
    if not _MAYBE.match(line):
        return False
    return not line.startswith(_SENTENCE) or any(word in line for word in _VERDICT_WORDS)


def result_of(line: str, named: NamedStates) -> Ballot | None:
    """The ballot of a line that can stand below the text: labelled or counted, never a mere sentence."""
    if not _may_tell(line):
        return None
    labelled = _LABELLED.fullmatch(line)
    forms = (_RESULT, _TAKEN, _BARE)
    told = next(
        (ballot for form in forms if (ballot := _verdict(form.fullmatch(line), named))), None
    ) or _told_in_parts(line, named)
    return _counted(line, named) or told or _by_names(line, named) or (_unsure(line) if labelled else None)


def _by_names(line: str, named: NamedStates) -> Ballot | None:
    """Who did not agree and who abstained, in a sentence; what was decided stands in the text."""
    match = _NAMES_FIRST.fullmatch(line)
    against, abstained = (_names(match[key], named) for key in ("against", "abstained")) if match else (None, None)
    if not (against or abstained) or against is None or abstained is None:
        return None
    return Ballot("mehrheitlich" if against else None, against=against, abstained=abstained)


def together(one: Ballot | None, other: Ballot | None) -> Ballot | None:
    """What two vote lines of one item tell: the first, with what it leaves open from the other."""
    if one is None or other is None:
        return one or other
    told = (getattr(one, field.name) or getattr(other, field.name) for field in fields(Ballot))
    return Ballot(*told)


def _told(line: str, named: NamedStates) -> Ballot | None:
    matches = (pattern.fullmatch(line) for pattern in (*_TOLD, _RESULT, _BARE))
    return next((ballot for match in matches if (ballot := _verdict(match, named))), None) or _told_in_parts(
        line, named
    )


def _by_number(line: str, named: NamedStates) -> Ballot | None:
    """ "mit 15 Ja-Stimmen bei Enthaltung von Hessen": told if those for it and the names make up all states."""
    match = _BY_NUMBER.fullmatch(line)
    ballot = _verdict(match, named)
    if match is None or ballot is None:
        return None
    yes, no, none = int(match["yes"]), len(ballot.against), len(ballot.abstained)
    return replace(ballot, counts=(yes, no, none)) if yes + no + none == ALL_STATES else None


def _told_in_parts(line: str, named: NamedStates) -> Ballot | None:
    """ "Votum: mehrheitlich; Enthaltung: BY, HE; dagegen: ST"."""
    begin, *parts = _PART.split(line)
    verdict = _LABELLED_VERDICT.fullmatch(begin)
    if verdict is None or not parts:
        return None
    told = {
        _AGAINST_OR_ABSTAINED[word[:2].lower()]: named(names.strip(" )"))
        for word, names in zip(parts[::2], parts[1::2], strict=True)
    }
    if not all(told.values()):
        return None
    vote = _vote(verdict["vote"])
    return Ballot(vote, "beschlossen", against=told.get("against", ()), abstained=told.get("abstained", ()))


def _verdict(match: re.Match[str] | None, named: NamedStates) -> Ballot | None:
    said = match.groupdict() if match else {}
    done = said.get("done")
    if not (said.get("vote") or done):
        return None
    against, abstained = (_names(_first(said, key), named) for key in ("against", "abstained"))
    if against is None or abstained is None:
        return None
    outcome = _outcome(done or "")
    by_names: Vote | None = "mehrheitlich" if against and outcome == "beschlossen" else None
    return Ballot(
        vote=_vote(said.get("vote")) or by_names,
        outcome=outcome,
        against=against,
        abstained=abstained,
        body=_short_name(said.get("body")),
    )


def _first(said: Mapping[str, str | None], key: str) -> str | None:
    """What the group of that name holds, or one of its stand-ins in front of the verdict."""
    return next((words for name, words in said.items() if words and name.split("_")[0] == key), None)


def _names(words: str | None, named: NamedStates) -> tuple[str, ...] | None:
    """The states; None where words stand that name none."""
    found = named(words) if words else ()
    return None if words and not found else found


def _vote(word: str | None) -> Vote | None:
    if word is None:
        return None
    return "einstimmig" if word.lower() == "einstimmig" else "mehrheitlich"


def _outcome(done: str) -> Outcome:
    return "abgelehnt" if done.endswith("Mehrheit") else _OUTCOMES.get(done.lower(), "beschlossen")


def _counted(line: str, named: NamedStates) -> Ballot | None:
    """The ballot of a line with counts; its words, if it has any, must be those of a verdict."""
    found = counts_in(line, named)
    if found is None:
        return None
    yes, no, none = found.counts
    said = _told(found.rest, named) if found.rest else None
    if found.rest and said is None:
        return None
    vote: Vote | None = "mehrheitlich" if no else "einstimmig" if not none else None
    ballot = said or Ballot(outcome="beschlossen" if yes > no else "abgelehnt")
    adopted = ballot.outcome == "beschlossen"
    return replace(
        ballot,
        vote=ballot.vote or (vote if adopted else None),
        counts=found.counts,
        against=found.against or ballot.against,
        abstained=found.abstained or ballot.abstained,
    )


def _unsure(line: str) -> Ballot | None:
    is_vote = _LABELLED.fullmatch(line) or _ABOUT_VOTES.fullmatch(line)
    return Ballot(outcome="beschlossen" if line.endswith(":") else None, unsure=line) if is_vote else None


def _short_name(subject: str | None) -> str | None:
    """Only a single name ("IntMK") names the conference; "Ministerinnen und Minister" does not."""
    return subject if subject and re.fullmatch(r"[A-ZÄÖÜ]\w*[A-ZÄÖÜK][\w-]*", subject) else None
