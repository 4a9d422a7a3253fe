"""The sentences in which something stands word for word: a citation of a law, a date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice

from feeds.record import DateMention, Lines, Passage, Resolution, SummarySentence
from feeds.sentences import Sentence, sentences


def sentences_with(resolution: Resolution, said: Collection[str], limit: int) -> tuple[SummarySentence, ...]:
    """At most `limit` sentences of the body in which any of these texts stands, in document order."""
    return sentences_that(resolution, lambda sentence: any(text in sentence for text in said), limit)


def sentences_that(resolution: Resolution, fit: Callable[[str], bool], limit: int) -> tuple[SummarySentence, ...]:
    """At most `limit` sentences of the body that fit, in document order."""
    every = (one for passage in resolution.passages if passage.role != "heading" for one in sentences(passage))
    return tuple(map(_quoted, islice((one for one in every if fit(one.text)), limit)))


def sentence_of(resolution: Resolution, mention: DateMention) -> SummarySentence | None:
    """The sentence that tells a date; None where it stands outside the body (in a protocol note)."""
    passages = (one for one in resolution.passages if one.item == mention.item and _meets(one, mention.lines))
    found = (one for passage in passages for one in _holding(passage, mention.text))
    near = (one for one in found if mention.lines is None or one.lines is None or _overlap(one.lines, mention.lines))
    return next(map(_quoted, near), None)


def _holding(passage: Passage, text: str) -> Iterator[Sentence]:
    if passage.role != "heading":
        yield from (one for one in sentences(passage) if text in one.text)


def _meets(passage: Passage, lines: Lines | None) -> bool:
    own = passage.lines()
    return lines is None or own is None or _overlap(own, lines)


def _overlap(one: Lines, other: Lines) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _quoted(sentence: Sentence) -> SummarySentence:
    return SummarySentence(sentence.text, sentence.item, sentence.lines)
