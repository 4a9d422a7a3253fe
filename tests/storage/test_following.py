"""Who follows a resolution hears of what refers to it and of its own changes; weekly digests wait for Monday."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from feeds.record import Reference
from storage import chats, digests, outbox, subscriptions
from storage.database import Connection
from storage.subscriptions import Rhythm
from tests.storage.samples import MINUTE, NOW, reading, resolution
from tests.storage.taking import TOPICS, take

ANNA = "telegram:1"
LATER = "https://bspmk.example/8.pdf"
HOUSING = resolution("5.2", "Wohnraum", "Wohnraum ist zu schaffen.")
MEETING = reading(HOUSING, date=dt.date(2026, 2, 12), date_end=dt.date(2026, 2, 13))


def referring(*references: Reference) -> Any:
    return resolution("6.1", "Bericht", "Der Bericht wird erbeten.", references=references)


async def following(conn: Connection, rhythm: Rhythm = "immediate") -> int:
    """The id of the resolution that Anna follows."""
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    id = (await take(conn, MEETING, silent=True)).resolutions[0].id
    await subscriptions.add(conn, ANNA, "resolution", str(id), "7. BspMK, TOP 5.2", rhythm, NOW)
    return id


@pytest.mark.parametrize(
    ("reference", "told", "reason"),
    [
        (Reference("BspMK", 7, "5.2", "…"), 1, "session and number"),
        (Reference("BspMK", 7, "TOP 5.2", "…"), 1, "the number spelt differently"),
        (Reference("BspMK", None, "5.2", "…", dt.date(2026, 2, 13)), 1, "the second day and the number"),
        (Reference("BspMK", None, None, "…", dt.date(2026, 2, 12)), 1, "a meeting of one resolution by its day"),
        (Reference("BspMK", 7, None, "…"), 1, "a meeting of one resolution by its session"),
        (Reference("BspMK", 7, "5.3", "…"), 0, "another number"),
        (Reference("BspMK", 6, "5.2", "…"), 0, "another session"),
        (Reference("AndMK", 7, "5.2", "…"), 0, "another conference"),
        (Reference("BspMK", None, "5.2", "…", dt.date(2026, 2, 14)), 0, "the day after"),
        (Reference("BspMK", None, "5.2", "…"), 0, "neither session nor day"),
    ],
)
async def test_what_refers_to_it(conn: Connection, reference: Reference, told: int, reason: str) -> None:
    id = await following(conn)
    assert (await take(conn, reading(referring(reference), session=8, date=NOW.date()), LATER)).enqueued == told, reason
    reasons = [message.payload["subscriptions"] for message in await outbox.in_state(conn, "pending")]
    assert reasons == [[{"label": "7. BspMK, TOP 5.2", "followed": id}]] * told


async def test_a_session_of_several_resolutions_is_none_of_them(conn: Connection) -> None:
    await following(conn)
    await take(conn, reading(HOUSING, resolution("5.3")), silent=True)
    later = reading(referring(Reference("BspMK", 7, None, "…")), session=8)
    assert (await take(conn, later, LATER)).enqueued == 0


async def test_its_own_change(conn: Connection) -> None:
    id = await following(conn)
    changed = reading(replace(HOUSING, title="Mehr Wohnraum"))
    assert (await take(conn, changed, at=NOW + MINUTE)).enqueued == 1
    (message,) = await outbox.in_state(conn, "pending")
    assert (message.payload["resolution"], message.payload["change"]) == (id, "changed")


async def test_one_notice_names_everything_that_matches(conn: Connection) -> None:
    id = await following(conn)
    own, _ = await subscriptions.add(conn, ANNA, "topic", "Bericht", "Bericht", "immediate", NOW)
    await subscriptions.configure(conn, ANNA, own.id, name="Berichte")
    later = reading(referring(Reference("BspMK", 7, "5.2", "…")), session=8)
    assert (await take(conn, later, LATER)).enqueued == 1
    (message,) = await outbox.in_state(conn, "pending")
    assert message.payload["subscriptions"] == [
        {"label": "7. BspMK, TOP 5.2", "followed": id},
        {"label": "Berichte", "query": "Bericht"},
    ]


async def test_a_topic_that_is_no_more_matches_nothing(conn: Connection) -> None:
    await chats.ensure(conn, ANNA, "Europe/Berlin", NOW)
    await subscriptions.add(conn, ANNA, "topic", "bericht", "Berichte", "immediate", NOW, topic="bericht")
    assert "bericht" not in {topic.id for topic in TOPICS}
    assert (await take(conn, reading(referring()))).enqueued == 0
    await subscriptions.add(conn, ANNA, "topic", "wohnen", "Wohnen", "immediate", NOW, topic="wohnen")
    assert (await take(conn, reading(HOUSING, session=9), LATER)).enqueued == 1


SUNDAY, MONDAY, TUESDAY = (dt.date(2026, 3, day) for day in (8, 9, 10))


@pytest.mark.parametrize("last", [SUNDAY, MONDAY])
async def test_what_is_wanted_weekly_waits_for_monday(conn: Connection, last: dt.date) -> None:
    await following(conn, "weekly")
    await take(conn, reading(replace(HOUSING, title="Anders")))
    assert await digests.close(conn, ANNA, last, NOW) == (last == MONDAY)


async def test_what_comes_on_monday_waits_for_the_next(conn: Connection) -> None:
    await following(conn, "weekly")
    monday = dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)
    await take(conn, reading(replace(HOUSING, title="Anders")), at=monday)
    assert await digests.close(conn, ANNA, TUESDAY, monday) == 0
    assert await digests.close(conn, ANNA, MONDAY + dt.timedelta(days=7), monday) == 1


@pytest.mark.parametrize("rhythms", [("weekly", "digest"), ("digest", "weekly")])
async def test_of_two_rhythms_the_sooner_one_holds(conn: Connection, rhythms: tuple[Rhythm, Rhythm]) -> None:
    await following(conn, rhythms[0])
    await subscriptions.add(conn, ANNA, "topic", "Wohnraum", "Wohnraum", rhythms[1], NOW)
    await take(conn, reading(replace(HOUSING, title="Anders")))
    assert await digests.close(conn, ANNA, NOW.date(), NOW) == 1


@pytest.mark.parametrize(("first", "second"), [(MONDAY, SUNDAY), (SUNDAY, MONDAY), (None, MONDAY), (MONDAY, None)])
async def test_put_twice_the_earlier_day_holds(conn: Connection, first: dt.date | None, second: dt.date | None) -> None:
    id = await following(conn)
    for day in (first, second):
        await digests.put(conn, ANNA, id, 1, "new", ["x"], NOW, day)
    early = dt.date(2026, 3, 5) if None in (first, second) else SUNDAY
    assert await digests.close(conn, ANNA, early - dt.timedelta(days=1), NOW) == (None in (first, second))
    assert await digests.close(conn, ANNA, early, NOW) == (None not in (first, second))
