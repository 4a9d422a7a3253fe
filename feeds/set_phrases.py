"""Fixed turns of phrase by which a resolution asks, as data: one row a phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A fixed turn of phrase, searched in the whole sentence. `name` as in `feeds.demand_verbs`.

    `signs`: words of which a sentence must hold one to be looked at. Where the pattern has a group `whom`, the
    addressee begins there and must be a known body; else a known body behind "an" may follow ("hält an ihrer Bitte an
    den Bund fest").
    """

    name: str
    signs: frozenset[str]
    pattern: re.Pattern[str]


def _row(name: str, signs: str, pattern: str) -> SetPhrase:
    return SetPhrase(name, frozenset(signs.split()), re.compile(pattern))


_WHOM = "(?P<whom>)"
_NEEDED = "erforderlich notwendig nötig geboten unerlässlich unabdingbar"
_NEED = rf"(?:{_NEEDED.replace(' ', '|')})"
_OUR_DEMAND = r"(?:ihre[nr]?|unsere[nr]?)\s+(?:\w+\s)?(?:Forderung\w*|Bitten?)\b"
_RENEWED = "bekräftigt bekräftigen erneuert erneuern wiederholt wiederholen"
_RENEW = rf"\b(?:{_RENEWED.replace(' ', '|')})\b"
_ARE = "(?:ist|sind|bleibt|bleiben)"
_PAPER = "(?:Bericht|Vorschl|Entwurf|Stellungnahme|Vorlage|Rückmeldung)"

SET_PHRASES = (
    _row(
        "erwarten", "verbinden verbindet", rf"\b(?:[Mm]it|[Aa]n)\s{_WHOM}[^,;]*\bverbinde[tn]\b[^,;]*\bdie\s+Erwartung"
    ),
    *(
        _row(name, "richtet richten", rf"\brichte[tn]\b[^,;]*?\ban\s{_WHOM}[^,;]*\b(?:die|den)\s+(?:\w+\s)?{noun}\b")
        for name, noun in (
            ("erwarten", "Erwartung"),
            ("bitten", "Bitte"),
            ("fordern", "Forderung"),
            ("appellieren", "Appell"),
        )
    ),
    _row("erwarten", "Erwartung", rf"\b(?:die|der|ihrer|ihre)\s+(?:\w+\s)?Erwartung\b[^,;]*,\s+dass\s{_WHOM}"),
    _row("erwarten", "erwartet erwarten", rf"\berwarte[tn]\s(?:eine[nr]?|die|den)\s(?:\w+\s)?{_PAPER}\w*"),
    _row("übertragen", "überträgt übertragen", rf"\bübertr(?:ägt|agen)\s{_WHOM}[^,;]*\bdie\s+(?:\w+\s)?Aufgabe\b"),
    _row("erteilen den Auftrag", "erteilt erteilen", rf"\berteil(?:t|en)\s{_WHOM}[^,;]*\bden\s+(?:\w+\s)?Auftrag\b"),
    _row("sind gehalten", "gehalten", rf"\A{_WHOM}[^,;]*?\b{_ARE}\s(?:\w+\s)?gehalten,"),
    _row("sind gehalten", "gehalten", rf"\b{_ARE}\s{_WHOM}[^,;]*\bgehalten,"),
    _row("halten für erforderlich", _NEEDED, rf"\b{_NEED},\s+dass\s{_WHOM}"),
    _row(
        "weisen hin",
        "weist weisen",
        rf"\bweis(?:t|en)\b\s(?:erneut\s|daher\s|zudem\s)*{_WHOM}[^,;]*\bdarauf\s+hin,\s+dass\b.*\b{_NEED}\b",
    ),
    _row("weisen hin", "weist weisen", rf"\bweis(?:t|en)\b[^,;]*\bauf\s+{_OUR_DEMAND}(?=.*\bhin\b)"),
    _row("halten fest", "hält halten", rf"\b(?:hält|halten)\b[^;]*\ban\s+{_OUR_DEMAND}(?=.*\bfest\b)"),
    _row("bekräftigen", _RENEWED, rf"{_RENEW}[^,;]*\b{_OUR_DEMAND}"),
    _row("bekräftigen", _RENEWED, rf"{_RENEW}[^,;]*\bdie\s+(?:\w+\s)?Forderung\w*"),
    _row("bekräftigen", _RENEWED, rf"{_RENEW}[^,;]*\bBeschlusslage,(?=.*\bzu\s+\w+n\b)"),
)
