"""Invented documents and times for the tests of the store."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from feeds.record import Item, Passage, ProtocolNote, Publication, Reading, Resolution

NOW = dt.datetime(2026, 3, 4, 8, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

LANGUAGE = "Die Konferenz bittet den Bund, die Berufssprachkurse auskömmlich zu finanzieren."


def resolution(number: str = "5.2", title: str = "Sprachförderung", *texts: str, **fields: Any) -> Resolution:
    """One item per text; without texts one about language courses."""
    said = texts or (LANGUAGE,)
    plain = Resolution(
        number=number,
        title=title,
        vote="einstimmig",
        outcome="beschlossen",
        passages=tuple(Passage(text, ((0, at),), "item", at) for at, text in enumerate(said, 1)),
        items=tuple(Item(at, text, (at, at)) for at, text in enumerate(said, 1)),
    )
    return replace(plain, **fields)


def note(*states: str, item: int | None = None, text: str = "Wir erklären uns.") -> ProtocolNote:
    return ProtocolNote(states, item, text, (7, 8))


def reading(
    *resolutions: Resolution,
    body: str | None = "BspMK",
    session: int | None = 7,
    date: dt.date | None = dt.date(2026, 2, 12),
    content: str | None = None,
    **fields: Any,
) -> Reading:
    """A document of the invented conference; `content` stands for its bytes (by default made from what it says)."""
    data = repr(resolutions) if content is None else content
    publication = Publication(
        source="sample",
        kind="resolutions",
        title="Beschlüsse",
        sha256=hashlib.sha256(data.encode()).hexdigest(),
        body=body,
        session=session,
        date_start=date,
    )
    return Reading(replace(publication, **fields), resolutions)
