"""What falls due, and of whom something is demanded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from feeds.due import due_on
from feeds.record import DateMention, Demand, Precision
from storage import deadlines, demands
from storage.database import Connection
from tests.storage.samples import reading, resolution
from tests.storage.taking import take

TODAY = dt.date(2026, 3, 4)


def date(text: str, when: dt.date, precision: Precision = "day", role: str | None = "deadline") -> DateMention:
    return DateMention(when, precision, text, "deadline" if role == "deadline" else None)


DATED = resolution(
    "1",
    "Termine",
    dates=(
        date("2025", dt.date(2025, 1, 1), "year"),
        date("erwähnt", dt.date(2026, 5, 1), role=None),
        date("2026", dt.date(2026, 1, 1), "year"),
        date("März 2026", dt.date(2026, 3, 1), "month"),
        date("3. März 2026", dt.date(2026, 3, 3)),
        date("4. März 2026", dt.date(2026, 3, 4)),
    ),
)


@pytest.mark.parametrize(
    ("when", "precision", "due"),
    [
        (dt.date(2026, 3, 4), "day", dt.date(2026, 3, 4)),
        (dt.date(2024, 2, 1), "month", dt.date(2024, 2, 29)),
        (dt.date(2026, 1, 1), "year", dt.date(2026, 12, 31)),
        (dt.date(2026, 12, 31), "year", dt.date(2026, 12, 31)),
    ],
)
def test_a_date_holds_until_its_last_day(when: dt.date, precision: Precision, due: dt.date) -> None:
    assert due_on(date("", when, precision)) == due


async def due(conn: Connection, past: bool = False, limit: int = 10, offset: int = 0) -> list[str]:
    page = await deadlines.due(conn, TODAY, past, limit, offset)
    return [one.mention.text for one in page.items]


async def test_the_next_comes_first_and_what_can_still_be_met_counts(conn: Connection) -> None:
    await take(conn, reading(DATED))
    assert await due(conn) == ["4. März 2026", "März 2026", "2026"]
    assert await due(conn, past=True) == ["3. März 2026", "2025"]
    assert await deadlines.count(conn, TODAY, False) == 3
    assert await due(conn, limit=1, offset=1) == ["März 2026"]


async def test_a_revision_replaces_what_was_due(conn: Connection) -> None:
    await take(conn, reading(DATED))
    await take(conn, reading(replace(DATED, title="Weniger", dates=DATED.dates[:1])))
    assert await due(conn) == []
    assert await due(conn, past=True) == ["2025"]


async def test_of_whom_something_is_demanded(conn: Connection) -> None:
    one = resolution("1", "Eins", demands=(Demand(1, "Bund", "bitten", "x"), Demand(1, "Bund", "bitten", "y")))
    two = resolution("2", "Zwei", demands=(Demand(1, "Länder", "bitten", "x"), Demand(1, None, "bitten", "z")))
    three = resolution("3", "Drei", demands=(Demand(1, "Bund", "bitten", "x"),))
    await take(conn, reading(one, two, three))
    assert await demands.addressees(conn) == (("Bund", 2), ("Länder", 1))
