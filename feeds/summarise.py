"""A summary in the resolution's own sentences, word for word.

Strategy: every sentence has a worth: what is asked, then what is pointed out to somebody, then what is undertaken, then
what is decided or noted, then positions, then what is only welcomed or stressed, last recitals. The worthiest are taken
first; a body that no taken sentence names yet comes before one that is asked again. Of equal ones a sentence with a
deadline is taken first, then the shorter, so that more of them find room; then all stand in the order of the document.
Beside operative sentences no recital is taken, and none that leans on the sentence before it ("Dies betrifft …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.record import Commitment, DateMention, Demand, Passage, SummarySentence
from feeds.sentences import Sentence, sentences

MOST_SENTENCES = 5
MOST_CHARACTERS = 600

_ASKED, _HINTED, _UNDERTAKEN, _DECIDED, _POSITION, _VALUED, _RECITAL, _SPARE = 80, 70, 60, 50, 40, 30, 20, 0
_NEW_NAME = 8
"""What naming somebody new adds: less than the next kind of sentence."""
_LEANING = 15
"""What leaning on the sentence before takes off: more than to the next kind."""
_HINTS = frozenset({"weisen hin", "halten fest", "bekräftigen", "sollen", "halten für erforderlich"})
"""Verbs that ask less than the rest of `demand_verbs`."""

_DECISIONS = re.compile(
    r"\b(?:beschließ(?:t|en)|vereinbar(?:t|en)|verständig(?:t|en)\ssich|schließ(?:t|en)\s(?:sich|die)\b.*\ban\b|billig(?:t|en)"
    r"|stimm(?:t|en)\b.*\bzu\b|(?:nimmt|nehmen)\b.*\bzur\sKenntnis|zur\sKenntnis\sgenommen|verpflichte(?:t|n)\ssich"
    r"|werden\s(?:\w+\s){0,4}vorgeschlagen|genehmig(?:t|en))"
)
_POSITIONS = re.compile(
    r"\b(?:setz(?:t|en)\ssich\b|sprich(?:t)\ssich\b|sprechen\ssich\b|befürworte[tn]|lehn(?:t|en)\b.*\bab\b|unterstütz(?:t|en)"
    r"|erforderlich|notwendig|unerlässlich|unabdingbar|soll(?:en|te|ten)?|müssen|muss|ist\b.*\bzu\s\w+en)\b"
)
_VALUES = re.compile(
    r"\b(?:begrüß(?:t|en)|beton(?:t|en)|bekräftig(?:t|en)|unterstreich(?:t|en)|würdig(?:t|en)|dank(?:t|en)|stell(?:t|en)\b.*\bfest"
    r"|erkenn(?:t|en)|heb(?:t|en)\b.*\bhervor|erinner(?:t|n)|bekenn(?:t|en)|sieh(?:t)|sehen)\b"
)
_LEANS = re.compile(
    r"(?:Dies|Diese[mnrs]?|Dabei|Hierbei|Hierzu|Hierfür|Hierdurch|Dazu|Dafür|Dadurch|Damit(?!\s(?:der|die|das|jede))|Davon"
    r"|Sie|Er|Es|Ihre?[mnrs]?|So|Solche[nrs]?|Entsprechend|Dort|Denn|Und|Das\sgilt|Das\sbetrifft|Gemeinsam)\b"
)
_LEAD_IN = re.compile(r":\s*$")
_SENTENCE_END = re.compile(r"[.!?;…][“”\"’)»\]]*$")
_SHORTEST_WITHOUT_STOP = 60
"""Characters below which text without a full stop is a heading, not a sentence."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`names`: who is asked in the sentence, or undertakes something."""

    sentence: Sentence
    position: int
    worth: int
    names: frozenset[str]
    deadline: bool

    def worth_beside(self, named: frozenset[str]) -> int:
        """Its worth when the taken sentences already name these."""
        return self.worth + (_NEW_NAME if self.names - named else 0)

    @property
    def length(self) -> int:
        return len(self.sentence.text)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a sentence, by its text."""

    asked: dict[str, set[str]]
    hinted: frozenset[str]
    undertaken: dict[str, set[str]]
    deadlines: tuple[str, ...]


def summarise(
    passages: tuple[Passage, ...],
    demands: tuple[Demand, ...] = (),
    commitments: tuple[Commitment, ...] = (),
    dates: tuple[DateMention, ...] = (),
) -> tuple[SummarySentence, ...]:
    """At most five sentences and, where the sentences allow it, 600 characters; in document order."""
    candidates = _candidates(passages, _facts(demands, commitments, dates))
    operative = any(one.worth >= _DECIDED for one in candidates)
    worth_it = [one for one in candidates if one.worth >= (_VALUED if operative else 1)]
    taken: list[_Candidate] = []
    while len(taken) < MOST_SENTENCES and (best := _best(worth_it or candidates, taken)):
        taken.append(best)
    return tuple(
        SummarySentence(one.sentence.text, one.sentence.item, one.sentence.lines)
        for one in sorted(taken, key=lambda one: one.position)
    )


def _best(candidates: list[_Candidate], taken: list[_Candidate]) -> _Candidate | None:
    """The next sentence to take: of those that fit; the first one also where none fits."""
    named = frozenset(name for one in taken for name in one.names)
    room = MOST_CHARACTERS - sum(one.length + 1 for one in taken)
    left = [one for one in candidates if one not in taken and (not taken or one.length <= room)]
    return min(left, key=lambda one: _rank(one, named, room), default=None)


def _rank(one: _Candidate, named: frozenset[str], room: int) -> tuple[int, bool, bool, int, int]:
    """Smallest first. Recitals come in their order, the rest by length."""
    worth = one.worth_beside(named)
    return -worth, one.length > room, not one.deadline, one.length if worth > _RECITAL else 0, one.position


def _facts(demands: tuple[Demand, ...], commitments: tuple[Commitment, ...], dates: tuple[DateMention, ...]) -> _Facts:
    asked: dict[str, set[str]] = {}
    for demand in demands:
        # The bullets that a demand goes on in stand behind its own sentence.
        asked.setdefault(demand.text.split("\n")[0], set()).update((demand.addressee,) if demand.addressee else ())
    fully = {demand.text.split("\n")[0] for demand in demands if demand.verb not in _HINTS}
    undertaken = {one.text: set(one.actors) for one in commitments}
    deadlines = tuple(one.text for one in dates if one.role == "deadline")
    return _Facts(asked, frozenset(asked) - fully, undertaken, deadlines)


def _candidates(passages: tuple[Passage, ...], facts: _Facts) -> list[_Candidate]:
    body = (sentence for passage in passages if passage.role != "heading" for sentence in sentences(passage))
    return [
        _Candidate(
            sentence,
            at,
            _worth(sentence.text, facts),
            frozenset(facts.asked.get(sentence.text) or facts.undertaken.get(sentence.text) or ()),
            any(deadline in sentence.text for deadline in facts.deadlines),
        )
        for at, sentence in enumerate(body)
    ]


def _worth(text: str, facts: _Facts) -> int:
    if text in facts.asked:
        return _HINTED if text in facts.hinted else _ASKED
    if _LEAD_IN.search(text) or (len(text) < _SHORTEST_WITHOUT_STOP and not _SENTENCE_END.search(text)):
        return _SPARE
    leaning = _LEANING if _LEANS.match(text) else 0
    if text in facts.undertaken:
        return (_UNDERTAKEN if facts.undertaken[text] else _POSITION) - leaning
    kinds = ((_DECISIONS, _DECIDED), (_POSITIONS, _POSITION), (_VALUES, _VALUED))
    return next((worth for pattern, worth in kinds if pattern.search(text)), _RECITAL) - leaning
