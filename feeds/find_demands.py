"""Demands: who is asked or charged to do what.

Only what the resolution itself asks counts: present tense, the conference as speaker. What was asked in the past
("forderte", "wurde gebeten") is a recital. Where a sentence names nobody ("Die Länder fordern verträgliche
Zahlungsmodalitäten") the addressee is None. Statements of need ("ist erforderlich", "müssen") are no demands unless
they name who is to act ("sollte der Bund …").
"""

from __future__ import annotations

from itertools import takewhile

from feeds.asked import asked_in
from feeds.noun_phrase import PhraseReader
from feeds.record import Demand, Lines, Passage
from feeds.sentences import Sentence, sentences

_ENDS = (".", "!", "?", ";", ".“", ".”", ".)")


def find_demands(passages: tuple[Passage, ...], reader: PhraseReader, body: str | None = None) -> tuple[Demand, ...]:
    """All demands in document order: one for each addressee of a sentence that asks.

    `body`: the short name of the conference that speaks ("IntMK"); it is never its own addressee. A sentence that goes
    on in bullets ("Die Länder fordern den Bund auf:") is told with them, line by line as in `Resolution.text`.
    """
    found: list[Demand] = []
    for at, passage in enumerate(passages):
        for sentence in sentences(passage) if passage.role != "heading" else ():
            asked = asked_in(sentence.text, reader, body)
            bullets = _goes_on_in(sentence, passages, at) if asked else ()
            text = "\n".join((sentence.text, *(bullet.text for bullet in bullets)))
            lines = _span(sentence.lines, bullets)
            found += [Demand(sentence.item, one.addressee, one.verb, text, lines) for one in asked]
    return tuple(found)


def _goes_on_in(sentence: Sentence, passages: tuple[Passage, ...], at: int) -> tuple[Passage, ...]:
    """The bullets that finish a sentence which ends its paragraph: behind a colon or comma, or in lower case where the
    sentence has no full stop."""
    bullets = tuple(takewhile(lambda one: one.role == "bullet", passages[at + 1 :]))
    if not bullets or sentence.end != len(passages[at].text) or sentence.text.endswith(_ENDS):
        return ()
    return bullets if sentence.text.endswith((":", ",")) or bullets[0].text[:1].islower() else ()


def _span(lines: Lines | None, bullets: tuple[Passage, ...]) -> Lines | None:
    last = bullets[-1].lines() if bullets else None
    return (lines[0], last[1]) if lines and last else lines
