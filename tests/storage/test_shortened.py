"""What only leaves something out of what is stored does not take its place; on every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from feeds.cut_off import CUT_OFF
from feeds.record import Passage, Resolution
from storage import resolutions, subscriptions
from storage.chats import ensure
from storage.database import Connection, Database
from storage.intake import Arrival, Taken, take_in
from tests.storage.samples import LANGUAGE, MINUTE, NOW, note, reading, resolution
from tests.storage.taking import HERE, TOPICS, analyser, take

ELSEWHERE = "https://beispielstadt.example/kopie.txt"
SECOND = "Sie bittet die Länder, Sprachkurse auch am Abend anzubieten."
THIRD = "Sie nimmt den Bericht der Arbeitsgruppe zur Kenntnis."
WHOLE = resolution("5.2", "Sprachförderung", LANGUAGE, SECOND, THIRD, applicants=("Bayern", "Hessen"))
CUT = resolution("5.2", "Sprachförderung", LANGUAGE, SECOND[:40], applicants=("Bayern", "Hessen"))
STRUCK = resolution("5.2", "Sprachförderung", LANGUAGE, SECOND, applicants=("Bayern", "Hessen"))
OTHER = resolution("5.2", "Sprachförderung", LANGUAGE, SECOND, "Sie tagt wieder.", applicants=("Bayern", "Hessen"))


async def shown(conn: Connection) -> tuple[int, str]:
    """The revision that is shown, and the last of its words."""
    (stored,) = (await resolutions.latest(conn, 2)).items
    return stored.revision, stored.resolution.passages[-1].text


async def subscribe(conn: Connection) -> None:
    await ensure(conn, "telegram:1", "Europe/Berlin", NOW)
    await subscriptions.add(conn, "telegram:1", "topic", "Sprachkurse", "Sprachkurse", "immediate", NOW)


async def accept(conn: Connection, one: Resolution, address: str) -> Taken:
    arrival = Arrival(reading(one), None, address, NOW + MINUTE, accept_shorter=True)
    return await take_in(conn, arrival, analyser(), TOPICS)


HISTORIES = [
    (((WHOLE, HERE), (CUT, ELSEWHERE)), 1, THIRD, "a copy that broke off"),
    (((WHOLE, HERE), (STRUCK, ELSEWHERE)), 1, THIRD, "an excerpt"),
    (((WHOLE, HERE), (CUT, HERE)), 1, THIRD, "the publisher's own file has broken off"),
    (((WHOLE, HERE), (STRUCK, HERE)), 2, SECOND, "the publisher has struck an item"),
    (((WHOLE, HERE), (STRUCK, HERE), (WHOLE, ELSEWHERE)), 2, SECOND, "a copy from before the correction"),
    (((WHOLE, HERE), (STRUCK, HERE), (WHOLE, HERE)), 3, THIRD, "the correction is taken back"),
    (((CUT, ELSEWHERE), (WHOLE, HERE)), 2, THIRD, "the remainder came first"),
    (((CUT, HERE), (WHOLE, ELSEWHERE)), 2, THIRD, "the whole text comes from elsewhere"),
    (((STRUCK, ELSEWHERE), (WHOLE, HERE), (STRUCK, ELSEWHERE)), 2, THIRD, "a provisional version again"),
    (((WHOLE, HERE), (OTHER, ELSEWHERE)), 2, "Sie tagt wieder.", "another wording"),
    (((WHOLE, HERE), (OTHER, ELSEWHERE), (WHOLE, HERE)), 2, "Sie tagt wieder.", "two wordings do not take turns"),
]


@pytest.mark.parametrize(("told", "revision", "last", "why"), HISTORIES, ids=[case[3] for case in HISTORIES])
async def test_what_is_shown_in_the_end(
    conn: Connection, told: tuple[tuple[Resolution, str], ...], revision: int, last: str, why: str
) -> None:
    for at, (one, address) in enumerate(told):
        await take(conn, reading(one, content=f"{at}"), address, at=NOW + at * MINUTE)
    assert await shown(conn) == (revision, last), why


@pytest.mark.parametrize("address", [HERE, ELSEWHERE])
async def test_nobody_is_told_of_a_remainder_and_it_is_named(conn: Connection, address: str) -> None:
    await subscribe(conn)
    await take(conn, reading(WHOLE, resolution("6.1")))
    taken = await take(conn, reading(CUT, resolution("6.1")), address, at=NOW + MINUTE)
    assert (taken.outcome, taken.resolutions, taken.enqueued, taken.shortened) == ("same", (), 0, ("5.2",))


async def test_what_is_new_beside_a_remainder_is_told(conn: Connection) -> None:
    await subscribe(conn)
    await take(conn, reading(WHOLE))
    taken = await take(conn, reading(CUT, resolution("6.1")), ELSEWHERE, at=NOW + MINUTE)
    assert (taken.outcome, [one.number for one in taken.resolutions]) == ("new", ["6.1"])
    assert (taken.enqueued, taken.shortened) == (1, ("5.2",))


async def test_notes_that_a_provisional_version_lacks_are_news_once(conn: Connection) -> None:
    final = replace(WHOLE, protocol_notes=(note("Bayern", item=1),))
    await take(conn, reading(WHOLE), ELSEWHERE)
    assert (await take(conn, reading(final))).outcome == "changed"
    again = await take(conn, reading(WHOLE, content="again"), ELSEWHERE)
    assert (again.outcome, again.shortened) == ("same", ("5.2",))


async def test_the_reader_s_word_that_a_text_breaks_off_counts(conn: Connection) -> None:
    unlike = replace(WHOLE, passages=(Passage("Der Bund soll mehr für die", item=1),), warnings=(CUT_OFF,))
    await take(conn, reading(WHOLE))
    assert (await take(conn, reading(unlike))).shortened == ("5.2",)
    assert await shown(conn) == (1, THIRD)


async def store_as_it_was_once(conn: Connection, part: Resolution, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole text, and a revision that an earlier version made of a remainder from elsewhere."""
    await take(conn, reading(WHOLE))
    with monkeypatch.context() as patch:
        patch.setattr("storage.verdict._is_remainder", lambda *_, **__: False)
        await take(conn, reading(part), ELSEWHERE)
    assert (await shown(conn))[0] == 2


