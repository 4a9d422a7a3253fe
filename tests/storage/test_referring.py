"""Which later resolutions refer to one: by what they cite now, however they cite it."""

from __future__ import annotations

import datetime as dt

import pytest

from feeds.record import Reference
from storage import references, resolutions
from storage.database import Connection
from tests.storage.samples import reading, resolution
from tests.storage.taking import take

HOUSING = resolution("5.2", "Wohnraum", "Wohnraum ist zu schaffen.")
MEETING = reading(HOUSING, date=dt.date(2026, 2, 12), date_end=dt.date(2026, 2, 13))


async def cited(conn: Connection) -> int:
    return (await take(conn, MEETING, silent=True)).resolutions[0].id


async def told_by(conn: Connection, id: int) -> list[str]:
    stored = await resolutions.by_id(conn, id)
    assert stored is not None
    return [one.resolution.title for one in await references.referring(conn, stored)]


async def store(conn: Connection, session: int, title: str, *cites: Reference) -> None:
    one = resolution("6.1", title, f"Bericht {session}.", references=cites)
    document = reading(one, session=session, date=dt.date(2026 + session, 3, 1))
    await take(conn, document, f"https://bspmk.example/{session}.pdf", silent=True)


@pytest.mark.parametrize(
    ("reference", "refers", "why"),
    [
        (Reference("BspMK", 7, "5.2", "…"), True, "session and number"),
        (Reference("bspmk", 7, "TOP 5.2", "…"), True, "spelt differently"),
        (Reference("BspMK", None, "5.2", "…", dt.date(2026, 2, 13)), True, "the second day and the number"),
        (Reference("BspMK", 7, None, "…"), True, "a meeting of one resolution"),
        (Reference("BspMK", 7, "5.3", "…"), False, "another number"),
        (Reference("BspMK", 6, "5.2", "…"), False, "another session"),
        (Reference("AndMK", 7, "5.2", "…"), False, "another conference"),
        (Reference("BspMK", None, "5.2", "…"), False, "neither session nor day"),
        (Reference("BspMK", None, "5.2", "…", dt.date(2026, 2, 14)), False, "the day after"),
    ],
)
async def test_what_counts_as_referring(conn: Connection, reference: Reference, refers: bool, why: str) -> None:
    id = await cited(conn)
    await store(conn, 8, "Bericht", reference)
    assert await told_by(conn, id) == (["Bericht"] if refers else []), why


async def test_the_newest_first_and_each_once(conn: Connection) -> None:
    id, reference = await cited(conn), Reference("BspMK", 7, "5.2", "…")
    await store(conn, 8, "Erster", reference, reference)
    await store(conn, 9, "Zweiter", reference)
    assert await told_by(conn, id) == ["Zweiter", "Erster"]


async def test_a_citation_that_is_corrected_away_no_longer_counts(conn: Connection) -> None:
    id = await cited(conn)
    await store(conn, 8, "Bericht", Reference("BspMK", 7, "5.2", "…"))
    await store(conn, 8, "Bericht ohne Bezug")
    assert await told_by(conn, id) == []


async def test_what_is_cited_before_it_is_stored_counts_too(conn: Connection) -> None:
    await store(conn, 8, "Bericht", Reference("BspMK", 7, "5.2", "…"))
    assert await told_by(conn, await cited(conn)) == ["Bericht"]


async def test_a_document_without_a_conference_is_referred_to_by_nobody(conn: Connection) -> None:
    taken = await take(conn, reading(HOUSING, body=None, session=None), silent=True)
    await store(conn, 8, "Bericht", Reference("BspMK", 7, "5.2", "…"))
    assert await told_by(conn, taken.resolutions[0].id) == []
