"""Sentences of a resolution, word for word, with their place; and which of them matter for a query.

A full stop ends a sentence where a new one can begin behind it, except behind an abbreviation (z. B., Abs., Mio.) and
behind an ordinal (4. März, 14. Bericht, 20. IntMK), which only ends one if a word follows that cannot belong to it
("… in Ziffer 5. Die Länder …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from feeds.query import Query
from feeds.record import Lines, Passage, Resolution, SummarySentence
from feeds.sentence_words import ABBREVIATIONS, BEGINNERS
from feeds.words import Analyser

_CLOSERS = "\"'“”«»’)\\]"
# The end of a sentence and, behind blanks, the beginning of another: a capital, a digit, a quote, a bracket, a §.
_STOP = re.compile(rf"(?P<mark>[.!?…])[{_CLOSERS}]*(?P<gap>\s+)(?=[^\W\d_a-zäöüß]|\d|[„“\"»‚(\[§•–-])")
_LAST_WORD = re.compile(r"[\w.]*$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"\d{1,3}|[IVX]{1,5}")
_LONGEST_WORD = 40
# Verbs of asking and charging, active and passive; those that only welcome or note are none.
_DEMANDS = re.compile(
    r"\b(?:(?:auf)?forder(?:t|n|te|ten)|(?:auf)?gefordert|bittet|bitten|gebeten|erwarte[nt]|beauftrag(?:t|en)"
    r"|appellier(?:t|en)|ersuch(?:t|en)|empfiehlt|empfehlen|befürworte[nt]|mahn(?:t|en)|drängt|drängen)\b"
    r"|\b(?:spricht|sprechen|setzt|setzen) sich\b.*\b(?:für|dafür|gegen|dagegen)\b"
    r"|\b(?:ruft|rufen|regt|regen)\b.*\b(?:auf|an)\b"
)
_MOST_HITS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is the passage's text from `start` to `end`, unchanged; `item` and `lines` as in `Passage`."""

    text: str
    start: int
    end: int
    item: int | None
    lines: Lines | None


def sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of a passage in order; between, before and behind them are only blanks."""
    text = passage.text
    ends = [match.start("gap") for match in _STOP.finditer(text) if _is_end(text, match)]
    return tuple(_sentence(passage, start, end) for start, end in _trimmed(text, [0, *ends, len(text)]))


def best_sentences(resolution: Resolution, query: Query, analyser: Analyser, limit: int) -> tuple[SummarySentence, ...]:
    """At most `limit` sentences of the body that hold words of the query, in document order.

    Preferred are those that meet more of the query's groups, demand something, and stand in a numbered item or a
    bullet. Where no sentence holds a word of the query, all are taken, preferred in the same way.
    """
    rated = [
        (_rating(sentence, passage, forms, query), sentence) for passage, sentence, forms in _body(resolution, analyser)
    ]
    found = [one for one in rated if one[0].groups] or rated
    best = sorted(range(len(found)), key=lambda at: (-found[at][0].score, at))[: max(limit, 0)]
    chosen = (found[at][1] for at in sorted(best))
    return tuple(SummarySentence(sentence.text, sentence.item, sentence.lines) for sentence in chosen)


@dataclass(frozen=True, slots=True)
class _Rating:
    groups: int
    hits: int
    demands: bool
    numbered: bool

    @property
    def score(self) -> float:
        """A group weighs most, then a demand, then the place; many words of one topic less than all of these."""
        return 4 * self.groups + 2 * self.demands + self.numbered + 0.5 * min(self.hits, _MOST_HITS)


def _rating(sentence: Sentence, passage: Passage, forms: list[frozenset[str]], query: Query) -> _Rating:
    hits = [[form for form in forms if not group.isdisjoint(form)] for group in query.groups]
    numbered = passage.item is not None or passage.role == "bullet"
    return _Rating(sum(map(bool, hits)), sum(map(len, hits)), bool(_DEMANDS.search(sentence.text)), numbered)


def _body(resolution: Resolution, analyser: Analyser) -> Iterator[tuple[Passage, Sentence, list[frozenset[str]]]]:
    """Every sentence but headings, with the forms of its words."""
    for passage in resolution.passages:
        if passage.role != "heading":
            terms = analyser.terms(passage.text)
            for sentence in sentences(passage):
                yield passage, sentence, [term.forms for term in terms if sentence.start <= term.start < sentence.end]


def _is_end(text: str, stop: re.Match[str]) -> bool:
    if stop["mark"] != ".":
        return True
    at = stop.start()
    word = _LAST_WORD.search(text[max(0, at - _LONGEST_WORD) : at])
    before = word[0] if word else ""
    after = _NEXT_WORD.match(text, stop.end())
    if _ORDINAL.fullmatch(before):
        return after is not None and after[0] in BEGINNERS and bool(text[: at - len(before)].strip())
    return not _is_abbreviation(before)


def _is_abbreviation(word: str) -> bool:
    """Of several parts (z.B, i.d.R) the last one counts; a single letter is always one."""
    last = word.rsplit(".", 1)[-1]
    return (len(last) == 1 and last.isalpha()) or last.casefold() in ABBREVIATIONS


def _trimmed(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if bare := piece.strip():
            begin = start + piece.index(bare)
            yield begin, begin + len(bare)


def _sentence(passage: Passage, start: int, end: int) -> Sentence:
    return Sentence(passage.text[start:end], start, end, passage.item, passage.lines(start, end))
