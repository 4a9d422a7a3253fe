"""How protocol notes are headed.

Strategy: a heading is a line, or up to four, that says whose note follows and nothing else: "Protokollerklärung des
Landes Hessen zu Ziffer 2:", "Bayern gibt folgende Protokollnotiz ab:". The text may begin behind its colon. Without a
colon it is a heading only if it consists of names and the words between them. A sentence in which a state joins
another one's note is a note of that state. Below notes a line such as "Hessen:" heads one more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from config.states import States
from feeds.line import Line
from feeds.listed_states import Listed, listed_states
from feeds.paragraphs import ends_sentence, flat_text

_IN_EVERY = "rotokoll"
"""Looked for first, since nearly no line has it."""
_LONGEST = 4
"""Lines of the longest heading."""
_NOTE = (
    r"(?:[Gg]emeinsamen? |[Ff]olgenden? |[Nn]achstehenden? )*"
    r"(?:Protokoll(?:notiz|erklärung|anmerkung|vermerk)(?:en|e)?|Erklärung(?:en)? zu Protokoll)"
)
_SENTENCE = r"\. [A-ZÄÖÜ]| (?:sind|ist|wird|werden|wurde|wurden|liegt|liegen|kann|können) "
_BEGINS = re.compile(rf"{_NOTE}(?=[ :(–-]|$)")
_HEADED = re.compile(rf"{_NOTE}(?P<who>(?:(?!{_SENTENCE})[^:]){{0,400}}?) ?:(?: (?P<text>.+))?")
_ALONE = re.compile(rf"{_NOTE}(?P<who> .{{2,300}})")
_GIVEN = re.compile(
    rf"(?P<who>[^:.]{{2,300}}?) (?:gibt|geben|hat|haben) (?:zu .{{1,40}}? )?(?:die |eine )?{_NOTE}"
    r"(?: zu (?P<to>[^:]{3,40}?))?(?: ab| zu Protokoll| abgegeben| zu Protokoll gegeben)? ?:"
)
_JOINS = re.compile(
    rf"(?P<who>[^.:]{{2,250}}?) (?:schließt|schließen|tritt|treten) (?:sich )?(?:de[rnm]|diese[rn]) "
    rf"(?:.{{0,60}} )?{_NOTE}\b.*\b(?:an|bei)\."
)
_SUPPORTS = re.compile(
    r"(?P<who>[^.:]{2,250}?) (?:unterstützt|unterstützen|teilt|teilen) (?:die|diese) (?:.{0,60} )?"
    rf"{_NOTE}\b[^.:]*\."
)
_JOINED_BY = re.compile(
    rf"(?:De[rnm]|Diese[rnm]) {_NOTE}\b(?: [^.:]{{1,60}}?)?? (?:schließt|schließen|tritt|treten) (?:sich )?"
    r"(?:auch )?(?P<who>[^.:]{2,250}?) (?:an|bei)\."
)
_JOINING = (_JOINS, _SUPPORTS, _JOINED_BY)
_MAY_GIVE_OR_JOIN = re.compile(
    r"\b(?:gibt|geben|hat|haben|schließt|schließen|tritt|treten|unterstützt|unterstützen|teilt|teilen)\b"
)
_NUMBERS = r"[\w./]*\d[\w./]*(?:(?:,| und| bis| ?[–-]) ?[\w./]*\d[\w./]*)*"
_TO = re.compile(
    r",? ?\bzu(?:r|m)? (?:den |dem |der )?(?:Ziffern?|Ziff\.|Nr\.|Nummern?|TOP|Punkt(?:en)?|Absatz|Abs\."
    rf"|Beschluss(?:ziffern?)?|Tagesordnungspunkt(?:en)?)(?: ?{_NUMBERS})?"
)
_ITEMS = re.compile(
    r"\b(?:Ziffern?|Ziff\.|Nr\.|Nummern?|zu Punkt) (?P<numbers>\d{1,2}(?!\.?\d)(?:(?:, | und | bis |–|-)\d{1,2})*)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`length` lines of a document; `lines` are those of the note's text among them.

    `who`: the words that say whose note it is; `items`: the numbers of the items it is put to. `joins`: it is a
    sentence by which a state joins a note above.
    """

    text: str
    who: str
    items: tuple[int, ...]
    length: int
    lines: tuple[Line, ...] = ()
    joins: bool = False

    @property
    def named(self) -> bool:
        """Whether it says whose note it is; "Protokollnotizen:" over several does not."""
        return bool(self.who.strip())


