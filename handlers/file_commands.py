"""What people can ask for as a picture or a file, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TableForm = Literal["csv", "json"]
DocumentForm = Literal["pdf", "text"]


@dataclass(frozen=True, slots=True)
class ShowMap:
    """Which Länder applied for, or have notes under, what the search finds."""

    query: str


@dataclass(frozen=True, slots=True)
class ShowTrend:
    """How often what the search finds was decided on, session by session; "" for the largest topics."""

    query: str


@dataclass(frozen=True, slots=True)
class ExportHits:
    query: str
    form: TableForm = "csv"


@dataclass(frozen=True, slots=True)
class MakeCalendar:
    """The deadlines of what the search finds, or of one resolution by its internal id; both empty: all to come."""

    query: str = ""
    resolution: int | None = None


@dataclass(frozen=True, slots=True)
class MakeDocument:
    """One resolution as a file; `cited` as people cite it ("5.2 IntMK 20"), or "#17"."""

    cited: str
    form: DocumentForm = "pdf"


FileCommand = ShowMap | ShowTrend | ExportHits | MakeCalendar | MakeDocument
