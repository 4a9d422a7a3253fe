"""What people can look up, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StateRole = Literal["antrag", "notiz", "dagegen", "enthalten", "genannt"]


@dataclass(frozen=True, slots=True)
class FindTopic:
    """`query` in the language of `feeds.query_language`. `first` counts from 1: the first result of the page."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ExplainFilters:
    pass


@dataclass(frozen=True, slots=True)
class ShowState:
    """`name` as typed; `first` counts from 1 over all that is listed. `role`: only where the Land has that one."""

    name: str
    first: int = 1
    role: StateRole | None = None


@dataclass(frozen=True, slots=True)
class ShowDemands:
    """Of whom what is demanded: `query` begins with the addressee as typed; "" asks who there is."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShowLaw:
    """Where a law is cited: `query` begins with the law as typed."""

    query: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ShowDeadlines:
    """What falls due, or with `past` what has been due; `query`: only of what that search finds."""

    first: int = 1
    past: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """The topics there are; `name`: only those below this one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A line without a slash."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowById:
    """A stored resolution by its internal id (buttons use it). `sheet` counts from 1.

    `revision`: the one that the button stood beside, so that it can be said what changed since.
    """

    id: int
    revision: int | None = None
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowByNumber:
    """A resolution as people cite it; `section` is the kind of heading, e.g. "Handlungsfeld"."""

    number: str
    body: str | None = None
    session: int | None = None
    section: str | None = None
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowNote:
    """One protocol note in full; `position` counts from 1 inside the resolution."""

    resolution: int
    position: int


@dataclass(frozen=True, slots=True)
class ShowNotes:
    """All protocol notes of a resolution."""

    of: ShowById | ShowByNumber


@dataclass(frozen=True, slots=True)
class ShowDetails:
    """All demands, dates and other facts of a stored resolution, by its internal id."""

    resolution: int
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class ShowLatest:
    first: int = 1


LookupCommand = (
    FindTopic
    | ExplainFilters
    | ShowState
    | ShowDemands
    | ShowLaw
    | ShowDeadlines
    | ShowTopics
    | PlainText
    | ShowById
    | ShowByNumber
    | ShowNote
    | ShowNotes
    | ShowDetails
    | ShowLatest
)
