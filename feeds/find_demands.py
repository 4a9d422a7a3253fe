"""Demands: who is asked or charged to do what.

Strategy: in every sentence each verb of `demand_verbs` is looked for in the present tense, so what was asked in the past
("forderte", "wurde gebeten") stays a recital. An active verb counts when the speaker is its subject; its addressee is
looked for between verb and separable part, behind "an" or "von", or in the clause that says what is asked. A passive
counts when what is asked of stands as its subject. The conference that speaks is never its own addressee.

Where nobody is named ("Die Länder fordern verträgliche Zahlungsmodalitäten") the addressee is None. Statements of need
("ist erforderlich", "müssen") are no demands unless they name who is to act: "sollte der Bund …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from feeds.demand_verbs import OTHER_PARTICLES, SET_PHRASES, VERBS, DemandVerb, Place
from feeds.noun_phrase import Phrase, PhraseReader
from feeds.record import Demand, Lines, Passage
from feeds.sentences import Sentence, sentences
from feeds.speakers import object_start

_ASIDE = re.compile(r"\s[-–]\s[^-–]{3,120}\s[-–](?=\s)")
_QUOTE = re.compile(r"„[^“”]*[“”]")
_CLAUSE_OPENS = re.compile(r"\s*(?:[,.;:!?)]|$|(?:und|oder|als|wie|bzw\.)\s)")
_PERFECT = re.compile(r"\b(?:wird|werden|wurde|wurden|ist|sind|war|waren|hat|haben|hatte|hatten)\b[^,;]*(?<!und\s)$")
_INFINITIVE = re.compile(r"\bzu\s+$")
_ADVERBS = re.compile(
    r"(?:\s*(?!(?:den|die|das|dem|der|alle|allen|ihre|ihren|um|dazu|darum|dass|dafür|darauf|an|von|vom|zu|mit)\b)"
    r"(?:[a-zäöüß][\w.]*))*\s+"
)
_AGENT = r"\bdurch\s+"
_OBJECT = (
    r"(?<!für )(?<!an )(?<!auf )(?<!durch )(?<!über )(?<!in )(?<!gegen )(?<!um )(?<!ohne )(?<!bis )"
    r"\b(?=(?:den|die|das|alle)\s)"
)
"""An accusative that no preposition governs."""
_CLAUSE = re.compile(r",\s+dass\s+")
_PASSIVE = re.compile(
    r"\b(?P<aux>wird|werden|ist|sind)\b(?P<between>[^;:]*?)\b(?P<participle>"
    + "|".join(verb.participle for verb in VERBS if verb.participle)
    + r")\b(?!\s+(?:worden|wurde|hat|haben|ist|sind)\b)"
)
_PARTICIPLES = {verb.participle: verb for verb in VERBS if verb.participle}
_SHOULD = re.compile(r"\b(?:sollen|sollten|sollte|soll)\b")
_CLAUSE_BORDER = re.compile(r"[,;:]")
_BE_DONE = re.compile(r"\b(?:worden|werden|können|dürfen)\W*$")


def find_demands(passages: tuple[Passage, ...], reader: PhraseReader, body: str | None = None) -> tuple[Demand, ...]:
    """All demands in document order: one for each addressee of a sentence that asks.

    `body`: the short name of the conference that speaks ("IntMK"). A sentence that goes on in bullets ("Die Länder
    fordern den Bund auf:") is told with them, line by line as in `Resolution.text`.
    """
    found: list[Demand] = []
    for at, passage in enumerate(passages):
        for sentence in sentences(passage) if passage.role != "heading" else ():
            asked = asked_in(sentence.text, reader, body)
            bullets = _bullets_behind(passages, at) if asked and _goes_on(sentence, passage) else ()
            text = "\n".join((sentence.text, *(bullet.text for bullet in bullets)))
            lines = _span(sentence.lines, bullets)
            found += [Demand(sentence.item, one.addressee, one.verb, text, lines) for one in asked]
    return tuple(found)


def _goes_on(sentence: Sentence, passage: Passage) -> bool:
    return sentence.end == len(passage.text) and sentence.text.endswith((":", ",", "auf", "–", "…"))


def _bullets_behind(passages: tuple[Passage, ...], at: int) -> tuple[Passage, ...]:
    return tuple(takewhile(lambda one: one.role == "bullet", passages[at + 1 :]))


def _span(lines: Lines | None, bullets: tuple[Passage, ...]) -> Lines | None:
    last = bullets[-1].lines() if bullets else None
    return (lines[0], last[1]) if lines and last else lines


@dataclass(frozen=True, slots=True)
class Asked:
    """One addressee (None: nobody is named) with the verb by which the sentence asks."""

    addressee: str | None
    verb: str


def asked_in(sentence: str, reader: PhraseReader, body: str | None = None) -> tuple[Asked, ...]:
    """Every demand of one sentence, in the order of its verbs; `body` is the conference's own short name."""
    text = _ASIDE.sub("", sentence)
    found = (*_set_phrases(text, reader), *_active(text, reader), *_passive(text, reader), *_should(text, reader))
    named = [one for one in dict.fromkeys(found) if one.addressee != body or body is None]
    whom = {one.verb for one in named if one.addressee}
    return tuple(one for one in named if one.addressee or one.verb not in whom)


def _set_phrases(text: str, reader: PhraseReader) -> Iterator[Asked]:
    for phrase in SET_PHRASES:
        pattern = phrase.pattern.replace("{whom}", r"(?P<whom>)")
        match = re.search(pattern, text)
        if match is None:
            continue
        if not phrase.needs_whom:
            yield Asked(None, phrase.name)
            continue
        named = reader.read(text, _behind_indefinite(text, match.start("whom")), only_known=True)
        yield from (Asked(name, phrase.name) for name in (named.names if named else ()))


def _behind_indefinite(text: str, at: int) -> int:
    match = re.compile(r"(?:eine[rnm]?|einem)\s+").match(text, at)
    return match.end() if match else at


def _active(text: str, reader: PhraseReader) -> Iterator[Asked]:
    taken: set[int] = set()
    quoted = [match.span() for match in _QUOTE.finditer(text)]
    for verb in VERBS:
        for match in re.finditer(rf"\b(?:{'|'.join(verb.finite)})\b", text):
            at = match.start()
            if at in taken or any(start < at < end for start, end in quoted):
                continue
            asked = _asked_by(verb, match, text, reader)
            if asked is not None:
                taken.add(at)
                yield from asked


def _asked_by(verb: DemandVerb, match: re.Match[str], text: str, reader: PhraseReader) -> tuple[Asked, ...] | None:
    """What an active verb asks; None when it is not used so here."""
    before, rest = text[: match.start()], text[match.end() :]
    if (
        _CLAUSE_OPENS.match(rest)
        or _INFINITIVE.search(before)
        or (match[0] in _PARTICIPLES and _PERFECT.search(before))
    ):
        return None
    start = object_start(before, rest)
    if start is None:
        return None
    rest = rest[start:]
    if any(re.search(rf"\b{other}\b\s*[,.;:]", rest) for other in OTHER_PARTICLES.get(match[0], ())):
        return None
    region = _before_particle(rest, verb.particle, reader) if verb.particle else rest
    if region is None:
        return None
    for place in verb.places:
        if names := _names_at(place, before, region, rest, reader):
            return tuple(Asked(name, verb.name) for name in names)
    return (Asked(None, verb.name),) if verb.bare else None


def _before_particle(rest: str, particle: str, reader: PhraseReader) -> str | None:
    """What stands between a verb and its separable part, which closes its clause; None where there is no such part."""
    closing = re.search(rf"\b{particle}(?=\s*(?:[,.;:!?]|$)|\s(?:und|sowie|dass|u\.))", rest)
    if closing and ";" not in rest[: closing.start()]:
        return rest[: closing.start()]
    phrase = reader.read(rest, _behind_adverbs(rest), only_known=True)
    if phrase is None:
        return None
    loose = re.compile(rf"(?:\s+[a-zäöüß]+){{0,3}}?\s+{particle}\s(?=.*\bzu\s+\w+en\b)").match(rest, phrase.end)
    return rest[: phrase.end] if loose else None


def _names_at(place: Place, before: str, region: str, rest: str, reader: PhraseReader) -> tuple[str, ...]:
    at = _behind_adverbs(region)
    if place in ("object", "known object"):
        phrase = reader.read(region, at, only_known=place == "known object") or _later_object(region, reader)
    elif place == "an":
        lead = re.search(r"\ban\s+", region)
        phrase = reader.read(region, lead.end()) if lead else None
    elif place == "von":
        phrase = _in_front(before, r"[Vv]o[nm]\s+", reader) or _right_behind(
            region, at, r"(?:vo[nm]|gegenüber|beim?)\s+", reader
        )
    elif place == "dative":
        phrase = _in_front(before, r"(?=De[mnr]\s)", reader) or _right_behind(
            region, at, r"(?=(?:dem|der|den|allen)\s)", reader
        )
    else:
        phrase = _in_clause(rest, reader)
    return phrase.names if phrase else ()


def _behind_adverbs(text: str) -> int:
    match = _ADVERBS.match(text)
    return match.end() if match else 0


def _later_object(region: str, reader: PhraseReader) -> Phrase | None:
    """A known body that stands as object further on in the verb's own clause, behind adverbials with nouns."""
    return reader.search(region.split(",")[0], _OBJECT)


def _in_front(before: str, lead: str, reader: PhraseReader) -> Phrase | None:
    """The phrase that fills the place in front of the verb ("Vom Bund erwarten …")."""
    match = re.match(lead, before)
    phrase = reader.read(before, match.end()) if match else None
    return phrase if phrase and not before[phrase.end :].strip() else None


def _right_behind(region: str, at: int, lead: str, reader: PhraseReader) -> Phrase | None:
    match = re.compile(lead).match(region, at)
    return reader.read(region, match.end(), only_known=True) if match else None


def _in_clause(rest: str, reader: PhraseReader) -> Phrase | None:
    """Who is to act in the clause that says what is asked: its subject, or behind "durch"."""
    clause = _CLAUSE.search(rest)
    if clause is None:
        return None
    return reader.read(rest, clause.end(), only_known=True) or reader.search(rest[clause.end() :], _AGENT)


def _passive(text: str, reader: PhraseReader) -> Iterator[Asked]:
    for match in _PASSIVE.finditer(text):
        verb = _PARTICIPLES[match["participle"]]
        before, between = text[: match.start()], match["between"]
        if before.strip().lower() == "es":
            yield Asked(None, verb.name)
            continue
        asked = _subject if verb.places[0] in ("object", "known object") or _is_state(match) else _oblique
        phrase = asked(before, between, reader)
        yield from (Asked(name, verb.name) for name in (phrase.names if phrase else ()))


def _is_state(match: re.Match[str]) -> bool:
    """ "Der Bund ist gefordert": the body that is asked is the subject, unlike in "Ein Konzept wird gefordert"."""
    return match["participle"] == "gefordert" and match["aux"] in ("ist", "sind")


def _subject(before: str, between: str, reader: PhraseReader) -> Phrase | None:
    """The subject of a passive: all that stands before the verb, or what stands right behind it."""
    phrase = reader.read(before)
    if phrase and not before[phrase.end :].strip():
        return phrase
    return reader.read(between, _behind_adverbs(between))


def _oblique(before: str, _: str, reader: PhraseReader) -> Phrase | None:
    """ "Vom Bund wird erwartet", "Dem Bund wird empfohlen"."""
    return _in_front(before, r"[Vv]o[nm]\s+|(?=De[mnr]\s)", reader)


def _should(text: str, reader: PhraseReader) -> Iterator[Asked]:
    """ "sollte der Bund …", "Der Bund soll …", "sollten durch die zuständigen Stellen geprüft werden"."""
    for match in _SHOULD.finditer(text):
        clause = _CLAUSE_BORDER.split(text[match.end() :])[0]
        phrase = (
            reader.search(clause, _AGENT)
            if _BE_DONE.search(clause)
            else _known_subject(text[: match.start()], clause, reader)
        )
        yield from (Asked(name, "sollen") for name in (phrase.names if phrase else ()))


def _known_subject(before: str, clause: str, reader: PhraseReader) -> Phrase | None:
    phrase = reader.read(before, only_known=True)
    if phrase and not before[phrase.end :].strip():
        return phrase
    return reader.read(clause, _behind_adverbs(clause), only_known=True)
