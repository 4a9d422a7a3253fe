"""Blanks inside words ("Part ner"), as some PDFs have them: healed where the document itself proves the word.

Strategy: neighbours are one word when the joined form stands elsewhere in the document, and one of the two never
stands without the other. Two parts or three; a part with a capital is never joined on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from feeds.record import Passage

_WORD = re.compile(r"[^\W\d_]+")


def word_repairer(texts: Iterable[str]) -> Callable[[Passage], Passage]:
    """A function that heals a passage by the words of all `texts` of the document."""
    runs = [_WORD.findall(text) for text in texts]
    words = Counter(word for run in runs for word in run)
    pairs = Counter(pair for run in runs for pair in pairwise(run))

    def repair(passage: Passage) -> Passage:
        return without_blanks(passage, _wrong_blanks(passage.text, words, pairs))

    return repair


def without_blanks(passage: Passage, positions: frozenset[int]) -> Passage:
    """The passage without the characters at `positions`, its marks moved along."""
    if not positions:
        return passage
    text = "".join(char for at, char in enumerate(passage.text) if at not in positions)
    marks = tuple((at - sum(position < at for position in positions), number) for at, number in passage.marks)
    return replace(passage, text=text, marks=marks)


def _wrong_blanks(text: str, words: Counter[str], pairs: Counter[tuple[str, str]]) -> frozenset[int]:
    found = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    wrong = set()
    for at, ((_, end, left), (start, _, right)) in enumerate(pairwise(found)):
        before = found[at - 1][2] if at else ""
        behind = found[at + 2][2] if at + 2 < len(found) else ""
        alone = pairs[left, right] in (words[left], words[right])
        joined = (left + right, before + left + right, left + right + behind)
        if text[end:start] == " " and right[0].islower() and alone and any(_is_word(one, words) for one in joined):
            wrong.add(end)
    return frozenset(wrong)


def _is_word(joined: str, words: Counter[str]) -> bool:
    return words[joined] > 0 and joined[1:].islower()
