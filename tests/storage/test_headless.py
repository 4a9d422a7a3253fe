"""A source whose documents suddenly give no heads: its layout has changed."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.parse_paper import NO_STRUCTURE
from feeds.recognised import NO_RESOLUTION
from storage import documents
from storage.database import Connection
from tests.storage.samples import reading

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("order", "found", "why"),
    [
        ("", False, "nothing was read yet"),
        ("-", False, "it may never have had any"),
        ("HHH-", True, "all had, the newest has not"),
        ("H-", True, "two are enough"),
        ("HHH-H", False, "the newest has some again"),
        ("H-H-", False, "it lists all sorts of things"),
        ("HHHx", True, "the newest decides nothing"),
        ("-HHHH-", True, "what is long past does not count"),
    ],
)
async def test_only_a_sudden_change_is_one(conn: Connection, order: str, found: bool, why: str) -> None:
    for number, kind in enumerate(order):
        warnings = {"-": (NO_STRUCTURE,), "x": (NO_RESOLUTION,)}.get(kind, ())
        about = reading(content=f"{number}").publication
        await documents.store(conn, about, warnings, f"https://a.example/{number}", "a", NOW)
        await documents.store(conn, about, (), f"https://b.example/{number}", "b", NOW)
    last = f"https://a.example/{len(order) - 1}"
    assert await documents.headless(conn) == ({"a": last} if found else {}), why


async def test_what_came_from_no_source_is_nobodys_trouble(conn: Connection) -> None:
    for number, warnings in enumerate(((), (NO_STRUCTURE,))):
        await documents.store(conn, reading().publication, warnings, f"/{number}.txt", None, NOW)
    assert await documents.headless(conn) == {}
