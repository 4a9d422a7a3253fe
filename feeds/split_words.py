"""Blanks inside words ("Part ner"), as some PDFs have them: healed where the word is known beyond doubt.

Strategy: neighbours are one word when the joined form stands elsewhere in the document, and one of the two never
stands without the other; two parts or three, and a part with a capital is never joined on. Many German verbs can be
written both ways ("zusammen arbeiten"), so a small word is joined on only as part of a noun. The words that a
document's structure hangs on ("Protokoll notiz") need no other proof.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from feeds.line import Line

_WORD = re.compile(r"[^\W\d_]+")
_MOST_PARTS = 2
"""Behind the first one."""
_CUT_END = re.compile(r"-\d{0,4}$")
_CUT = re.compile(r"-\d{0,4}\n(?=[a-zäöüß])")
_STRUCTURE = frozenset(
    "protokollnotiz protokollnotizen protokollerklärung protokollerklärungen antragsteller antragstellerin"
    " antragstellerinnen berichterstattung abstimmungsergebnis abstimmung einstimmig mehrheitlich beschlossen beschluss"
    " tagesordnung zurückgezogen vertagt abgelehnt enthaltung enthaltungen ziffer ziffern".split()
)
_SMALL = frozenset(
    "ab an auf aus außer bei bis da dabei dafür dagegen daher dahin daran darauf davon dazu durch ein entgegen fest"
    " fort frei für gegen gut heim her hervor hin hinaus hinzu in indem mit nach neben nicht nieder offen los seit so"
    " statt teil trotz über um umher und unter viel von vor voran voraus vorbei weg weiter wenn wie wieder wo wohl"
    " zu zum zur zurück zusammen zwischen".split()
)
"""Words of their own that also begin words."""
_NEVER_ENDS = frozenset(
    "der die das dem den des ein eine einer eines einem einen mit und oder zu es er sie wir ist".split()
)
_OPENS_SENTENCE = tuple(".:;!?„“–")


def without_split_words(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the blanks taken out that stand inside words."""
    text = _CUT.sub("", "\n".join(line.text for line in lines))
    words = _WORD.findall(text)
    document = _Document(text, Counter(words))
    suspects = _suspects(words, document)
    if not suspects:
        return lines
    suspected = re.compile(rf" (?:{'|'.join(sorted(suspects))})\b")
    return tuple(_mended(lines, at, document) if suspected.search(line.text) else line for at, line in enumerate(lines))


@dataclass(frozen=True, slots=True)
class _Document:
    """Its text with the words put together that are cut at line ends, and how often each word stands in it."""

    text: str
    times: Counter[str]

    def knows(self, word: str) -> bool:
        return word in self.times or word.lower() in _STRUCTURE


def _suspects(words: list[str], document: _Document) -> set[str]:
    """The words that may be the second part of one; looking for them first spares nearly all lines the slow way."""
    lower = [word.islower() for word in words]
    pairs = {left + right: right for left, right, low in zip(words, words[1:], lower[1:], strict=False) if low}
    triples = {
        left + right + third: right
        for left, right, third, low, also in zip(words, words[1:], words[2:], lower[1:], lower[2:], strict=False)
        if low and also
    }
    known = document.times.keys() | _STRUCTURE | {word.capitalize() for word in _STRUCTURE}
    return {parts[whole] for parts in (pairs, triples) for whole in known & parts.keys()} - _NEVER_ENDS


def _mended(lines: tuple[Line, ...], at: int, document: _Document) -> Line:
    """The line with its split words put together; a part may be cut at the end of the line above or of this one."""
    line = lines[at]
    above = lines[at - 1].text if at and not (line.gap or line.page_start) else ""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    tokens = line.text.split(" ")
    mended = tokens[:1]
    position = 1
    while position < len(tokens):
        following = tokens[position : position + _MOST_PARTS]
        if position + len(following) == len(tokens) and _CUT_END.search(following[-1]):
            following[-1] = _CUT_END.sub("", following[-1]) + below.partition(" ")[0]
        left, before = mended[-1], mended[-2] if len(mended) > 1 else above
        if len(mended) == 1 and _CUT_END.search(above):
            left = _CUT_END.sub("", above).rpartition(" ")[2] + left
        joined = _joined_on(left, following, before, document)
        mended[-1] += "".join(tokens[position : position + joined])
        mended += [] if joined else [tokens[position]]
        position += max(1, joined)
    return line._replace(text=" ".join(mended))


def _joined_on(left: str, following: list[str], before: str, document: _Document) -> int:
    """How many of the following tokens belong to the word that `left` ends with."""
    if not following[0][:1].islower() or not left[-1:].isalpha():
        return 0
    part = left if left.isalpha() else _WORD.findall(left)[-1]
    parts = [match[0] for token in following if (match := _WORD.match(token)) and match[0].islower()]
    opens = (left.removesuffix(part) or before or ".").endswith(_OPENS_SENTENCE)
    for count in range(len(parts), 0, -1):
        whole = part + "".join(parts[:count])
        if document.knows(whole) and _is_split(part, parts[:count], document, opens=opens):
            return count
    return 0


def _is_split(left: str, parts: list[str], document: _Document, *, opens: bool) -> bool:
    """Whether the parts are none by themselves."""
    if (left + "".join(parts)).lower() in _STRUCTURE:
        return True
    if not (left + "".join(parts))[1:].islower() or parts[-1] in _NEVER_ENDS:
        return False
    if left.lower() in _SMALL and (left.islower() or opens):
        return False
    together = document.text.count(f"{left} {parts[0]}")
    return together in (document.times[left], document.times[parts[0]])
