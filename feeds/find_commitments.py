"""Commitments: what the parties of a paper undertake themselves.

Strategy: the subject of a sentence's finite verb is looked for in front of the verb or right behind it; it must be a
party (`addressees.toml`), "wir", or a pronoun for the party of a sentence before in the same paragraph. The verb gives
the modality; verbs that only state or value ("begrüßen", "sehen") undertake nothing. "wird" and "werden" count with an
infinitive; a passive has no actor and counts where it goes on from a commitment ("Dabei werden neue Formate erprobt.").
What parties ask of others is a demand, no commitment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.asked import LONGEST_SENTENCE, asked_in
from feeds.commitment_verbs import (
    DESCRIBING,
    MODALITIES,
    PARTICIPLE,
    SECOND_VERB,
    SET_MODALITIES,
    UNDERTAKING_PARTICLES,
)
from feeds.noun_phrase import Phrase, PhraseReader
from feeds.record import Commitment, Passage
from feeds.sentences import Sentence, sentences

_PRONOUN = re.compile(r"(?:[Ww]ir|[Ss]ie|[Ee]r)\b")
_VERB = re.compile(r"\s(?:\([^()]*\)\s)?(?P<verb>[a-zäöüß]+(?:t|en|ern|eln|l|d))\b")
_INVERTED = re.compile(
    r"(?<![\w-])(?<!\bd(?:ie|er|as|en|em|es)\s)(?<!\b(?:alle|eine)r\s)(?<!mehrerer\s)(?P<verb>[a-zäöüß]{3,}(?:t|en|ern|eln)|will|soll|wird)\s(?:sich\s)?"
    r"(?=(?:die|der|das|unsere|ihre)\s|[A-ZÄÖÜ„]|(?:wir|sie|er)\b)"
)
_CLOSING_WORD = re.compile(
    r"(?<!zu\s)(?<![\w-])(?P<word>[a-zäöüß]+)(?=\s*(?:[.,;:!?–]|$)|\s(?:und|sowie|oder|bzw\.)\s)"
)
_AUXILIARY = frozenset(
    "werden wird worden sollen soll können kann müssen wollen will haben hat sein sind ist dürfen".split()
)
_WITH_ZU = re.compile(r"\w{2,}zu\w+en$")
_WILL_BE = re.compile(r"\b(?:wird|werden)\b(?!\s*[.,;:])")
_SHOULD_BE_DONE = re.compile(r"\b(?:soll|sollen)\b(?!\s*[.,;:])[^;:]{0,600}?\bwerden\b")


@dataclass(frozen=True, slots=True)
class _Acting:
    """Who acts in a sentence and by which verb; `behind` is the text that follows both."""

    actors: tuple[str, ...]
    verb: str
    behind: str

    @property
    def plural(self) -> bool:
        return self.verb.endswith("n")


def find_commitments(passages: tuple[Passage, ...], reader: PhraseReader) -> tuple[Commitment, ...]:
    """All commitments in document order, one a sentence."""
    return tuple(one for passage in passages if passage.role != "heading" for one in _in_passage(passage, reader))


def _in_passage(passage: Passage, reader: PhraseReader) -> Iterator[Commitment]:
    last: _Acting | None = None
    goes_on = False
    for sentence in sentences(passage):
        if len(sentence.text) > LONGEST_SENTENCE:
            continue
        acting = _acting(sentence.text, last, reader)
        found = _commitment(sentence, acting, reader) or _without_actor(sentence, goes_on)
        goes_on = found is not None
        last = acting or last
        if found:
            yield found


def _commitment(sentence: Sentence, acting: _Acting | None, reader: PhraseReader) -> Commitment | None:
    if acting is None or asked_in(sentence.text, reader):
        return None
    modality = _modality(acting, sentence.text)
    return Commitment(acting.actors, modality, sentence.text, sentence.lines) if modality else None


def _without_actor(sentence: Sentence, goes_on: bool) -> Commitment | None:
    """What is to be done, or will be done, by nobody who is named."""
    if _SHOULD_BE_DONE.search(sentence.text):
        return Commitment((), "sollen", sentence.text, sentence.lines)
    passive = _WILL_BE.search(sentence.text)
    if goes_on and passive and _is_passive(sentence.text[passive.end() :]):
        return Commitment((), "werden", sentence.text, sentence.lines)
    return None


def _acting(text: str, last: _Acting | None, reader: PhraseReader) -> _Acting | None:
    """The party that is the subject of the sentence's main verb."""
    if first := _subject(text, 0, last, reader):
        verb = _VERB.match(text, first.end)
        if verb and _agree(first, verb["verb"]):
            return _Acting(first.names, verb["verb"], text[verb.end() :])
    if _PRONOUN.match(text):
        return None
    for match in sorted(_INVERTED.finditer(text), key=lambda one: one["verb"] not in MODALITIES):
        subject = _subject(text, match.end(), last, reader)
        if subject and _agree(subject, match["verb"]):
            return _Acting(subject.names, match["verb"], text[subject.end :])
    return None


def _subject(text: str, at: int, last: _Acting | None, reader: PhraseReader) -> Phrase | None:
    pronoun = _PRONOUN.match(text, at)
    if pronoun is None:
        return reader.read(text, at, only_known=True, subject=True)
    if pronoun[0].lower() == "wir":
        return Phrase(("wir",), pronoun.end(), True, plural=True)
    return Phrase(last.actors, pronoun.end(), True, last.plural) if last else None


def _agree(subject: Phrase, verb: str) -> bool:
    """One or several, as the verb says ("Bund und Länder eint die Überzeugung" has another subject)."""
    return subject.plural == verb.endswith("n")


def _modality(acting: _Acting, text: str) -> str | None:
    told = next((name for pattern, name in SET_MODALITIES if pattern.search(text)), None)
    if told:
        return told
    modality = MODALITIES.get(acting.verb)
    if modality == "vereinbaren" and text.endswith(":"):
        return None
    if modality == "werden" and _is_passive(acting.behind):
        return None
    if modality:
        return modality
    second = SECOND_VERB.search(acting.behind)
    if second:
        return MODALITIES.get(second["verb"], "präsens")
    return None if _describes(acting) else "präsens"


def _describes(acting: _Acting) -> bool:
    part = UNDERTAKING_PARTICLES.get(acting.verb)
    return acting.verb in DESCRIBING and not (part and re.search(part, acting.behind))


def _is_passive(behind: str) -> bool:
    """Whether a participle closes the clause of "werden", and no infinitive."""
    words = [match["word"] for match in _CLOSING_WORD.finditer(behind) if match["word"] not in _AUXILIARY]
    told = [word for word in words if not _WITH_ZU.fullmatch(word)]
    infinitive = any(word.endswith("n") and not PARTICIPLE.fullmatch(word) for word in told)
    return not infinitive and any(PARTICIPLE.fullmatch(word) for word in told)
