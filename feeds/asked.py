"""What one sentence asks, of whom, by which verb: active, passive, set phrases, "sollte der Bund …", "möge …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.asked_actively import Asked, asked_actively
from feeds.asked_passively import asked_passively
from feeds.clause import AGENT, behind_adverbs
from feeds.demand_verbs import FORMS, PARTICIPLES
from feeds.noun_phrase import Phrase, PhraseReader
from feeds.set_phrases import SET_PHRASES

LONGEST_SENTENCE = 4_000
"""Characters: no sentence is longer (the longest of the seed documents has 900); what is, is no sentence."""
_ASIDE = re.compile(r"\s[-–]\s[^-–]{3,120}\s[-–](?=\s)")
_SHOULD = re.compile(r"\b(?:sollen|sollten|sollte|soll|(?P<wish>möge))\b")
_WORD = re.compile(r"\w+")
_SIGNS = frozenset[str]().union(
    ("soll", "sollen", "sollte", "sollten", "möge"),
    PARTICIPLES,
    *FORMS.values(),
    *(phrase.signs for phrase in SET_PHRASES),
)
"""Words without which no sentence asks anything: most sentences can be left aside by them."""
_CLAUSE_BORDER = re.compile(r"[,;:]")
_BE_DONE = re.compile(r"\b(?:worden|werden|können|dürfen)\W*$")


def asked_in(sentence: str, reader: PhraseReader, body: str | None = None) -> tuple[Asked, ...]:
    """Every demand of one sentence, in the order of its kinds; `body` is the conference's own short name."""
    if _SIGNS.isdisjoint(_WORD.findall(sentence)):
        return ()
    text = _ASIDE.sub("", sentence[:LONGEST_SENTENCE])
    kinds = (_in_set_phrases, asked_actively, asked_passively, _should_be_done)
    found = dict.fromkeys(one for kind in kinds for one in kind(text, reader))
    whom = [one for one in found if one.addressee and one.addressee != body]
    verbs = {one.verb for one in found if one.addressee}
    return tuple(one for one in found if one in whom or (one.addressee is None and one.verb not in verbs))


def _in_set_phrases(text: str, reader: PhraseReader) -> Iterator[Asked]:
    words = frozenset(_WORD.findall(text))
    for phrase in SET_PHRASES:
        match = phrase.pattern.search(text) if phrase.signs & words else None
        if match and "whom" in phrase.pattern.groupindex:
            named = reader.read(text, match.start("whom"), only_known=True)
            yield from (Asked(name, phrase.name) for name in (named.names if named else ()))
        elif match:
            behind = reader.search(text[match.end() :], r"\ban\s+")
            yield from (Asked(name, phrase.name) for name in (behind.names if behind else (None,)))


def _should_be_done(text: str, reader: PhraseReader) -> Iterator[Asked]:
    """ "sollte der Bund …", "Der Bund soll …", "sollten durch die zuständigen Stellen geprüft werden"."""
    for match in _SHOULD.finditer(text):
        clause = _CLAUSE_BORDER.split(text[match.end() :])[0]
        if _BE_DONE.search(clause):
            phrase = reader.search(clause, AGENT)
        else:
            phrase = _known_subject(text[: match.start()], clause, reader)
        verb = "mögen" if match["wish"] else "sollen"
        yield from (Asked(name, verb) for name in (phrase.names if phrase else ()))


def _known_subject(before: str, clause: str, reader: PhraseReader) -> Phrase | None:
    phrase = reader.read(before, only_known=True)
    if phrase and not before[phrase.end :].strip():
        return phrase
    return reader.read(clause, behind_adverbs(clause), only_known=True)
