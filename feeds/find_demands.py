"""Demands: who is asked or charged to do what.

Only what the resolution itself asks counts: present tense, the conference as speaker. What was asked in the past
("forderte", "wurde gebeten") is a recital. Where a sentence names nobody ("Die Länder fordern verträgliche
Zahlungsmodalitäten") the addressee is None. Statements of need ("ist erforderlich", "müssen") are no demands unless
they name who is to act ("sollte der Bund …").
"""

from __future__ import annotations

from feeds.asked import asked_in
from feeds.noun_phrase import PhraseReader
from feeds.record import Demand, Passage
from feeds.sentences import goes_on_in, lines_with, sentences


def find_demands(passages: tuple[Passage, ...], reader: PhraseReader, body: str | None = None) -> tuple[Demand, ...]:
    """All demands in document order: one for each addressee of a sentence that asks.

    `body`: the short name of the conference that speaks ("IntMK"); it is never its own addressee. A sentence that goes
    on in bullets ("Die Länder fordern den Bund auf:") is told with them, line by line as in `Resolution.text`.
    """
    found: list[Demand] = []
    for at, passage in enumerate(passages):
        for sentence in sentences(passage) if passage.role != "heading" else ():
            asked = asked_in(sentence.text, reader, body)
            bullets = goes_on_in(sentence, passages, at) if asked else ()
            text = "\n".join((sentence.text, *(bullet.text for bullet in bullets)))
            lines = lines_with(sentence.lines, bullets)
            found += [Demand(sentence.item, one.addressee, one.verb, text, lines) for one in asked]
    return tuple(found)
