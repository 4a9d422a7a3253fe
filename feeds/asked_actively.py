"""Demands in the active: "Die IntMK fordert den Bund auf, …", "Vom Bund erwarten die Länder …".

Strategy: a verb of `demand_verbs` counts when the speaker is its subject (see `speakers`). Its addressee is looked for
between the verb and its separable part, however far that stands, behind "an" or "von", or in the clause that says
what is asked ("regt an, dass … durch den Bund …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.clause import AGENT, behind_adverbs
from feeds.demand_verbs import FINITE, FORMS, OTHER_PARTICLES, PARTICIPLES, VERBS, DemandVerb, Place
from feeds.noun_phrase import Phrase, PhraseReader
from feeds.speakers import object_start, speaks_alone

_WORD = re.compile(r"\w+")
_QUOTE = re.compile(r"„[^“”]*[“”]")
_CLAUSE_OPENS = re.compile(r"\s*(?:[,.;:!?)]|$|(?:und|oder|als|wie|bzw\.)\s)")
_PERFECT = re.compile(r"\b(?:wird|werden|wurde|wurden|ist|sind|war|waren|hat|haben|hatte|hatten)\b[^,;]*(?<!und\s)$")
_INFINITIVE = re.compile(r"\bzu\s+$")
_DATIVE = re.compile(r"(?:dem\s|(?:den|allen)\s(?:[a-zäöüß]\w*n\s)*[A-ZÄÖÜ][\w-]*[ns](?![\w-]))")
_INFINITIVE_CLAUSE = re.compile(r",\s[^.;]*?(?:\bzu\s\w+n\b|\w(?:zu)\w+en\b)")
_PRONOUN = re.compile(r"\s*(?:ihn|sie|es|diese[ns]?)\b")
_CLAUSE = re.compile(r",\s+dass\s+")
_OBJECT = (
    r"(?<!für )(?<!an )(?<!auf )(?<!durch )(?<!über )(?<!in )(?<!gegen )(?<!um )(?<!ohne )(?<!bis )"
    r"\b(?=(?:den|die|das|alle)\s)"
)
"""An accusative that no preposition governs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One addressee (None: nobody is named) with the verb by which the sentence asks."""

    addressee: str | None
    verb: str


def asked_actively(text: str, reader: PhraseReader) -> Iterator[Asked]:
    """What the active verbs of a sentence ask; each verb is read by the first row that fits it."""
    taken: set[int] = set()
    quoted = [match.span() for match in _QUOTE.finditer(text)]
    words = frozenset(_WORD.findall(text))
    for verb in VERBS:
        if words.isdisjoint(FORMS[verb.name]):
            continue
        for match in FINITE[verb.name].finditer(text):
            at = match.start()
            if at in taken or any(start < at < end for start, end in quoted):
                continue
            asked = _asked_by(verb, match, text, reader)
            if asked is not None:
                taken.add(at)
                yield from asked


def _asked_by(verb: DemandVerb, match: re.Match[str], text: str, reader: PhraseReader) -> tuple[Asked, ...] | None:
    """What a verb asks; None when it is not used so here."""
    before, rest = text[: match.start()], text[match.end() :]
    start = object_start(before, rest) if _is_main_verb(match[0], before, rest) else None
    if start is None:
        return None
    rest = rest[start:]
    if any(re.search(rf"\b{other}\b\s*[,.;:]", rest) for other in OTHER_PARTICLES.get(match[0], ())):
        return None
    region = _before_particle(rest, verb.particle, reader) if verb.particle else rest
    if region is None:
        return None
    for place in verb.places:
        if phrase := _addressee(place, before, region, rest, reader):
            return tuple(Asked(name, verb.name) for name in phrase.names)
    return (Asked(None, verb.name),) if verb.bare else None


def _is_main_verb(form: str, before: str, rest: str) -> bool:
    """Not the last word of its clause, unless what is asked follows at once; not an infinitive, not a participle."""
    if _CLAUSE_OPENS.match(rest):
        return rest.startswith(",") and speaks_alone(before)
    return not (_INFINITIVE.search(before) or (form in PARTICIPLES and _PERFECT.search(before)))


def _before_particle(rest: str, particle: str, reader: PhraseReader) -> str | None:
    """What stands between a verb and its separable part, which closes its clause; None where there is no such part."""
    closing = re.search(rf"\b{particle}(?=\s*(?:[,.;:!?]|$)|\s(?:und|sowie|dass|u\.))", rest)
    if closing and ";" not in rest[: closing.start()]:
        return rest[: closing.start()]
    phrase = reader.read(rest, behind_adverbs(rest), only_known=True)
    if phrase is None:
        return None
    # "fordert den Bund auf die Mittel zu erhöhen": the comma is missing.
    loose = re.compile(rf"(?:\s+[a-zäöüß]+){{0,3}}?\s+{particle}\s(?=.*\bzu\s+\w+en\b)").match(rest, phrase.end)
    return rest[: phrase.end] if loose else None


def _addressee(place: Place, before: str, region: str, rest: str, reader: PhraseReader) -> Phrase | None:
    at = behind_adverbs(region)
    if place == "an":
        lead = re.search(r"\ban\s+", region)
        return reader.read(region, lead.end()) if lead else None
    if place == "von":
        in_front = in_front_of_verb(before, r"[Vv]o[nm]\s+", reader)
        return in_front or _right_behind(region, at, r"(?:vo[nm]|gegenüber|beim?)\s+", reader)
    if place == "dative":
        in_front = None if speaks_alone(before) else in_front_of_verb(before, r"(?=De[mnr]\s)", reader, only_known=True)
        return (
            in_front
            or _right_behind(region, at, r"(?=(?:dem|der|den|allen)\s)", reader)
            or _recipient(region, at, reader)
        )
    if place == "clause":
        return _in_clause(rest, reader)
    named = reader.read(region, at, only_known=place == "known object") or _later_object(region, reader)
    return named or (reader.search(before, r"\ban\s+(?=(?:den|die|das)\s)") if _PRONOUN.match(region) else None)


def in_front_of_verb(before: str, lead: str, reader: PhraseReader, *, only_known: bool = False) -> Phrase | None:
    """The phrase that fills the place in front of the verb ("Vom Bund erwarten …")."""
    match = re.match(lead, before)
    phrase = reader.read(before, match.end(), only_known=only_known) if match else None
    return phrase if phrase and not before[phrase.end :].strip() else None


def _right_behind(region: str, at: int, lead: str, reader: PhraseReader) -> Phrase | None:
    match = re.compile(lead).match(region, at)
    return reader.read(region, match.end(), only_known=True) if match else None


def _recipient(region: str, at: int, reader: PhraseReader) -> Phrase | None:
    """Anybody in the dative before the clause that says what is asked: "empfiehlt den Verkehrsbetrieben, … zu"."""
    phrase = reader.read(region, at) if _DATIVE.match(region, at) else None
    return phrase if phrase and _INFINITIVE_CLAUSE.match(region, phrase.end) else None


def _later_object(region: str, reader: PhraseReader) -> Phrase | None:
    """A known body that stands as object further on in the verb's own clause, behind adverbials with nouns."""
    return reader.search(region.split(",")[0], _OBJECT)


def _in_clause(rest: str, reader: PhraseReader) -> Phrase | None:
    """Who is to act in the clause that says what is asked: its subject, or behind "durch"."""
    clause = _CLAUSE.search(rest)
    if clause is None:
        return None
    return reader.read(rest, clause.end(), only_known=True) or reader.search(rest[clause.end() :], AGENT)
