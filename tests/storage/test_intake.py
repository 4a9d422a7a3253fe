"""Documents taken in: new, changed, the same; all or nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from feeds.parse_paper import NO_STRUCTURE
from feeds.recognised import NO_RESOLUTION
from storage import outbox, resolutions, search, subscriptions
from storage.chats import ensure
from storage.database import Connection, Database
from storage.intake import Taken
from storage.records import MAX_CHANGES, mark_reviewed
from storage.search_index import SearchIndex
from storage.subscriptions import Rhythm
from storage.tables import metadata
from tests.storage.samples import MINUTE, NOW, note, reading, resolution
from tests.storage.taking import HERE, query, take

COURSES = resolution("5.2", applicants=("Bayern", "Hessen"), protocol_notes=(note("Bayern", item=1),))
HOUSING = resolution("6.1", "Wohnraum", "Das Land baut Wohnungen.", applicants=("Hamburg",))
OTHER_PLACE = "https://bspmk.example/top-5-2.html"


def summary(taken: Taken) -> tuple[str, list[tuple[str | None, int, str]]]:
    return taken.outcome, [(ref.number, ref.revision, ref.change) for ref in taken.resolutions]


async def sizes(conn: Connection) -> dict[str, int]:
    counts = {}
    for name in (table.name for table in metadata.sorted_tables):
        asked = sa.select(sa.func.count()).select_from(sa.table(name))
        counts[name] = (await conn.execute(asked)).scalar_one()
    return {name: count for name, count in counts.items() if count}


async def subscribe(conn: Connection, chat: str = "telegram:1", rhythm: Rhythm = "immediate") -> None:
    await ensure(conn, chat, "Europe/Berlin", NOW)
    await subscriptions.add(conn, chat, "topic", "Sprachkurse", "Sprachkurse", rhythm, NOW)


async def test_everything_of_a_new_document_is_kept(conn: Connection) -> None:
    document = replace(reading(COURSES, HOUSING), warnings=("Kopfzeile unklar",))
    taken = await take(conn, document)
    assert summary(taken) == ("new", [("5.2", 1, "new"), ("6.1", 1, "new")])
    stored = await resolutions.by_id(conn, taken.resolutions[0].id)
    assert stored is not None
    assert (stored.publication.address, stored.publication.source_id) == (HERE, "bspmk")
    assert (stored.publication.publication, stored.publication.stored_at) == (document.publication, NOW)
    assert stored.publication.warnings == ("Kopfzeile unklar",)
    assert replace(stored.resolution, topics=()) == COURSES
    counts = await sizes(conn)
    rows = ("resolutions", "revisions", "applicants", "items", "protocol_notes", "note_states")
    assert [counts[name] for name in rows] == [2, 2, 3, 2, 1, 1]


async def test_the_topics_are_found_and_kept(conn: Connection) -> None:
    (ref,) = (await take(conn, reading(COURSES))).resolutions
    stored = await resolutions.by_id(conn, ref.id)
    assert stored is not None
    assert [(match.topic, match.evidence) for match in stored.resolution.topics] == [
        ("sprachkurse", ("Sprachförderung", "Berufssprachkurse"))
    ]


@pytest.mark.parametrize(
    ("content", "address"),
    [
        pytest.param("first", HERE, id="the same bytes"),
        pytest.param("first", OTHER_PLACE, id="the same bytes elsewhere"),
        pytest.param("other", HERE, id="other bytes that say the same"),
        pytest.param("other", OTHER_PLACE, id="other bytes that say the same, elsewhere"),
    ],
)
async def test_the_same_again_is_no_news(conn: Connection, content: str, address: str) -> None:
    await subscribe(conn)
    await take(conn, reading(COURSES, content="first"))
    before = await sizes(conn)
    again = await take(conn, reading(COURSES, content=content), address, at=NOW + MINUTE)
    assert (again.outcome, again.resolutions, again.enqueued) == ("same", (), 0)
    after = await sizes(conn)
    # A second address with bytes of its own is remembered, so that its next look costs nothing.
    assert after | {"publications": 1} == before


async def test_bytes_that_change_at_every_look_do_not_pile_up(conn: Connection) -> None:
    for number in range(5):
        await take(conn, reading(COURSES, content=str(number)))
    assert (await sizes(conn))["publications"] == 1


async def test_a_change_is_a_revision_and_the_old_one_stays(conn: Connection) -> None:
    first = await take(conn, reading(COURSES, HOUSING))
    mended = replace(COURSES, title="Sprachförderung sichern", applicants=("Bremen",), protocol_notes=())
    second = await take(conn, reading(mended, HOUSING), at=NOW + MINUTE)
    assert summary(second) == ("changed", [("5.2", 2, "changed")])
    id = second.resolutions[0].id
    assert id == first.resolutions[0].id
    newest, oldest = await resolutions.by_id(conn, id), await resolutions.by_id(conn, id, revision=1)
    assert newest is not None
    assert oldest is not None
    assert (newest.revision, newest.resolution.title) == (2, "Sprachförderung sichern")
    assert (newest.publication.id, newest.publication.stored_at) == (second.publication_id, NOW + MINUTE)
    assert (oldest.revision, oldest.resolution.title, oldest.publication.id) == (1, COURSES.title, first.publication_id)
    assert [len(await resolutions.applied_by(conn, state)) for state in ("Bayern", "Bremen")] == [0, 1]
    assert await resolutions.noted_by(conn, "Bayern") == ()


async def test_a_document_that_grew_brings_the_new_resolution_only(conn: Connection) -> None:
    await take(conn, reading(COURSES))
    assert summary(await take(conn, reading(COURSES, HOUSING))) == ("changed", [("6.1", 1, "new")])


async def test_back_to_the_old_wording_at_the_same_place_is_a_change(conn: Connection) -> None:
    mended = replace(COURSES, title="Anders")
    await take(conn, reading(COURSES))
    await take(conn, reading(mended))
    assert summary(await take(conn, reading(COURSES))) == ("changed", [("5.2", 3, "changed")])


async def test_two_places_with_two_wordings_do_not_take_turns(conn: Connection) -> None:
    mended = replace(COURSES, title="Anders")
    await take(conn, reading(COURSES, content="1"))
    assert summary(await take(conn, reading(mended), OTHER_PLACE)) == ("changed", [("5.2", 2, "changed")])
    assert summary(await take(conn, reading(COURSES, content="2"))) == ("same", [])


async def test_a_document_without_resolutions_is_new_once(conn: Connection) -> None:
    assert summary(await take(conn, reading(content="empty"))) == ("new", [])
    assert summary(await take(conn, reading(content="still empty"))) == ("same", [])


async def test_what_disappears_from_a_document_is_kept(conn: Connection) -> None:
    await take(conn, reading(COURSES, HOUSING))
    assert summary(await take(conn, reading(COURSES))) == ("same", [])
    assert await resolutions.count(conn) == 2


async def test_what_changes_without_end_is_kept_but_no_longer_told(conn: Connection) -> None:
    await subscribe(conn)
    for number in range(MAX_CHANGES + 1):
        taken = await take(conn, reading(replace(COURSES, title=f"Fassung {number}")))
        assert (taken.enqueued, taken.resolutions[0].needs_review) == (1, False)
    assert await resolutions.needing_review(conn) == ()
    taken = await take(conn, reading(replace(COURSES, title="eine zu viel")))
    assert (taken.outcome, taken.enqueued) == ("changed", 0)
    assert (taken.resolutions[0].revision, taken.resolutions[0].needs_review) == (MAX_CHANGES + 2, True)
    assert [one.id for one in await resolutions.needing_review(conn)] == [taken.resolutions[0].id]
    stored = await resolutions.by_id(conn, taken.resolutions[0].id)
    assert stored is not None
    assert stored.resolution.title == "eine zu viel"


async def test_what_a_person_has_looked_at_is_told_again(conn: Connection) -> None:
    await subscribe(conn)
    for number in range(MAX_CHANGES + 2):
        taken = await take(conn, reading(replace(COURSES, title=f"Fassung {number}")))
    id = taken.resolutions[0].id
    assert (taken.enqueued, await mark_reviewed(conn, id)) == (0, True)
    assert await resolutions.needing_review(conn) == ()
    assert await mark_reviewed(conn, id) is False
    told = [await take(conn, reading(replace(COURSES, title=f"Neue Fassung {n}"))) for n in range(MAX_CHANGES + 1)]
    assert [one.enqueued for one in told] == [1] * MAX_CHANGES + [0]


@pytest.mark.parametrize("id", [1, 99])
async def test_nothing_to_look_at(conn: Connection, id: int) -> None:
    await take(conn, reading(COURSES))
    assert await mark_reviewed(conn, id) is False


async def test_a_first_look_is_silent_and_the_change_after_it_is_not(conn: Connection) -> None:
    await subscribe(conn)
    assert (await take(conn, reading(COURSES), silent=True)).enqueued == 0
    assert (await take(conn, reading(replace(COURSES, title="Anders")))).enqueued == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"number": None, "warnings": ("Aufbau nicht erkannt.",)}, 0, id="only text was read"),
        pytest.param({"number": None}, 1, id="a section without number"),
        pytest.param({"number": None, "section": "Abschnitt", "warnings": ("unsicher",)}, 1, id="a doubtful section"),
        pytest.param({"warnings": ("Antragsteller nicht sicher erkannt: „X“",)}, 1, id="a doubt about a part"),
    ],
)
@pytest.mark.parametrize("rhythm", ["immediate", "digest"])
async def test_a_page_that_was_not_understood_is_found_but_not_told(
    database: Database, index: SearchIndex, fields: dict[str, Any], told: int, rhythm: Rhythm
) -> None:
    async with database.begin() as conn:
        await subscribe(conn, rhythm=rhythm)
        assert (await take(conn, reading(replace(COURSES, **fields)))).enqueued == told
    async with database.read() as conn:
        assert (await search.find(conn, index, query("Berufssprachkurs"), 5)).total == 1
        assert (await resolutions.latest(conn, 5)).total == 1


async def test_what_was_not_recognised_is_kept_as_a_document_and_read_anew(conn: Connection) -> None:
    await subscribe(conn)
    unread = replace(reading(COURSES, content="page"), warnings=(NO_RESOLUTION,))
    for _ in range(2):
        assert (await take(conn, unread)).outcome == "not recognised"
    assert await sizes(conn) == (await sizes(conn)) | {"publications": 1}
    assert await resolutions.count(conn) == 0
    better = await take(conn, reading(COURSES, content="page"))
    assert (summary(better), better.enqueued) == (("new", [("5.2", 1, "new")]), 1)
    assert (await sizes(conn))["publications"] == 1
    assert (await take(conn, reading(COURSES, content="page"))).outcome == "same"


async def test_a_page_in_place_of_a_document_changes_nothing_of_it(conn: Connection) -> None:
    await take(conn, reading(COURSES))
    page = replace(reading(resolution("", "Cookies"), content="page"), warnings=(NO_RESOLUTION,))
    assert (await take(conn, page)).outcome == "not recognised"
    assert (await take(conn, reading(COURSES))).outcome == "same"
    assert await resolutions.count(conn) == 1


async def test_a_text_without_structure_is_found_but_not_told(conn: Connection) -> None:
    await subscribe(conn)
    letter = replace(reading(replace(COURSES, number=None)), warnings=(NO_STRUCTURE,))
    assert (await take(conn, letter)).enqueued == 0
    assert await resolutions.count(conn) == 1


async def test_a_crash_in_the_middle_leaves_nothing(database: Database) -> None:
    async with database.begin() as conn:
        await subscribe(conn)
        before = await sizes(conn)

    async def crash() -> None:
        async with database.begin() as conn:
            taken = await take(conn, reading(COURSES, HOUSING))
            assert taken.enqueued == 1
            raise RuntimeError("Strom weg")

    with pytest.raises(RuntimeError, match="Strom weg"):
        await crash()
    async with database.read() as conn:
        assert await sizes(conn) == before
    async with database.begin() as conn:
        assert summary(await take(conn, reading(COURSES, HOUSING)))[0] == "new"


async def test_the_times_are_those_that_were_given(conn: Connection) -> None:
    berlin = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    await subscribe(conn)
    await take(conn, reading(COURSES), at=berlin)
    (message,) = await outbox.in_state(conn, "pending")
    assert (message.created_at, message.created_at.tzinfo) == (NOW, dt.UTC)


async def test_a_time_without_zone_is_refused(conn: Connection) -> None:
    with pytest.raises(sa.exc.StatementError, match="a time with its zone is needed"):
        await take(conn, reading(COURSES), at=NOW.replace(tzinfo=None))
