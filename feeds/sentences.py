"""Sentences of a resolution, word for word, with their place; and which of them matter for a query.

A full stop ends a sentence where a new one can begin behind it, except behind an abbreviation (z. B., Abs., Mio.) and
behind an ordinal (4. März, 14. Bericht, 20. IntMK), which only ends one if a word follows that cannot belong to it
("… in Ziffer 5. Die Länder …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from feeds.query import Query
from feeds.record import Lines, Passage, Resolution, SummarySentence
from feeds.sentence_words import ABBREVIATIONS, BEGINNERS, OPEN_WORDS
from feeds.words import Analyser, Wanted

_CLOSERS = "\"'“”«»’)\\]"
# The end of a sentence and, behind blanks, the beginning of another: a capital, a digit, a quote, a bracket, a §.
_STOP = re.compile(rf"(?P<mark>[.!?…])[{_CLOSERS}]*(?P<gap>\s+)(?=[^\W\d_a-zäöüß]|\d|[„“\"»‚(\[§•–-])")
_NOT_IN_WORDS = re.compile(r"[^\w.]")
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
LETTERED = re.compile(r"(?:[a-z]|[ivx]{1,4})[.)] (?=\S)")
"""How an entry of a lettered list begins: "a) ", "ii. "."""
_ENDS = (".", "!", "?", ";", ".“", ".”", ".)")
ENTRY = "\n– "
"""Between a sentence that is quoted and each of the bullets that finish it: a line each."""
MOST_CHARACTERS = 700
"""Up to which length a sentence is quoted with the bullets that finish it."""


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


def goes_on_in(sentence: Sentence, passages: Sequence[Passage], at: int) -> tuple[Passage, ...]:
    """The bullets or lettered entries behind passage `at` that finish its last sentence.

    They do so behind a colon or comma, behind a word that ends no sentence, or in lower case where the sentence has no
    full stop.
    """
    if sentence.end != len(passages[at].text) or sentence.text.endswith(_ENDS):
        return ()
    item = passages[at].item
    bullets = tuple(takewhile(lambda one: one.item == item and _is_entry(one), passages[at + 1 :]))
    if not bullets:
        return ()
    broken_off = sentence.text.endswith((":", ",")) or sentence.text.rsplit(maxsplit=1)[-1] in OPEN_WORDS
    return bullets if broken_off or bullets[0].text[:1].islower() else ()


def _is_entry(passage: Passage) -> bool:
    return passage.role == "bullet" or bool(LETTERED.match(passage.text))


def lines_with(lines: Lines | None, bullets: Sequence[Passage]) -> Lines | None:
    """From the first line of a sentence to the last one of its bullets."""
    last = bullets[-1].lines() if bullets else None
    return (lines[0], last[1]) if lines and last else lines


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is shown of a sentence, its bullets with it; `cut`: they were too long, and a "…" stands for them."""

    sentence: SummarySentence
    cut: bool = False


def quotation(told: SummarySentence, passages: Sequence[Passage]) -> Quotation:
    """A sentence of the body with the bullets that it goes on in."""
    for at, passage in enumerate(passages):
        leads = passage.role in ("paragraph", "item") and passage.item == told.item
        if leads and passage.text.rstrip().endswith(told.text):
            last = sentences(passage)[-1]
            if (last.text, last.lines) == (told.text, told.lines):
                return _quotation(last, goes_on_in(last, passages, at))
    return Quotation(told)


def _quotation(said: Sentence, bullets: Sequence[Passage]) -> Quotation:
    text = ENTRY.join((said.text, *(bullet.text for bullet in bullets)))
    if bullets and len(text) > MOST_CHARACTERS:
        return Quotation(SummarySentence(f"{said.text} …", said.item, said.lines), cut=True)
    return Quotation(SummarySentence(text, said.item, lines_with(said.lines, bullets)))


@dataclass(frozen=True, slots=True)
class Choice:
    """`sentences` in document order; `best` is the first of them by rank, None where there is none at all."""

    sentences: tuple[SummarySentence, ...]
    best: SummarySentence | None


def best_sentences(resolution: Resolution, query: Query, analyser: Analyser, limit: int) -> Choice:
    """At most `limit` sentences of the body that hold words of the query.

    Preferred are those that meet more of the query's groups, demand something, and stand in a numbered item or a
    bullet. Where no sentence holds a word of the query, all are taken, preferred in the same way. A sentence that goes
    on in bullets is one with them; where that gets too long, another is preferred.
    """
    wanted = _wanted(query.groups)
    body = list(_body(resolution, analyser, wanted))
    found = [one for one in body if one.forms] or body
    scores = [_rating(one, query).score for one in found]
    ranked = sorted(range(len(found)), key=lambda at: (-scores[at], at))[: max(limit, 0)]
    told = [found[at].quotation.sentence for at in ranked]
    return Choice(tuple(found[at].quotation.sentence for at in sorted(ranked)), told[0] if told else None)


@lru_cache(maxsize=16)
def _wanted(groups: tuple[frozenset[str], ...]) -> Wanted:
    """Put together once for all the resolutions of an answer."""
    return Wanted.of(chain.from_iterable(groups))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`forms`: of each word that is shown and looked for. `numbered`: it stands in an item or a bullet."""

    quotation: Quotation
    forms: list[frozenset[str]]
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Rating:
    groups: int
    hits: int
    demands: bool
    numbered: bool
    cut: bool

    @property
    def score(self) -> float:
        """A group weighs most, then a demand, then the place; many words of one topic less than all of these.

        What is cut counts a group less.
        """
        return 4 * (self.groups - self.cut) + 2 * self.demands + self.numbered + 0.5 * min(self.hits, _MOST_HITS)


def _rating(one: _Candidate, query: Query) -> _Rating:
    hits = [[form for form in one.forms if not group.isdisjoint(form)] for group in query.groups]
    demands = bool(_DEMANDS.search(one.quotation.sentence.text))
    return _Rating(sum(map(bool, hits)), sum(map(len, hits)), demands, one.numbered, one.quotation.cut)


def _body(resolution: Resolution, analyser: Analyser, wanted: Wanted) -> Iterator[_Candidate]:
    """Every sentence but headings; bullets that are quoted with the sentence before them are none of their own."""
    passages = resolution.passages
    told = 0
    for at, passage in enumerate(passages):
        if passage.role == "heading" or at < told:
            continue
        held = analyser.held(passage.text, wanted)
        numbered = passage.item is not None or passage.role == "bullet"
        for sentence in sentences(passage):
            bullets = () if passage.role == "bullet" else goes_on_in(sentence, passages, at)
            quoted = _quotation(sentence, bullets)
            forms = [one.forms for one in held if sentence.start <= one.start < sentence.end]
            if bullets and not quoted.cut:
                told = at + 1 + len(bullets)
                forms += [one.forms for bullet in bullets for one in analyser.held(bullet.text, wanted)]
            yield _Candidate(quoted, forms, numbered)


def _is_end(text: str, stop: re.Match[str]) -> bool:
    if stop["mark"] != ".":
        return True
    at = stop.start()
    before = _NOT_IN_WORDS.split(text[max(0, at - _LONGEST_WORD) : at])[-1]
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
