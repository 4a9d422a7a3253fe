"""What is known about a resolution beside its words, as tokens that a filter asks for: who applied, how it was voted …

A trait is `kind:value`, values folded (see `config.spelling`), parts of a value with a stroke between them:

    applied: noted: against: abstained: named:   a Land, by its role
    conference:intmk   session:intmk/20          who decided it
    to:bund   law:aufenthg   law:aufenthg/25a    who is asked for something; what is cited, also with the section
                             law:beschv/32abs2   and every part of it that is named
    section:104c                                 the same of whatever law
    vote:mehrheitlich   outcome:beschlossen
    topic:sprachkurse                            filed under that topic
    with:protokollnotiz   with:frist   with:forderung
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.spelling import fold
from config.states import States
from feeds.record import Publication, Resolution

_PART = re.compile(r"[^\W\d_]*\.?\s*\d+[a-z]*")
ALL_STATES = "alle"
"""In place of a Land: all sixteen have that role together."""

STATE_ROLES = ("applied", "noted", "against", "abstained", "named")
"""How a Land can have to do with a resolution; `named` in the text, in whatever role."""


def trait(kind: str, *values: str) -> str:
    """The token for a value, however it is spelt."""
    return f"{kind}:{'/'.join(map(fold, values))}"


def traits(resolution: Resolution, publication: Publication, states: States) -> frozenset[str]:
    """All traits of a resolution of that publication."""
    return frozenset((*_decided(resolution, publication), *_roles(resolution, states), *_facts(resolution)))


def _decided(resolution: Resolution, publication: Publication) -> Iterator[str]:
    if publication.body:
        yield trait("conference", publication.body)
        if publication.session is not None:
            yield trait("session", publication.body, str(publication.session))
    if resolution.vote:
        yield trait("vote", resolution.vote)
    if resolution.outcome:
        yield trait("outcome", resolution.outcome)


def _roles(resolution: Resolution, states: States) -> Iterator[str]:
    yield from (trait("applied", state) for state in resolution.applicants)
    yield from (trait("noted", state) for state in _noting(resolution))
    yield from (trait("against", state) for state in resolution.against)
    yield from (trait("abstained", state) for state in resolution.abstained)
    yield from (trait("named", state) for state in states.in_text(f"{resolution.title}\n{resolution.text}"))
    together = {"applied": resolution.applicants, "noted": tuple(_noting(resolution))}
    yield from (trait(role, ALL_STATES) for role, named in together.items() if set(named) >= set(states.names))


def _noting(resolution: Resolution) -> Iterator[str]:
    return (state for note in resolution.protocol_notes for state in note.states)


def _facts(resolution: Resolution) -> Iterator[str]:
    yield from (trait("to", demand.addressee) for demand in resolution.demands if demand.addressee)
    yield from (trait("topic", match.topic) for match in resolution.topics)
    for law in resolution.laws:
        yield trait("law", law.law)
        parts = _PART.findall(law.section or "")
        for section in ("".join(parts[: at + 1]) for at in range(len(parts))):
            yield from (trait("law", law.law, section), trait("section", section))
    if resolution.protocol_notes:
        yield trait("with", "protokollnotiz")
    if resolution.demands:
        yield trait("with", "forderung")
    if any(date.role == "deadline" for date in resolution.dates):
        yield trait("with", "frist")
