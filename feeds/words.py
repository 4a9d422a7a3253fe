"""Words of a text with all the forms they can be found by: the same for index, query and subscription.

A word's forms are the contiguous joins of its parts, lower case and folded to plain letters (ä→ae, ß→ss), and the
word as it is spelt: Berufssprachkursen → beruf, sprach, sprache, kurs, berufsprach, sprachkurs, berufsprachkurs,
berufssprachkursen. A query word is looked up by its `key` (all parts joined) or its spelling, so "Sprachkurse" finds
Berufssprachkursen, and so does "Kurs". Suspended words count in full: "Integrations- und Sprachkurse" holds
integrationkurs. An expression of two or three words is one form of its last word, with underscores: "der dualen
Berufsausbildung" holds dual_berufausbildung and dual_ausbildung.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from HanTa import HanoverTagger

from config.spelling import fold
from feeds.known_parts import known_parts
from feeds.morphology import Morphology, Part, Parts, Tagger
from feeds.spellings import adjectives, occupations, spellings
from feeds.stop_words import STOP_WORDS

_MODEL = "morphmodel_ger.pgz"
_HYPHENS = "-\u2010\u2011"
_HYPHEN_SIGNS = tuple(_HYPHENS)
# A letter or digit with its combining marks, since PDFs give ü as u and U+0308.
_LETTER = r"[^\W_][\u0300-\u036f]*"
_GENDER = rf"(?:\(in(?:nen)?\)|(?:[*:_·]|/-?)(?:innen|in(?!{_LETTER})))"
_TOKEN = re.compile(rf"(?:{_LETTER})+(?:{_GENDER}(?:{_LETTER})*|[{_HYPHENS}](?:{_LETTER})+)*")
_GENDER_MARK = re.compile(r"(?:[*:_·]|/-?|\()(innen|in)\)?")
_CAPITAL_I = re.compile(r"(?<=[a-zäöüß])I(?=nnen)")
# Capitals only, perhaps with a plural or genitive s: MBE, NGOs. Longer ones are words of a heading.
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,6}s?")
# An ordinary word, or some run together that are words each: DigitalPakt. Not: IntMK, AufenthG.
_ORDINARY = re.compile(r"[^\W\d_][a-zäöüßà-ÿ]*|(?:[A-ZÄÖÜ][a-zäöüß]{3,})+")
# What may stand between "Integrations-" and "Sprachkurse", and how many words further the other may be.
_CONNECTORS = frozenset({"und", "oder", "bzw", "sowie"})
_REACH = 5
LONGEST_EXPRESSION = 3
"""An expression has at most so many words, small ones not counted."""
# None of these signs stands inside an expression.
_ENDS_EXPRESSION = re.compile(r"[.;:!?\n•●]")
# Caps against hostile input: longer words are not taken apart, longer tokens not read to the end; more parts are no
# compound. The longest words of real resolutions have 40 letters.
_LONGEST_WORD, _LONGEST_TOKEN, _MOST_PARTS = 40, 120, 8
_LONGEST_TYPED = 500
# Shorter parts of a compound say nothing by themselves.
_SHORTEST_HALF = 3
_CACHED_WORDS, _CACHED_QUERIES = 100_000, 10_000


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: `text` as printed, at `start` to `end` (offsets), and every form it can be found by.

    `whole`: those of the forms that stand for all of it, or for its end: a Berufssprachkurs is a Sprachkurs and a Kurs,
    but no Beruf. With the expressions that it ends.
    """

    text: str
    start: int
    end: int
    forms: frozenset[str]
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Forms that are looked for. `ends`: what the last words of the expressions among them end with. `met`: of words as
    printed that were looked at, whether they can hold any of them, None for those that are too common; for one
    analyser, so use it with one only."""

    forms: frozenset[str]
    ends: frozenset[str]
    met: dict[str, bool | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, forms: Iterable[str]) -> Wanted:
        every = frozenset(forms)
        return cls(every, frozenset(form.rpartition("_")[2] for form in every if "_" in form))


@dataclass(frozen=True, slots=True)
class Held:
    """A word that holds wanted forms, with those. It stands at `start` to `end` (offsets); what it ends, an expression
    or itself, begins at `begin`."""

    begin: int
    start: int
    end: int
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """`endings`: the joins of its parts from each one on, so the first is all of it: its key."""

    parts: Parts
    forms: frozenset[str]
    whole: frozenset[str]
    endings: tuple[str, ...]


class Analyser:
    """Texts → terms. Build it once, with `load` (about 0.2 s); a word is analysed once and kept, up to a bound."""

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology
        self._word: Callable[[str], _Word] = lru_cache(maxsize=_CACHED_WORDS)(self._analyse)
        self._keys: Callable[[str], frozenset[str]] = lru_cache(maxsize=_CACHED_QUERIES)(self._look_up)

    @classmethod
    def load(cls) -> Analyser:
        return cls(Morphology(hanta(), known_parts()))

    def terms(self, text: str) -> tuple[Term, ...]:
        """The words of a text in order, without stop words. Never raises; `text[t.start:t.end] == t.text`."""
        tokens = list(_TOKEN.finditer(text))
        spoken = [at for at, token in enumerate(tokens) if not is_stop_word(token[0])]
        return tuple(
            self._term(text, tokens, spoken[max(0, n - LONGEST_EXPRESSION) : n]) for n in range(1, len(spoken) + 1)
        )

    def held(self, text: str, wanted: Wanted) -> tuple[Held, ...]:
        """The words of a text that hold wanted forms, in order: what `terms` would tell, in a fraction of its time,
        since only the words that can hold one are looked at closely. Never raises."""
        tokens, known = list(_TOKEN.finditer(text)) if wanted.forms else [], wanted.met
        met = [known[word] if (word := token[0]) in known else self._meets(word, wanted) for token in tokens]
        spoken = [at for at, meets in enumerate(met) if meets is not None]
        hyphens = any(sign in text for sign in _HYPHEN_SIGNS)
        near = [n for n, at in enumerate(spoken, start=1) if met[at] or (hyphens and _is_suspended(text, tokens[at]))]
        found = (self._held(text, tokens, spoken[max(0, n - LONGEST_EXPRESSION) : n], wanted) for n in near)
        return tuple(one for one in found if one is not None)

    def key(self, word: str) -> str:
        """The one form that stands for a whole word, its parts joined: Sprachkursen → sprachkurs. "" for no word."""
        return self._word(_first_token(word)).endings[0]

    def halves(self, typed: str) -> tuple[str, ...]:
        """The parts of a compound as words; () for other words, and for what is not made of known parts alone:
        "Lehrerfortbildung" → lehrer, fortbildung."""
        parts = self._word(_first_token(typed)).parts if len(_TOKEN.findall(typed)) == 1 else ()
        known = all(part.known and len(part.text) >= _SHORTEST_HALF for part in parts)
        return tuple(part.alone for part in parts) if known and len(parts) > 1 else ()

    def keys(self, typed: str) -> frozenset[str]:
        """What somebody typed, as forms of which any one will do; empty where there is no word to search for.

        A word: its key, as typed and read as a noun, and its spelling. Several words: the expression that they make,
        and the compound, as people write Welcome Center, Welcome-Center and Welcomecenter; texts hold expressions of up
        to three words.
        """
        return self._keys(typed[:_LONGEST_TYPED])

    def akin(self, typed: str) -> frozenset[str]:
        """Forms that say the same of something else, less surely: of a noun of a quality its adjective, of
        who drives something the other words for that."""
        words = _TOKEN.findall(typed[:_LONGEST_TYPED])
        others = (*adjectives(words[0]), *occupations(words[0])) if len(words) == 1 else ()
        return frozenset(map(self.key, others))

    def _term(self, text: str, tokens: Sequence[re.Match[str]], window: Sequence[int]) -> Term:
        """The last word of `window` (indexes of tokens), the words before it being what an expression may hold."""
        token = tokens[window[-1]]
        word, completed = self._word(token[0]), tuple(self._completed(text, tokens, window[-1]))
        expressions = frozenset(self._expressions(text, [tokens[at] for at in window]))
        if not expressions and not completed:
            return Term(token[0], token.start(), token.end(), word.forms, word.whole)
        forms = word.forms.union(expressions, *map(_joins, completed))
        return Term(token[0], token.start(), token.end(), forms, word.whole.union(expressions, *map(_ends, completed)))

    def _meets(self, printed: str, wanted: Wanted) -> bool | None:
        """Whether a word can hold any of it by itself; None for one that is too common."""
        word = self._word(printed)
        can = not (wanted.forms.isdisjoint(word.forms) and wanted.ends.isdisjoint(word.endings))
        wanted.met[printed] = met = None if is_stop_word(printed) else can
        return met

    def _held(self, text: str, tokens: Sequence[re.Match[str]], window: Sequence[int], wanted: Wanted) -> Held | None:
        term = self._term(text, tokens, window)
        forms = term.forms & wanted.forms
        if not forms:
            return None
        before = max(form.count("_") for form in forms)
        return Held(tokens[window[-1 - before]].start(), term.start, term.end, forms)

    def _expressions(self, text: str, words: Sequence[re.Match[str]]) -> Iterator[str]:
        """The expressions that the last of these words ends; of two words also with the ends of a compound."""
        *before, last = words
        endings, chain, after = list(self._word(last[0]).endings), "", last
        for word in reversed(before):
            if _ENDS_EXPRESSION.search(text, word.end(), after.start()):
                return
            chain, after = f"{self._word(word[0]).endings[0]}_{chain}", word
            yield from (chain + ending for ending in endings)
            del endings[1:]

    def _completed(self, text: str, tokens: Sequence[re.Match[str]], at: int) -> Iterator[Parts]:
        """What a suspended word stands for: "Integrations- und Sprachkurse", "Sprachkurse und -prüfungen"."""
        own = self._word(tokens[at][0]).parts
        if _is_open(text, tokens[at]):
            yield (*own, *self._partner(text, tokens[at + 1 : at + _REACH])[-1:])
        if _is_headless(text, tokens[at]):
            yield (*self._partner(text, tokens[max(0, at - _REACH + 1) : at][::-1], open_too=True)[:-1], *own)

    def _partner(self, text: str, tokens: Iterable[re.Match[str]], open_too: bool = False) -> Parts:
        """The parts of the first compound among these; none where a plain word comes first.

        `open_too`: one that waits for its own end counts if it is a compound: "Lehreraus- und -fortbildung".
        """
        for token in tokens:
            parts, waits = self._word(token[0]).parts, _is_open(text, token)
            if token[0] not in _CONNECTORS and not (waits and (len(parts) == 1 or not open_too)):
                return parts if len(parts) > 1 else ()
        return ()

    def _look_up(self, typed: str) -> frozenset[str]:
        words = [token[0] for token in _TOKEN.finditer(typed) if not is_stop_word(token[0])]
        if len(words) != 1:
            return frozenset(sign.join(map(self.key, words)) for sign in ("_", "")) - {""}
        word, halves = words[0], _segments(words[0])
        apart = "_".join(map(self.key, halves)) if len(halves) > 1 else ""
        return frozenset({self.key(word), self.key(word[:1].upper() + word[1:]), fold(word), apart} - {""})

    def _analyse(self, token: str) -> _Word:
        written = unicodedata.normalize("NFC", token)[:_LONGEST_TOKEN]
        parts = tuple(part for segment in _segments(written) for part in self._segment_parts(segment))
        spelt = frozenset({fold(written)}) - {""}
        endings = tuple(_join(parts[at:]) for at in range(len(parts))) or ("",)
        return _Word(parts, _joins(parts) - {""} | spelt, _ends(parts) - {""} | spelt, endings)

    def _segment_parts(self, segment: str) -> Parts:
        if _ABBREVIATION.fullmatch(segment):
            return (_whole(segment),)
        word = segment.capitalize() if segment.isupper() else segment
        ordinary = len(word) <= _LONGEST_WORD and _ORDINARY.fullmatch(word)
        return self._morphology.parts(spellings(word)) if ordinary else (_whole(segment),)


def hanta() -> Tagger:
    """HanTa with its German model."""
    return cast(Tagger, HanoverTagger.HanoverTagger(_MODEL))


def is_stop_word(word: str) -> bool:
    """Too common to search for."""
    return word.casefold() in STOP_WORDS


def _first_token(text: str) -> str:
    found = _TOKEN.search(text)
    return found[0] if found else ""


def _segments(token: str) -> list[str]:
    """The words that hyphens hold together, without gender marks: Bund-Länder; Bürger:innen is Bürgerinnen."""
    plain = _GENDER_MARK.sub(r"\1", _CAPITAL_I.sub("i", token))
    return [segment for segment in re.split(f"[{_HYPHENS}]", plain) if segment]


def _whole(segment: str) -> Part:
    """A word that is not taken apart; a plural or genitive s goes."""
    bare = segment[:-1] if segment.endswith("s") and any(char.isupper() for char in segment[1:]) else segment
    return Part(bare.lower(), bare.lower(), bare.lower(), known=True, tag="")


def _joins(parts: Parts) -> frozenset[str]:
    """All contiguous joins; of a long chain only single parts, pairs and the whole."""
    lengths = range(1, len(parts) + 1) if len(parts) <= _MOST_PARTS else (1, 2, len(parts))
    runs = (parts[at : at + length] for length in lengths for at in range(len(parts) - length + 1))
    return frozenset(map(_join, runs)) | {fold(part.alone) for part in parts}


def _ends(parts: Parts) -> frozenset[str]:
    """The whole, and what it ends with."""
    return frozenset(_join(parts[at:]) for at in range(len(parts))) | {fold(part.alone) for part in parts[-1:]}


def _join(parts: Parts) -> str:
    return fold("".join(part.stem for part in parts))


def _is_suspended(text: str, token: re.Match[str]) -> bool:
    return _is_open(text, token) or _is_headless(text, token)


def _is_open(text: str, token: re.Match[str]) -> bool:
    """Whether a word waits for its end: "Integrations- und …"."""
    return text.startswith(_HYPHEN_SIGNS, token.end())


def _is_headless(text: str, token: re.Match[str]) -> bool:
    """Whether a word lacks its beginning: "… und -prüfungen"."""
    start = token.start()
    return text.endswith(_HYPHEN_SIGNS, 0, start) and not text[max(0, start - 2) : start - 1].strip()
