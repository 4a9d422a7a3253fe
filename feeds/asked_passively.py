"""Demands in the passive: "Der Bund wird (zudem) aufgefordert", "wird um Prüfung gebeten", "Vom Bund wird erwartet"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.asked_actively import Asked, in_front_of_verb
from feeds.clause import behind_adverbs
from feeds.demand_verbs import PARTICIPLES
from feeds.noun_phrase import Phrase, PhraseReader

_PASSIVE = re.compile(
    rf"\b(?P<aux>wird|werden|ist|sind|bleibt|bleiben)\b(?P<between>[^;:]*?)\b(?P<participle>{'|'.join(PARTICIPLES)})\b"
    r"(?!\s+(?:worden|wurden?|hat|haben|ist|sind)\b)"
)
_SECOND = re.compile(rf"\bund\s(?P<between>(?:[\w-]+\s){{0,6}}?)(?P<participle>{'|'.join(PARTICIPLES)})\b(?=\s*[,.:])")
_ADVERBS = 2
"""Words between "und" and a second participle of the same subject; a longer stretch is another clause."""
_OBLIQUE = r"[Vv]o[nm]\s+|(?=De[mnr]\s)"


def asked_passively(text: str, reader: PhraseReader) -> Iterator[Asked]:
    """What the passives of a sentence ask; "Es wird gebeten" names nobody."""
    for match in _PASSIVE.finditer(text):
        verb = PARTICIPLES[match["participle"]]
        before, between = text[: match.start()].rsplit(";", 1)[-1].lstrip(), match["between"]
        if before.strip().lower() == "es":
            yield Asked(None, verb.name)
        elif verb.places[0] in ("object", "known object") or _is_state(match):
            phrase = _subject(before, between, reader)
            yield from _asked(phrase, verb.name)
            for second in _SECOND.finditer(text, match.end()):
                own = reader.read(second["between"], subject=True)
                if own or second["between"].count(" ") <= _ADVERBS:
                    yield from _asked(own or phrase, PARTICIPLES[second["participle"]].name)
        else:
            yield from _asked(in_front_of_verb(before, _OBLIQUE, reader), verb.name)


def _is_state(match: re.Match[str]) -> bool:
    """ "Der Bund ist gefordert": the body that is asked is the subject, unlike in "Ein Konzept wird gefordert"."""
    return match["participle"] == "gefordert" and match["aux"] not in ("wird", "werden")


def _asked(phrase: Phrase | None, verb: str) -> Iterator[Asked]:
    yield from (Asked(name, verb) for name in (phrase.names if phrase else ()))


def _subject(before: str, between: str, reader: PhraseReader) -> Phrase | None:
    """The subject of a passive: all that stands before the verb, or what stands right behind it."""
    phrase = reader.read(before, subject=True)
    if phrase and not before[phrase.end :].strip():
        return phrase
    return reader.read(between, behind_adverbs(between))