@pytest.mark.parametrize("part", [CUT, STRUCK], ids=["broken off", "excerpt"])
@pytest.mark.parametrize("address", [HERE, ELSEWHERE, "https://third.example/"])
async def test_a_remainder_that_is_stored_gives_way_to_the_whole(
    conn: Connection, monkeypatch: pytest.MonkeyPatch, address: str, part: Resolution
) -> None:
    await store_as_it_was_once(conn, part, monkeypatch)
    assert (await take(conn, reading(WHOLE, content="again"), address)).outcome == "changed"
    assert await shown(conn) == (3, THIRD)


async def test_a_person_can_say_that_the_shorter_text_is_a_correction(conn: Connection) -> None:
    await take(conn, reading(WHOLE))
    refused = await take(conn, reading(STRUCK), ELSEWHERE)
    assert refused.shortened == ("5.2",)
    accepted = await accept(conn, STRUCK, ELSEWHERE)
    assert (accepted.outcome, accepted.shortened) == ("changed", ())
    assert await shown(conn) == (2, SECOND)
    again = await take(conn, reading(WHOLE, content="other bytes"))
    assert (again.outcome, again.shortened) == ("same", ()), "what a person has looked at stays"


async def test_two_that_come_at_once_end_with_the_whole(database: Database) -> None:
    async def come(one: Resolution, address: str) -> None:
        async with database.begin() as conn:
            await take(conn, reading(one), address)

    await asyncio.gather(*(come(one, place) for one, place in ((CUT, ELSEWHERE), (WHOLE, HERE), (STRUCK, "c"))))
    async with database.read() as conn:
        assert (await shown(conn))[1] == THIRD
