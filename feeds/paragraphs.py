"""Lines to paragraphs: where one ends, and how cut words come together again.

Strategy, where a paragraph ends: at a bullet or an item; at empty space, unless the text is printed with empty
space between all lines; and behind a full stop on a line that had room for the next word. Nothing ends inside a
cut word or before a word in lower case, so page furniture in between does no harm.

Strategy, cut words: a soft hyphen at a line's end is dropped before lower case and kept before a capital
("Nordrhein-|Westfalen") and in "non-|formalen"; before "und", "oder", "bzw." the hyphen stands for an omitted part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from feeds.line import Line
from feeds.record import Passage, PassageRole

ITEM = re.compile(r"\(?(?P<number>\d{1,2})[.)](?:\s+|(?=[A-ZÄÖÜ„]))(?P<text>\S.*)")
"""A number with a full stop or in brackets opens an item; in print taken apart the blank behind it may be missing."""
BULLET = re.compile(r"(?:[•●▪◦‣]|[-–o](?=\s))\s*(?P<text>\S.*)")

UNFINISHED = re.compile(
    r"(?:[-–,(/]|\b(?:und|oder|sowie|der|die|das|des|dem|den|ein|eine|einer|einem|einen|für|von|vom|zur|zum|zu|in|im|mit|bei"
    r"|an|am|auf|über|als|durch|nach|unter|zwischen))$"
)
"""A line that ends so goes on below."""
_GOES_ON = re.compile(r"[-–,(/]$")
_PART = re.compile(r"(?:[a-z]{1,2}\)|[a-cefghk-n]\.|(?:i{1,3}|iv|vi{0,3})\.(?= [A-ZÄÖÜ])) \S")
"""A letter with a full stop counts only if it begins no abbreviation (d. h., i. d. R., s. o., u. a., z. B.)."""
_PART_ENDS = re.compile(r"[.:;,]$|\b(?:und|oder|sowie|bzw\.)$")
_SENTENCE_END = re.compile(r"[.:;!?][“”\"’)»]*$")
_OMITTED_PART = re.compile(r"(?:und|oder|bzw\.|sowie|als auch|noch|-)(?:\W|$)")
_KEPT_PREFIX = re.compile(r"(?:^|[\s(„])[Nn]on-$")
_ROOM = 0.90
"""A line shorter than this share of its neighbours' width, next word included, had room: proportional type
makes the lines of one paragraph differ by up to a tenth in characters (measured on the seed documents)."""
_MUCH_ROOM = 0.70
_NEIGHBOURS = 4
_HEADING_LINES = 3
OPENER = re.compile(
    r"(?:Die|Der|Das|Den|Dem|Ein|Eine|Einer|Es|Sie|Wir|In|Im|Am|An|Auf|Bei|Mit|Zu|Zur|Zum|Für|Aus|Von|Vom|Nach|Seit|Schon"
    r"|Bereits|Dabei|Damit|Dazu|Daher|Darüber|Daneben|Hierzu|Hierbei|Dies|Diese|Dieser|Dieses|Auch|Aufgrund|Zudem|Vor|Um|Wenn)\s"
)
"""Capitalised words that are no nouns: they open a sentence."""


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def paragraphs_of(
    lines: tuple[Line, ...], starts: frozenset[int] = frozenset(), *, spread: bool = False
) -> tuple[tuple[Line, ...], ...]:
    """The lines grouped into paragraphs.

    `starts` are the positions where an item begins. `spread`: the document has empty space between all lines; it
    counts where these lines do not tell. Lines that are numbered in the margin are taken for spread.
    """
    groups: list[list[Line]] = []
    spread = any(line.margin is not None for line in lines) or spread_of(lines, default=spread)
    for at, line in enumerate(lines):
        if at == 0 or at in starts or _begins(lines, at, len(groups[-1]), spread=spread):
            groups.append([])
        groups[-1].append(line)
    return tuple(tuple(group) for group in groups)


def _begins(lines: tuple[Line, ...], at: int, so_far: int, *, spread: bool) -> bool:
    """Whether a paragraph begins at a line, when the current one has `so_far` lines."""
    line, previous = lines[at], lines[at - 1]
    if line.starts:
        return True
    if previous.text.endswith("-"):
        return False
    if BULLET.fullmatch(line.text) or _is_list_entry(line) or _is_part(line, previous):
        return True
    if line.text[:1].islower():
        return False
    apart = line.gap and not line.page_start and not (spread and _all_apart(lines, at))
    if ends_sentence(previous.text):
        return apart or _had_room(lines, at, _ROOM)
    return apart or (so_far <= _HEADING_LINES and _follows_heading(lines, at))


def _is_list_entry(line: Line) -> bool:
    """A number that opens a line with space above; where lines are numbered in the margin, space says nothing."""
    return line.gap and line.margin is None and bool(ITEM.fullmatch(line.text))


def _is_part(line: Line, above: Line) -> bool:
    """ "a) …" opens an entry behind a comma, "und" or empty space; elsewhere it is a citation cut by the line's end."""
    if not _PART.match(line.text):
        return False
    return bool(_PART_ENDS.search(above.text)) or (line.gap and not line.page_start)


