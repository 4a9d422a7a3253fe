"""What a publication says, as plain frozen data: the vocabulary that all rooms share.

The names are those of the public JSON (`read --json`); `feeds.as_json` writes them out one to one. A value that
the document does not give is `None` or `()`, never a guess. "Lines" are the printed margin numbers, first and last,
where the document has them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

Lines = tuple[int, int]
"""First and last printed margin number, both included."""

Vote = Literal["einstimmig", "mehrheitlich"]
Outcome = Literal["beschlossen", "zur Kenntnis", "abgelehnt", "vertagt", "zurückgezogen"]
Precision = Literal["day", "month", "year"]
DateRole = Literal["deadline", "in force", "reference"]
PassageRole = Literal["paragraph", "item", "bullet", "heading"]


def _offset(mark: tuple[int, int]) -> int:
    return mark[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a resolution's body after cleaning.

    `marks` holds (offset in `text`, margin number) pairs in rising order: from that offset on the text stands on
    that printed line. `item` is the number of the Ziffer that the paragraph belongs to, if any.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    role: PassageRole = "paragraph"
    item: int | None = None

    def lines(self, start: int = 0, end: int | None = None) -> Lines | None:
        """The margin numbers that `text[start:end]` stands on; None where nothing is numbered."""
        stop = len(self.text) if end is None else end
        if not self.marks:
            return None
        begins = bisect_right(self.marks, start, key=_offset)
        ends = bisect_left(self.marks, max(stop, start + 1), key=_offset)
        first = self.marks[max(begins - 1, 0)][1]
        return first, max(first, self.marks[max(ends - 1, 0)][1])


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered Ziffer of a resolution."""

    number: int
    text: str
    lines: Lines | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolNote:
    """A Protokollnotiz or Protokollerklärung; `item` is the Ziffer its heading names, None for the whole."""

    states: tuple[str, ...]
    item: int | None
    text: str
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """Who is asked or charged to do what; `text` is the whole sentence, word for word.

    `addressee`: the one name of `config/addressees.toml` or of a Land, else as the text writes it; None where the
    sentence names nobody. `verb`: plural of the present, separable part behind ("fordern auf"), also for a passive.
    """

    item: int | None
    addressee: str | None
    verb: str
    text: str
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the parties of a paper undertake themselves; `text` is the whole sentence.

    `actors`: () where the sentence names none ("Dabei werden neue Formate erprobt."). `modality`: werden, wollen,
    sollen, vereinbaren, verpflichten sich, or präsens for an undertaking in the plain present.
    """

    actors: tuple[str, ...]
    modality: str
    text: str
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class LawReference:
    """A law that is cited or named. `section`: "25a", "32 Abs. 2 Nr. 5"; None where only the law is named.

    `item` and `lines`, here and below: where the fact is first told.
    """

    law: str
    section: str | None
    text: str
    item: int | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in units of `currency` (ISO 4217), an int where it is a whole number of them.

    `approximate`: the text says "ca." or "rund". `per`: what the amount is for one of ("Land"), None for the whole.
    """

    amount: float
    currency: str
    text: str
    approximate: bool = False
    per: str | None = None
    item: int | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, month or year; `date` is the first day of a month, season, half-year or year, the last one with "Ende".

    `precision`: how exactly the text says it; a season or half-year is only as exact as its year.
    """

    date: dt.date
    precision: Precision
    text: str
    role: DateRole | None = None
    item: int | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Another resolution, or another session of a conference, that this one refers to."""

    body: str
    session: int | None
    number: str | None
    text: str
    date: dt.date | None = None
    item: int | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic of `config/topics.toml` with the words of the text that prove it."""

    topic: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of the source, word for word."""

    text: str
    item: int | None = None
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """One agenda item that was decided on (or one section of a paper that carries content).

    `number` is as printed ("5.2", "2.1.b", "A", "IV"); None for a paper's section without a number. `page`: where its
    head stands in the file, from 1; None in a file without pages. It is no part of what is said: printed elsewhere it
    is the same resolution.
    """

    number: str | None
    title: str
    label: str | None = None
    subtitle: str | None = None
    section: str | None = None
    applicants: tuple[str, ...] = ()
    applicants_label: str | None = None
    vote: Vote | None = None
    outcome: Outcome | None = None
    counts: tuple[int, int, int] | None = None
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    protocol_notes: tuple[ProtocolNote, ...] = ()
    demands: tuple[Demand, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    laws: tuple[LawReference, ...] = ()
    money: tuple[Money, ...] = ()
    dates: tuple[DateMention, ...] = ()
    references: tuple[Reference, ...] = ()
    topics: tuple[TopicMatch, ...] = ()
    summary: tuple[SummarySentence, ...] = ()
    warnings: tuple[str, ...] = ()
    page: int | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What the resolution is called for in look-ups: its number, or its title where it has none."""
        return self.number or self.title

    @property
    def recognised(self) -> bool:
        """Whether the structure of the document was: a page of which only the text was read is no news to anybody."""
        return self.number is not None or self.section is not None or not self.warnings

    @property
    def text(self) -> str:
        """The cleaned running text of the body, without protocol notes."""
        return "\n".join(passage.text for passage in self.passages)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the body has, bullets not counted."""
        return sum(passage.role != "bullet" for passage in self.passages)

    @property
    def bullets(self) -> int:
        return sum(passage.role == "bullet" for passage in self.passages)


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A heading of a paper's outline; `number` as printed ("II"), None where it has none."""

    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One document: a collection of resolutions or a paper."""

    source: str
    kind: Literal["resolutions", "paper"]
    title: str | None
    sha256: str
    subtitle: str | None = None
    body: str | None = None
    session: int | None = None
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    place: str | None = None
    meeting: str | None = None
    sections: tuple[SectionHeading, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gave."""

    publication: Publication
    resolutions: tuple[Resolution, ...]
    warnings: tuple[str, ...] = ()
