"""Look-ups by id, number, state and age."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from feeds.record import Resolution
from storage import resolutions
from storage.database import Connection
from storage.resolutions import StoredResolution
from tests.storage.samples import NOW, note, reading, resolution
from tests.storage.taking import take

OLD, NEW = dt.date(2025, 10, 1), dt.date(2026, 2, 12)


@pytest.fixture(autouse=True)
async def two_sessions(conn: Connection) -> None:
    """The newer one is taken in first, so that order is by date and not by arrival."""
    bavaria = {"applicants": ("Bayern",)}
    newer = reading(
        resolution("1.1", "Neu eins", protocol_notes=(note("Bayern"), note("Bayern", item=1), note("Hessen"))),
        resolution("A", "Neu ohne Nummer", **bavaria),
        resolution("2.1.b", "Neu zwei"),
        session=8,
        date=NEW,
    )
    older = reading(resolution("2.1.b", "Alt zwei", **bavaria), Resolution(None, "Präambel"), session=7, date=OLD)
    await take(conn, newer, "neu.pdf")
    await take(conn, older, "alt.pdf")


def titles(found: tuple[StoredResolution, ...]) -> list[str]:
    return [one.resolution.title for one in found]


async def test_the_newest_come_first_each_document_in_its_order(conn: Connection) -> None:
    page = await resolutions.latest(conn, 10)
    assert titles(page.items) == ["Neu eins", "Neu ohne Nummer", "Neu zwei", "Alt zwei", "Präambel"]
    assert page.total == await resolutions.count(conn) == 5


async def test_pages_follow_each_other(conn: Connection) -> None:
    pages = [await resolutions.latest(conn, 2, offset) for offset in (0, 2, 4, 6)]
    assert [len(page.items) for page in pages] == [2, 2, 1, 0]
    together = tuple(one for page in pages for one in page.items)
    assert together == (await resolutions.latest(conn, 10)).items
    assert {page.total for page in pages} == {5}


async def test_without_a_date_the_day_of_arrival_counts(conn: Connection) -> None:
    await take(conn, reading(resolution("9", "Ohne Datum"), session=9, date=None), "undatiert.pdf")
    assert titles((await resolutions.latest(conn, 1)).items) == ["Ohne Datum"]


@pytest.mark.parametrize(
    ("number", "body", "session", "expected"),
    [
        ("2.1.b", None, None, ["Neu zwei", "Alt zwei"]),
        ("TOP 2.1.B", None, None, ["Neu zwei", "Alt zwei"]),
        ("2.1.b", "bspmk", None, ["Neu zwei", "Alt zwei"]),
        ("2.1.b", None, 7, ["Alt zwei"]),
        ("2.1.b", "XMK", None, []),
        ("a", None, None, ["Neu ohne Nummer"]),
        ("2.1", None, None, []),
        ("", None, None, []),
    ],
)
async def test_by_number(
    conn: Connection, number: str, body: str | None, session: int | None, expected: list[str]
) -> None:
    assert titles(await resolutions.by_number(conn, number, body, session)) == expected


async def test_by_state_the_roles_told_apart_and_each_resolution_once(conn: Connection) -> None:
    assert titles(await resolutions.applied_by(conn, "Bayern")) == ["Neu ohne Nummer", "Alt zwei"]
    assert titles(await resolutions.noted_by(conn, "Bayern")) == ["Neu eins"]
    assert titles(await resolutions.noted_by(conn, "Hessen")) == ["Neu eins"]
    assert await resolutions.applied_by(conn, "Saarland") == ()


async def test_by_id(conn: Connection) -> None:
    (first, second, *_) = (await resolutions.latest(conn, 5)).items
    assert await resolutions.by_id(conn, first.id) == first
    assert await resolutions.by_ids(conn, [second.id, 999, first.id]) == (second, first)
    assert await resolutions.by_id(conn, 999) is None
    assert await resolutions.by_id(conn, first.id, revision=2) is None


async def test_numbers_each_once_as_printed(conn: Connection) -> None:
    assert await resolutions.numbers(conn) == ("1.1", "2.1.b", "A")


async def test_a_late_change_does_not_move_a_resolution_to_the_top(conn: Connection) -> None:
    changed = replace(resolution("2.1.b", "Alt zwei"), title="Alt geändert")
    await take(conn, reading(changed, session=7, date=OLD), "alt.pdf", at=NOW + dt.timedelta(days=1))
    assert titles((await resolutions.latest(conn, 10)).items)[3] == "Alt geändert"
