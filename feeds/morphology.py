"""The parts a German word is made of: what HanTa says, tidied, and what HanTa leaves whole.

HanTa cuts a word into morphemes ("sprach", "kurs", "e") and tags them. Here endings and linking letters are dropped,
prefixes go with the stem they belong to (aus+bild is no "aus"), and stems get their dictionary form (kräft → kraft).
A word with a morpheme that HanTa's lexicon does not hold is only guessed by it, usually as one lump; such a noun is
cut where what follows is a known noun (Lehr|kräfte|bildung, Willkommens|lotsen), or else stays whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

# HanTa's tags: belongs to the next part; belongs to the part before; no part of its own.
_JOINS_NEXT = frozenset({"PTKVZ_SEP", "PTKVZ_DUBIUM", "PREF_NEG"})
_JOINS_LAST = frozenset({"SUF_DERIV_VV_ADJ", "SUF_DIM"})
_DROPPED = ("SUF_", "PREF_", "FUGE", "PRESPART", "ADJ_COMP", "ADJ_SUP", "PTKZU", "HYPHEN", "TRUNC")
_NOUNS = frozenset({"NN", "NN_VAR", "NN_VAR_EL", "NN_IRR", "ACR_NN"})
_NAMES = frozenset({"NE", "NE_VAR", "ACR_NE", "FM", "XY"})
# What a half of a compound may begin with, and how long that is at least ("an", "ab").
_BEGINNERS = ("NN", "ADJ", "VV", "ADV", "PTKVZ", "PREF", "CARD")
_SHORTEST_BEGINNING = 2
# Linking letters between the halves of a compound, the likeliest first.
_LINKS = ("", "s", "n", "en", "es", "e", "er")
# Shorter parts are found by chance inside any word; a head that HanTa does not know needs more.
_SHORTEST_PART, _SHORTEST_GUESS = 4, 5
# Endings after which an "s" only links.
_BEFORE_LINKING_S = ("ung", "heit", "keit", "ion", "tät", "schaft", "en")
# Dropped from unknown nouns, so that Jesidin, Jesidinnen, Jeside and Jesiden are one word.
_PERSON_ENDINGS = ("innen", "inn", "in", "e")
# Plurals whose singular HanTa does not lead back to.
_IRREGULAR = {"zentr": "zentrum", "gremi": "gremium", "medi": "medium", "kriteri": "kriterium", "länder": "land"}


class Tagger(Protocol):
    """The part of HanTa's tagger that is used: its analysis and its tables."""

    LP_m_t: Mapping[int, Collection[str]]
    stemdict: Mapping[int, Mapping[str, str]]
    tag2int: Mapping[str, int]

    def analyze(self, word: str, *, taglevel: int) -> tuple[str, list[tuple[str, str]], str]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One part, lower case: `text` as in the word, `stem` as in compounds, `alone` as a word of its own.

    `known`: HanTa's lexicon holds it. Kräfte: kräft, kraft, kraft. Sprach(kurs): sprach, sprach, sprache.
    """

    text: str
    stem: str
    alone: str
    known: bool
    tag: str

    @property
    def noun(self) -> bool:
        return self.tag in _NOUNS

    def joined(self, ending: str) -> Part:
        return replace(self, text=self.text + ending, stem=self.stem + ending, alone=self.alone + ending)


Parts = tuple[Part, ...]


class Morphology:
    """Words → parts, by a tagger with its model. Nothing is cached here: see `feeds.words`. `known`: what it would say
    of some words, by their first spelling."""

    def __init__(self, tagger: Tagger, known: Mapping[str, Parts] | None = None) -> None:
        self._tagger = tagger
        self._known = known or {}
        self._beginnings = frozenset(
            morpheme
            for tag, number in tagger.tag2int.items()
            if tag.startswith(_BEGINNERS)
            for morpheme in tagger.LP_m_t.get(number, ())
            if len(morpheme) >= _SHORTEST_BEGINNING
        )

    def parts(self, spellings: Sequence[str]) -> Parts:
        """The parts of one word, given in all the ways it may be spelt, as it was typed first; never empty.

        Taken is the first spelling that HanTa knows wholly; else, for a noun, the first that can be cut; else the
        word as typed. Raises nothing for any non-empty spellings.
        """
        if before := self._known.get(spellings[0]):
            return before
        known = (parts for word in spellings if _all_known(parts := self._read(word)))
        nouns = spellings if spellings[0][0].isupper() else ()
        cut = (halves for word in nouns if (halves := self._cut(word.lower())))
        return next(known, None) or next(cut, None) or _unlearned(self._read(spellings[0]))

    def _read(self, word: str) -> Parts:
        parts: list[Part] = []
        prefix = ""
        for text, tag in self._tagger.analyze(word, taglevel=3)[1]:
            if tag in _JOINS_NEXT:
                prefix += text
            elif tag in _JOINS_LAST and parts:
                parts[-1] = parts[-1].joined(text)
            elif not tag.startswith(_DROPPED):
                parts.append(self._part(prefix, text, tag))
                prefix = ""
        lower = word.lower()
        return tuple(parts) or (Part(lower, lower, lower, known=True, tag=""),)

    def _part(self, prefix: str, text: str, tag: str) -> Part:
        number = self._tagger.tag2int.get(tag, 0)
        stem = self._tagger.stemdict.get(number, {}).get(text, text)
        stem = prefix + _IRREGULAR.get(stem, stem)
        alone = stem + "e" if tag == "NN_VAR_EL" else stem
        return Part(prefix + text, stem, alone, text in self._tagger.LP_m_t.get(number, ()), tag)

    def _cut(self, word: str) -> Parts | None:
        """Two halves, the second a known noun and as long as possible; a known first half goes before an unknown."""
        places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        begun = (at for at in places if self._begins_known(word[at:]))
        tails = {at: tail for at in begun if _is_tail(tail := self._read(word[at:].capitalize()))}
        # Where both "slotsen" and "lotsen" are nouns, the s links.
        likely = {at: tail for at, tail in tails.items() if word[at] != "s" or at + 1 not in tails}
        known = ((*head, *tail) for at, tail in likely.items() if (head := self._known_head(word[:at])))
        return next(known, None) or _guess(word, likely)

    def _begins_known(self, text: str) -> bool:
        """Whether a morpheme stands at the beginning; costs little, and saves most of the readings."""
        return any(text[:length] in self._beginnings for length in range(_SHORTEST_BEGINNING, len(text) + 1))

    def _known_head(self, text: str) -> Parts | None:
        if not self._begins_known(text):
            return None
        bare = (text.removesuffix(link) for link in _LINKS if text.endswith(link))
        readings = (self._read(form) for stem in bare if stem for form in (stem.capitalize(), stem))
        return next((parts for parts in readings if _is_head(parts)), None)


def _all_known(parts: Parts) -> bool:
    return all(part.known for part in parts)


def _is_tail(parts: Parts) -> bool:
    return _all_known(parts) and parts[-1].noun and all(len(part.text) >= _SHORTEST_PART for part in parts)


def _is_head(parts: Parts) -> bool:
    """Known; no names and no short parts, since those fit into every word."""
    sound = (len(part.text) >= _SHORTEST_PART and part.tag not in _NAMES for part in parts)
    return _all_known(parts) and all(sound)


def _guess(word: str, tails: Mapping[int, Parts]) -> Parts | None:
    """The cut with an unknown head, both halves long; a linking s is dropped where the head's ending asks for one."""
    at = next((at for at in tails if min(at, len(word) - at) >= _SHORTEST_GUESS), None)
    if at is None:
        return None
    bare = word[:at].removesuffix("s")
    stem = bare if bare.endswith(_BEFORE_LINKING_S) else word[:at]
    return (Part(stem, stem, stem, known=False, tag="NN"), *tails[at])


def _unlearned(parts: Parts) -> Parts:
    """An unknown word without the endings for persons, which HanTa takes for the stem."""
    last = parts[-1]
    ending = next((end for end in _PERSON_ENDINGS if last.stem.endswith(end)), "")
    bare = last.stem.removesuffix(ending)
    if last.known or len(bare) < _SHORTEST_PART:
        return parts
    return (*parts[:-1], replace(last, text=bare, stem=bare, alone=bare))
