"""Limits of time that nobody has to keep: how long something holds, what is only taken note of, what has happened.

Strategy: first the words beside the date, which tell that something is valid, extended or paid for until then; then its
own clause, in which "soll", "muss" or "ist … zu" make a duty of it; then the verb that governs it, the last one before
it or else the first behind. A limit that nothing speaks against is one to be kept.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[,;:]\s|\s[–-]\s")
_NO_VERB = r"(?:(?!\b(?:muss|müssen|soll|sollen|sollte|sollten|ist|sind|wird|werden|wurde|wurden|hat|haben)\b)[^,.;:])"
_PERIOD_BEFORE = re.compile(
    r"\b(?:Fortführung|Fortsetzung|Weiterführung|(?:Weiter|Anschluss)?[Ff]inanzierung|(?:Weiter)?[Ff]örderung|Verlängerung"
    r"|Laufzeit|Befristung|Gültigkeit|Geltungsdauer|(?:Förder|Programm|Finanz)?[Zz]eitraum|\w*periode|Jahren?|Phase)\b"
    rf"{_NO_VERB}{{0,80}}\bbis(?:\s(?:zum|zur|einschließlich))?\s$"
)
"""Nouns of something that lasts: "zur Fortführung der Kurse bis Ende Juni"."""
_PERIOD_VERB_BEFORE = re.compile(
    r"\b(?:gilt|gelten|galt|läuft|laufen|lief|liefen|reicht|reichen|besteht|bestehen|steht|stehen|dauert|dauern|befristet\w*|gültig\w*"
    r"|verlängert\w*|geltende[nrs]?|laufende[nrs]?|andauernde[nrs]?)\b(?:\s\w+){0,4}\sbis(?:\s(?:zum|zur|einschließlich))?\s$"
)
_DEADLINE_WORD = re.compile(r"\bFrist\b")
"""A "Frist" that runs until a day is one to be kept."""
_LASTING_BEHIND = re.compile(
    r"^(?:\s[a-zäöüß]\w*){0,4}?\s(?:verlängert|befristet|fortgeführt|fortgesetzt|weitergeführt|weiterfinanziert|bewilligt|begrenzt"
    r"|ausgesetzt|gültig|geltende[nrms]?|laufende[nrms]?|befristete[nrms]?|verlängerte[nrms]?"
    r"|(?:zu\s)?verlängern|fortzuführen|fortzusetzen|weiterzuführen|weiterzufinanzieren|zu\sbefristen|auszusetzen)\b"
)
_PAID_BEHIND = re.compile(
    r"^(?:\s[a-zäöüß]\w*){0,3}?\s(?:gesichert|abgesichert|finanziert|gefördert|zugesagt|vorgesehen|ausgelegt|angelegt)\b"
)
_ACTION_BEHIND = re.compile(r"^[^,;:.]*?(?:\bzu\s[a-zäöüß]+e?n\b|\b[a-zäöüß]+zu[a-zäöüß]+en\b)")
_DUTY = re.compile(r"\b(?:soll|sollen|sollte|sollten|muss|müssen|müsste|müssten|spätestens)\b")
_TO_BE_DONE = re.compile(
    r"\b(?:ist|sind|hat|haben|bleibt|bleiben)\b.*(?:\bzu\s[a-zäöüß]+e?n\b|\b[a-zäöüß]+zu[a-zäöüß]+en\b)"
    r"|(?:\bzu\s[a-zäöüß]+e?n|\b[a-zäöüß]+zu[a-zäöüß]+en)\s(?:ist|sind|hat|haben)\b"
)

_NOTING = (
    r"(?:nimmt|nehmen|nahm|nahmen)(?=.*\bzur\sKenntnis\b)|begrüßt|begrüßen|dankt|danken|würdigt|würdigen|bedauert|bedauern"
    r"|(?:stellt|stellen)(?=.*\bfest\b)|(?:weist|weisen)(?=.*\bhin\b)|verweist|verweisen"
)
_PAST = r"wurden?|hatten?|konnten?|waren?|hat|haben|ist(?=.*\bworden\b)|sind(?=.*\bworden\b)"
_ACTING = (
    r"bittet|bitten|fordert|fordern|ersucht|ersuchen|beauftragt|beauftragen|erwartet|erwarten|appelliert|appellieren"
    r"|empfiehlt|empfehlen|verlangt|verlangen|drängt|drängen|mahnt|mahnen|regt|regen|ruft|rufen|gebeten|aufgefordert"
    r"|beschließt|beschließen|vereinbart|vereinbaren|verpflichtet|verpflichten|will|wollen|wird|werden|strebt|streben"
    r"|setzt|setzen|legt|legen|erstellt|erstellen|berichtet|berichten"
)
_GOVERNING = re.compile(rf"\b(?:(?P<noting>{_NOTING})|(?P<past>{_PAST})|(?P<acting>{_ACTING}))\b")


def is_to_be_kept(sentence: str, start: int, end: int) -> bool:
    """Whether the limit `sentence[start:end]` is one by which somebody has to act."""
    before, behind = sentence[:start], sentence[end:]
    if _holds_until(before, behind):
        return False
    clause = _clause_around(sentence, start, end)
    if _DUTY.search(clause) or _TO_BE_DONE.search(clause):
        return True
    governing = _governing(before, behind)
    return governing is None or governing.lastgroup == "acting"


def _holds_until(before: str, behind: str) -> bool:
    """Whether something holds or is paid for until then."""
    if _LASTING_BEHIND.match(behind):
        return True
    duty = _DUTY.search(before + behind)
    if not duty and _PAID_BEHIND.match(behind):
        return True
    if _PERIOD_VERB_BEFORE.search(before) and not _DEADLINE_WORD.search(before):
        return True
    return bool(_PERIOD_BEFORE.search(before)) and not _ACTION_BEHIND.match(behind)


def _clause_around(sentence: str, start: int, end: int) -> str:
    opens = max((match.end() for match in _CLAUSE.finditer(sentence, 0, start)), default=0)
    closes = _CLAUSE.search(sentence, end)
    return sentence[opens : closes.start() if closes else len(sentence)]


def _governing(before: str, behind: str) -> re.Match[str] | None:
    verbs = list(_GOVERNING.finditer(before + behind))
    in_front = [verb for verb in verbs if verb.start() < len(before)]
    return next(iter(in_front[-1:] or verbs[:1]), None)
