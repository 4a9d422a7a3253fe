"""How the conferences lay out their resolutions, as data: one row a layout.

Adding a conference means at most a row here, and documents of that layout in `tests/corpus`. What the layouts share
(vote lines, protocol notes, labels of applicants) is read the same way for all and stands in files of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.record import Outcome

_ARABIC = r"\d{1,3}[a-z]?(?:[./+]\d{1,3})*(?:\.?[a-z]\b| [a-z](?= [A-ZÄÖÜ„])| [a-z]$)?"
_TOP_NUMBER = rf"(?P<number>[IVX]{{1,5}}(?:[. ]{{1,2}}\d{{1,2}})?|[A-Z]\d{{0,2}}|{_ARABIC})"
_REST = r"(?P<rest>\S.{0,250})"
_PLAIN_NUMBER = r"(?P<number>\d{1,3}(?:[./]\d{1,4})*[a-z]?)"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One layout.

    `head`: a head line, groups `number` and `rest` (a label or the title), optionally `word` (what stands in front).
    `opening`: begins the first sentence of the body where neither applicants nor a vote line mark it; groups `session`
    and `day`. `outcomes`: what that sentence says of the outcome, the first that fits. `kind`: what the head calls the
    document ("Stellungnahme des Bundesrates"). `conference`: the body's short name where the layout alone tells it.
    `running`: the head is printed on every page again. `described`: somebody has described this layout; where not,
    its heads count only if they come at least twice and count up.
    """

    name: str
    head: re.Pattern[str]
    opening: re.Pattern[str] | None = None
    kind: re.Pattern[str] | None = None
    conference: str | None = None
    outcomes: tuple[tuple[re.Pattern[str], Outcome], ...] = ()
    running: bool = False
    described: bool = True


DIALECTS = (
    Dialect("TOP", re.compile(rf"TOP:? {_TOP_NUMBER}(?: ?:)?(?: {_REST})?")),
    Dialect(
        "Punkt der Tagesordnung",
        re.compile(rf"Punkt (?P<number>\d{{1,2}}(?:\.\d{{1,2}})*(?: ?[a-z]\))?) der Tagesordnung ?:?(?: {_REST})?"),
    ),
    Dialect(
        "Bundesrat",
        re.compile(
            r"(?:Bundesrat )?Drucksache (?P<number>\d{1,4}/\d{2,4})(?: ?\((?P<rest>[A-ZÄÖÜ]\w+)\))?"
            r"(?: \d\d\.\d\d\.\d\d| [-–] ?\d{1,3} ?[-–])?"
        ),
        opening=re.compile(
            r"Der Bundesrat hat in seiner (?P<session>\d{1,4})\. Sitzung(?: am (?P<day>.{8,22}?\d{4})\b)?"
        ),
        kind=re.compile(r"(?:Beschluss|Stellungnahme|Entschließung|Gesetzentwurf|Antrag|Empfehlungen) des Bundesrates"),
        conference="Bundesrat",
        outcomes=(
            (re.compile(r"\bnicht zu(?:zustimmen| fassen| erlassen)\b|\babgelehnt\b"), "abgelehnt"),
            (re.compile(r"\b(?:beschlossen|gefasst|zugestimmt)\b"), "beschlossen"),
        ),
        running=True,
    ),
    Dialect(
        "unbekannt",
        re.compile(
            r"(?P<word>Beschluss|Tagesordnungspunkt|TO-Punkt|Punkt|Antrag|Entschließung|Vorlage)(?: Nr\.)?"
            rf" {_PLAIN_NUMBER}(?: ?[:–-])?(?: {_REST})?"
        ),
        described=False,
    ),
)