def _follows_heading(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the lines above read like a heading: no full stop, and a new sentence or much empty room behind.

    Inside a sentence the words that open one are written small, so they tell one also behind a word that seems to go
    on ("von Anfang an | Die …"), but not behind a comma or a stroke.
    """
    above = lines[at - 1].text
    if OPENER.match(lines[at].text):
        return not _GOES_ON.search(above)
    return not UNFINISHED.search(above) and lines[at].text[:1].isupper() and _had_room(lines, at, _MUCH_ROOM)


def spread_of(lines: tuple[Line, ...], *, default: bool = False) -> bool:
    """Whether lines are printed with empty space between them: those that surely go on with a sentence have it."""
    going_on = [
        line.gap
        for above, line in pairwise(lines)
        if not line.page_start and (above.text.endswith("-") or line.text[:1].islower()) and not _PART.match(line.text)
    ]
    return 2 * sum(going_on) > len(going_on) if going_on else default


def _all_apart(lines: tuple[Line, ...], at: int) -> bool:
    """Whether the lines around stand apart from each other, so that empty space says nothing."""
    above = at == 1 or _set_apart(lines[at - 1])
    below = at + 1 >= len(lines) or _set_apart(lines[at + 1])
    return above and _set_apart(lines[at]) and below


def _set_apart(line: Line) -> bool:
    return line.gap or line.page_start


def _had_room(lines: tuple[Line, ...], at: int, share: float) -> bool:
    around = lines[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
    width = max(len(line.text) for line in around)
    return len(lines[at - 1].text) + 1 + len(lines[at].text.split(" ", 1)[0]) < share * width


def passage_of(lines: Iterable[Line], role: PassageRole = "paragraph", item: int | None = None) -> Passage:
    """One paragraph's lines joined to running text, with the offset at which each margin number begins."""
    text = ""
    marks: list[tuple[int, int]] = []
    hard = False
    for line in lines:
        text = text and _joined(text, line.text, hard)
        if line.margin is not None:
            marks.append((len(text), line.margin))
        text += line.text
        hard = line.hard_hyphen
    return Passage(text, tuple(marks), role, item)


def _joined(text: str, following: str, hard: bool) -> str:
    """`text` made ready for `following` to be appended."""
    if not text.endswith("-") or text.endswith((" -", "–")):
        return text + " "
    if _OMITTED_PART.match(following):
        return text + " "
    soft = not hard and following[:1].islower() and not _KEPT_PREFIX.search(text[-5:])
    return text[:-1] if soft else text


def flat_text(lines: Iterable[Line]) -> str:
    """Lines joined like a paragraph's, as plain text (for titles and lists of names)."""
    return passage_of(lines).text
