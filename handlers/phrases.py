"""Small phrases: dates, enumerations, counts, places in a text. Words, signs and order come from the texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from config.texts import Texts
from feeds.query_language import FILTERS
from feeds.record import Lines

_QUOTED = re.compile(r'"([^"]*)"')
_FILTER = re.compile(rf"(?<!\S)(?P<minus>-?)(?P<name>{'|'.join(FILTERS)}):")
_LANDS = 16


def enumeration(names: Sequence[str], texts: Texts) -> str:
    """For instance "A", "A und B", "A, B und C"."""
    if len(names) < 2:
        return "".join(names)
    return texts("phrase.and", first=", ".join(names[:-1]), last=names[-1])


def lands(names: Sequence[str], texts: Texts, everybody: str = "resolution.all_states") -> str:
    """As `enumeration`; all of the Länder together are "alle 16 Länder", or what another text calls them."""
    if len(set(names)) == _LANDS:
        return texts(everybody, number=_LANDS)
    return enumeration(names, texts)


def quoted(names: Sequence[str], texts: Texts) -> str:
    """For instance "„A“ und „B“"."""
    return enumeration([texts("phrase.quoted", text=name) for name in names], texts)


def readable(query: str, texts: Texts) -> str:
    """A search as it is shown between quotation marks: with single ones inside."""
    spoken = with_spoken_filters(query, texts)
    return _QUOTED.sub(lambda quoted: texts("phrase.quoted_inside", text=quoted[1]), spoken)


def with_spoken_filters(query: str, texts: Texts) -> str:
    """Filters by their names in that language: "land:Bayern" is "state:Bayern" in English."""
    return _FILTER.sub(lambda match: f"{match['minus']}{spoken_filter(match['name'], texts)}:", query)


def spoken_filter(name: str, texts: Texts) -> str:
    """What the filter of that canonical name is called in that language: as in its example."""
    return texts(f"filter.{name}.example").partition(":")[0]


def either(names: Sequence[str], texts: Texts) -> str:
    """Quoted, for a question: "„A“, „B“ oder „C“"."""
    *first, last = [texts("phrase.quoted", text=name) for name in names]
    return texts("phrase.or", first=", ".join(first), last=last) if first else last


def counted(key: str, number: int, texts: Texts) -> str:
    """The text `<key>.none` for 0, `<key>.one` for 1, else `<key>.many` with the number."""
    form = {0: "none", 1: "one"}.get(number, "many")
    return texts(f"{key}.{form}", number=grouped(number, texts))


def grouped(number: int, texts: Texts) -> str:
    """For instance "12.345", in English "12,345"."""
    return f"{number:,}".replace(",", texts("phrase.thousands"))


def long_date(day: dt.date, texts: Texts) -> str:
    return texts("phrase.date", day=day.day, month=texts(f"month.{day.month}"), year=day.year)


def period(start: dt.date | None, end: dt.date | None, texts: Texts) -> str:
    """For instance "23.–24. April 2025", "30. April – 2. Mai 2025", or one date; "" where neither is known."""
    days = sorted({day for day in (start, end) if day})
    if len(days) < 2:
        return long_date(days[0], texts) if days else ""
    first, last = days
    if (first.year, first.month) == (last.year, last.month):
        return "–".join((texts("phrase.day", day=first.day), long_date(last, texts)))
    if first.year == last.year:
        day = texts("phrase.day_and_month", day=first.day, month=texts(f"month.{first.month}"))
        return f"{day} – {long_date(last, texts)}"
    return f"{long_date(first, texts)} – {long_date(last, texts)}"


def zone_name(zone: str, texts: Texts) -> str:
    """For instance "Ortszeit Berlin" for "Europe/Berlin"; "UTC" as it is."""
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    return texts("phrase.zone", place=place) if "/" in zone else zone


def time_of_day(minute: int) -> str:
    """Minutes from midnight as "07:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def printed_lines(lines: Lines, texts: Texts) -> str:
    """For instance "Zeile 55" or "Zeilen 55–56"."""
    first, last = lines
    return texts("phrase.line", line=first) if first == last else texts("phrase.lines", first=first, last=last)


def place(item: int | None, lines: Lines | None, texts: Texts) -> str:
    """For instance "Ziffer 6, Zeilen 55–56"; what the document does not give is left out."""
    parts = [texts("phrase.item", item=item)] if item is not None else []
    return ", ".join([*parts, printed_lines(lines, texts)] if lines else parts)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and marked with "…" (for labels, never for content)."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:–-") + "…"
