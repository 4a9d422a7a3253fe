"""Deadlines as a calendar file (iCalendar, RFC 5545): whole days, the same event under the same name at every export,
so that a calendar that is fed again corrects its entries instead of doubling them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

PRODUCT = "-//Beschlussbote//Fristen//DE"


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is unique among all entries and lasts; `day` is the last one on which something is in time."""

    name: str
    day: dt.date
    title: str
    description: str
    url: str | None = None


def calendar_file(title: str, entries: Iterable[Entry], now: dt.datetime) -> bytes:
    """A file for every calendar program. `now`: an aware time, when it is made."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@beschlussbote")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + dt.timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    return event
