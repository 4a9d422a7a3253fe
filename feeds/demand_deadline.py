"""By when a demand is to be met: the deadline that its own sentence names, or the one right behind it does.

"Right behind" is a sentence that asks nobody itself and speaks of what was asked for ("Der Bericht ist bis …
vorzulegen"). A date elsewhere in the same Ziffer is no deadline of the demand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.date_patterns import Written, written_dates
from feeds.due import due_on
from feeds.record import DateMention, Demand, Passage, Resolution
from feeds.sentences import Sentence, sentences

_SPEAKS_OF_IT = re.compile(
    r"(?:Er|Sie|Es|Dies|Diese[rs]?|Dazu|Hierzu|Hierüber|Darüber"
    r"|(?:Der|Die|Das|Ein|Eine|Erste) (?:\w*[Bb]ericht\w*|Ergebniss?e?|Vorschläge?|\w*[Ee]ntwurf|\w*[Kk]onzept"
    r"|Prüfung|Umsetzung|Vorlage|Rückmeldung|Übersicht|Evaluation|Auswertung))\b"
)


def deadline_of(demand: Demand, resolution: Resolution) -> DateMention | None:
    """The first deadline by which a demand of the resolution is to be met; None where it has none."""
    met = (at for at, demands in demands_due(resolution) if demand in demands)
    return min((resolution.dates[at] for at in met), key=due_on, default=None)


def demands_due(resolution: Resolution) -> tuple[tuple[int, tuple[Demand, ...]], ...]:
    """For each deadline, by its position among all dates, the demands that are to be met by then; () for none."""
    positions = {(one.date, one.precision): at for at, one in enumerate(resolution.dates) if one.role == "deadline"}
    met: dict[int, dict[Demand, None]] = {at: {} for at in positions.values()}
    for passage in resolution.passages if positions else ():
        for told, demands in _in_passage(passage, resolution.demands):
            at = positions.get((told.date, told.precision))
            if at is not None:
                met[at] |= dict.fromkeys(demands)
    return tuple((at, tuple(demands)) for at, demands in sorted(met.items()))


def _in_passage(passage: Passage, demands: tuple[Demand, ...]) -> Iterator[tuple[Written, tuple[Demand, ...]]]:
    """Each date of the passage, with the demands that its sentence is about."""
    dates = written_dates(passage.text)
    asked: tuple[Demand, ...] = ()
    for sentence in sentences(passage) if dates else ():
        own = tuple(one for one in demands if _holds(one, sentence))
        asked = own or (asked if _SPEAKS_OF_IT.match(sentence.text) else ())
        yield from ((one, asked) for one in dates if sentence.start <= one.start < sentence.end)


def _holds(demand: Demand, sentence: Sentence) -> bool:
    """Whether the sentence is the demand's, or stands in a bullet that it goes on in."""
    own, *bullets = demand.text.split("\n")
    return demand.item == sentence.item and (own == sentence.text or any(sentence.text in one for one in bullets))