def heading_at(lines: tuple[Line, ...], at: int, states: States, *, noted: bool) -> Heading | None:
    """The heading that begins at a line; `noted`: notes stand above already."""
    if _BEGINS.match(lines[at].text):
        return _headed(lines, at) or _alone(lines, at, states)
    near = [line.text for line in lines[at : at + _LONGEST]]
    if any(_IN_EVERY in text for text in near) and any(_MAY_GIVE_OR_JOIN.search(text) for text in near[:2]):
        return _given_or_joined(lines, at, states)
    return _named_alone(lines, at, states) if noted else None


def _headed(lines: tuple[Line, ...], at: int) -> Heading | None:
    for length, flat in _readings(lines, at):
        match = _HEADED.fullmatch(flat)
        if match:
            text = (lines[at + length - 1]._replace(text=match["text"]),) if match["text"] else ()
            head = flat[: match.start("text")] if match["text"] else flat
            return _heading(head.rstrip(" :"), match["who"], length, text)
    return None


def _alone(lines: tuple[Line, ...], at: int, states: States) -> Heading | None:
    """A heading without a colon: a group of lines of its own that holds names and nothing else."""
    for length, flat in _readings(lines, at):
        match = _ALONE.fullmatch(flat)
        followed = at + length < len(lines) and lines[at + length].gap
        if match and followed:
            listed = listed_states(_TO.sub("", match["who"]).strip(" ()–-"), states)
            return _heading(flat, match["who"], length) if listed.states and not listed.unknown else None
    return None


def _given_or_joined(lines: tuple[Line, ...], at: int, states: States) -> Heading | None:
    for length, flat in _readings(lines, at):
        given = _GIVEN.fullmatch(flat)
        match = given or next((found for form in _JOINING if (found := form.fullmatch(flat))), None)
        listed = listed_states(match["who"], states) if match else Listed(())
        if match and listed.states and not listed.unknown:
            to = given["to"] or "" if given else ""
            text = () if given else lines[at : at + length]
            heading = _heading(flat.rstrip(" :"), f"{match['who']} {to and 'zu ' + to}", length, text)
            return heading if given else replace(heading, joins=True)
    return None


def _named_alone(lines: tuple[Line, ...], at: int, states: States) -> Heading | None:
    """Below a note: "Hessen:", the heading of one more."""
    line = lines[at]
    if not (line.gap and line.text.endswith(":") and len(line.text.split()) <= 8):
        return None
    listed = listed_states(_TO.sub("", line.text).rstrip(" :"), states)
    return _heading(line.text.rstrip(" :"), line.text, 1) if listed.states and not listed.unknown else None


def _readings(lines: tuple[Line, ...], at: int) -> list[tuple[int, str]]:
    """One line, two lines …, as flat text, up to the end of a sentence or of a group."""
    found = []
    for length in range(1, min(_LONGEST, len(lines) - at) + 1):
        found.append((length, flat_text(lines[at : at + length])))
        if ends_sentence(lines[at + length - 1].text):
            break
    return found


def _heading(text: str, who: str, length: int, lines: tuple[Line, ...] = ()) -> Heading:
    match = _ITEMS.search(text)
    numbers = tuple(map(int, re.findall(r"\d+", match["numbers"]))) if match else ()
    return Heading(text, _TO.sub("", who).strip(" ()–-:"), numbers, length, lines)
