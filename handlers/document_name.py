"""What a document is called: a collection by its conference and session, a paper by its title."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from config.texts import Texts
from feeds.record import Publication
from handlers.phrases import period
from storage.resolutions import StoredPublication


def session_of(publication: Publication, texts: Texts) -> str:
    """For instance "20. IntMK", "IntMK", or "" where the document names no conference."""
    if publication.body is None:
        return ""
    session = publication.session
    return publication.body if session is None else texts("resolution.session", number=session, body=publication.body)


def document_name(stored: StoredPublication, texts: Texts) -> str:
    """In short: "20. IntMK"; a paper by its title, or by what else people can tell it by."""
    name = session_of(stored.publication, texts)
    return name if name and stored.publication.kind == "resolutions" else _title(stored, texts)


def conference(stored: StoredPublication, texts: Texts) -> str:
    """For instance "20. IntMK, Hauptkonferenz, 23.–24. April 2025, Göttingen"; for a paper its title and date."""
    publication = stored.publication
    name = document_name(stored, texts)
    beside = publication.subtitle if publication.kind == "paper" else publication.meeting
    day = period(publication.date_start, publication.date_end, texts)
    parts = (name, beside if beside != name else None, day, publication.place)
    return ", ".join(part for part in parts if part) or texts("resolution.nameless")


def meeting(stored: StoredPublication, texts: Texts) -> str:
    """In short: "20. IntMK, 23.–24. April 2025"; for a paper its title and date."""
    day = period(stored.publication.date_start, stored.publication.date_end, texts)
    return ", ".join(part for part in (document_name(stored, texts), day) if part) or texts("resolution.nameless")


def _title(stored: StoredPublication, texts: Texts) -> str:
    """Without a title: the subtitle, or the conference with how the document begins, or with the name of its file."""
    publication = stored.publication
    if titled := publication.title or publication.subtitle:
        return titled
    begin = next((one.title for one in publication.sections), "")
    file = unquote(urlsplit(stored.address).path).rstrip("/").rpartition("/")[2]
    named = texts("resolution.untitled", begin=begin) if begin else texts("resolution.file", name=file) if file else ""
    return ", ".join(part for part in (session_of(publication, texts), named) if part)
