"""Abbreviations that a text explains: "Migrationsberatung für Erwachsene (MBE)", "BSK (Berufssprachkurse)".

A short form has two to eight letters, at least two of them capitals. It is explained by the words before its bracket
(or in the bracket behind it) if its letters stand in them in order, the first one at the beginning of the first word.
Taken is the shortest such run of words, so what stands before it does not belong to it; what follows the word with the
last letter is dropped from the first small word on ("… der EU").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from feeds.words import LONGEST_EXPRESSION, Analyser, is_stop_word

_SHORT = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*(?:[-/&][A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*)?"
_INTRODUCED = r"(?:(?:im\s+)?(?:folgenden|weiteren|nachfolgend|kurz|abgekürzt)\s*:?\s+)?"
_BEHIND = re.compile(rf"\(\s*{_INTRODUCED}[„“\"]?(?P<short>{_SHORT})[“”\"]?\s*\)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)(?P<short>{_SHORT})\s+\((?P<long>[^()\n]{{5,120}})\)")
_WORD = re.compile(r"[^\W\d_][\w-]*")
# What may not stand inside a long form.
_BORDER = re.compile(r"[.;:!?()„“”\"\n]")
_FEWEST, _MOST = 2, 8
_MOST_WORDS = 8
_LONGEST_LONG = 160
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_MEANINGS = 3
"""So many meanings of one short form are looked for, the commonest ones."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A short form with what it stands for, both as printed."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What is known to mean the same. Build with `of`; forms and keys are those of `feeds.words`."""

    _same: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, explained: Iterable[Explained], analyser: Analyser, official: Iterable[Explained] = ()
    ) -> Abbreviations:
        """From pairs, the best known first; `official` ones hold whatever the documents explain."""
        same: dict[str, frozenset[str]] = {}
        meanings: dict[str, int] = {}
        pairs = chain(((one, True) for one in official), ((one, False) for one in explained))
        for one, always in pairs:
            short, long = analyser.key(one.short), _keys(one.long, analyser)
            if not short or not long or (not always and meanings.get(short, 0) == _MEANINGS):
                continue
            meanings[short] = meanings.get(short, 0) + (not always)
            whole, held = "_".join(long), "_".join(long[-LONGEST_EXPRESSION:])
            for key, form in ((short, held), (whole, short), (whole, held)):
                if key != form:
                    same[key] = same.get(key, frozenset()) | {form}
        return cls(same)

    def same_as(self, keys: Iterable[str]) -> frozenset[str]:
        """The forms that stand for the same as any of the keys, without these."""
        return frozenset(chain.from_iterable(self._same.get(key, ()) for key in keys))


def official_abbreviations(names: Iterable[Sequence[str]]) -> tuple[Explained, ...]:
    """From all names of each body or law: BAMF, Bundesamt für Migration und Flüchtlinge."""
    return tuple(
        Explained(short, long)
        for of_one in names
        for short in of_one
        for long in of_one
        if _is_short(short) and " " not in short and not _is_short(long)
    )


def find_abbreviations(text: str) -> tuple[Explained, ...]:
    """Every pair once, in the order of the text. Never raises."""
    found = [(match.start(), _from_before(text, match)) for match in _BEHIND.finditer(text)]
    found += [(match.start(), _from_bracket(match)) for match in _BEFORE.finditer(text)]
    return tuple(dict.fromkeys(one for _, one in sorted(found, key=lambda pair: pair[0]) if one is not None))


def _from_before(text: str, match: re.Match[str]) -> Explained | None:
    """The words before the bracket, as few as will do."""
    if not _is_short(match["short"]):
        return None
    lead = _BORDER.split(text[max(0, match.start() - _LONGEST_LONG) : match.start()])[-1]
    starts = [word.start() for word in _WORD.finditer(lead)][-_MOST_WORDS:]
    runs = (_explaining(match["short"], lead[at:]) for at in reversed(starts))
    return next((Explained(match["short"], long) for long in runs if long), None)


def _from_bracket(match: re.Match[str]) -> Explained | None:
    if not _is_short(match["short"]) or _BORDER.search(match["long"]):
        return None
    long = _explaining(match["short"], match["long"].strip())
    return Explained(match["short"], long) if long else None


def _is_short(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return _FEWEST <= len(letters) <= _MOST and capitals >= 2 and not is_stop_word(text)


def _explaining(short: str, words: str) -> str | None:
    """The words up to the one that holds the last letter; None if the letters do not stand there in order."""
    letters, text = [char for char in _lower(short) if char.isalpha()], _lower(words)
    if text[:1] != letters[0] or is_stop_word(words.split()[0]):
        return None
    last = _last_place(letters, text)
    if last is None:
        return None
    long = " ".join(_up_to_small_word(words, last).split())
    return long if len(long) > len(short) + 2 else None


def _up_to_small_word(words: str, last: int) -> str:
    """The words up to the one with the last letter, and those behind it that belong to it (an adjective's noun)."""
    behind = [word for word in _WORD.finditer(words) if word.end() > last]
    small = next((at for at, word in enumerate(behind) if at and is_stop_word(word[0])), len(behind))
    return words[: behind[small - 1].end()] if behind else words


def _last_place(letters: list[str], text: str) -> int | None:
    """Where the last letter stands, each letter at the beginning of a word if one follows, else anywhere."""
    starts = {word.start() for part in _WORD.finditer(text) for word in re.finditer(r"(?<![\w])\w|(?<=-)\w", text)}
    at = 0
    for number, letter in enumerate(letters[1:], 1):
        places = [place for place in range(at + 1, len(text)) if text[place] == letter]
        fitting = [place for place in places if _in_order(letters[number + 1 :], text[place + 1 :])]
        if not fitting:
            return None
        at = next((place for place in fitting if place in starts), fitting[0])
    return at


def _in_order(letters: list[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _lower(text: str) -> str:
    """Letter for letter, so that places stay the same."""
    return "".join(char.lower()[:1] or char for char in text).translate(_PLAIN)


def _keys(long: str, analyser: Analyser) -> tuple[str, ...]:
    words = (word[0] for word in _WORD.finditer(long) if not is_stop_word(word[0]))
    return tuple(key for key in map(analyser.key, words) if key)
