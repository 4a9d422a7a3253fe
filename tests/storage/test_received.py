"""Updates that wait: kept once, of each chat the oldest first, and nobody's for longer than its claim."""

from __future__ import annotations

import datetime as dt

import pytest

from storage import received, updates
from storage.database import Connection
from storage.received import Arrived, Claim
from storage.updates import Seen

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=3)
OURS = Claim(NOW + LEASE, 7)
ANNA, BERT = "4711", "4712"


def from_(chat: str, *numbers: int) -> list[Arrived]:
    return [Arrived(number, {"update_id": number}, chat) for number in numbers]


async def keep(conn: Connection, *arrived: Arrived, claim: Claim | None = OURS) -> set[int]:
    return set(await received.keep(conn, "telegram", arrived, NOW, claim))


async def claim(conn: Connection, after: dt.timedelta = dt.timedelta(0), limit: int = 10) -> list[int]:
    taken = await received.claim(conn, "telegram", NOW + after, LEASE, limit, 8)
    assert all(one.body == {"update_id": one.number} for one in taken)
    return [one.number for one in taken]


async def test_the_first_of_each_chat_is_claimed_as_it_is_kept(conn: Connection) -> None:
    assert await keep(conn, *from_(ANNA, 1, 2), *from_(BERT, 3)) == {1, 3}
    assert await keep(conn, *from_(ANNA, 4)) == set(), "those before it wait"
    assert await claim(conn) == []
    assert await received.waiting(conn) == 4


async def test_what_is_kept_without_a_claim_is_anybodys(conn: Connection) -> None:
    assert await keep(conn, *from_(ANNA, 1, 2), *from_(BERT, 3), claim=None) == set()
    assert await claim(conn, limit=1) == [1]
    assert await claim(conn) == [3]


async def test_the_same_again_is_left_as_it_is(conn: Connection) -> None:
    await keep(conn, *from_(ANNA, 1))
    assert await keep(conn, *from_(ANNA, 1), *from_(BERT, 2)) == {2}
    await keep(conn, *from_(ANNA, 1), claim=None)
    assert await claim(conn) == [], "the claim stands"
    assert await received.waiting(conn) == 2


async def test_the_next_of_the_chat_is_free_when_the_one_before_has_ended(conn: Connection) -> None:
    await keep(conn, *from_(ANNA, 1, 2), *from_(BERT, 3))
    assert await received.end(conn, "telegram", [3]) is False, "nothing else of that chat"
    assert await received.end(conn, "telegram", [1, 99]) is True
    assert await claim(conn) == [2]
    assert await received.end(conn, "telegram", [2]) is False
    assert await keep(conn, *from_(ANNA, 4)) == {4}


async def test_what_a_dead_one_had_claimed_is_free_at_once_and_any_claim_ends(conn: Connection) -> None:
    await keep(conn, *from_(ANNA, 1))
    await keep(conn, *from_(BERT, 2), claim=Claim(NOW + LEASE, 9))
    assert await received.release(conn, [9]) == 1
    assert await claim(conn) == [1]
    assert await claim(conn, after=LEASE) == [1, 2]


async def test_other_chat_systems_count_for_themselves(conn: Connection) -> None:
    await received.keep(conn, "other", from_(ANNA, 1), NOW, OURS)
    assert await keep(conn, *from_(ANNA, 1)) == {1}
    assert await received.end(conn, "telegram", [1]) is False


async def test_nothing_is_begun_twice(conn: Connection) -> None:
    assert await updates.begin(conn, "telegram", [1, 2, 2], "7", NOW) == (Seen.NEW, Seen.NEW, Seen.BEGUN)
    await updates.finish(conn, "telegram", [2])
    assert await updates.begin(conn, "telegram", [3, 2, 1], "8", NOW) == (Seen.NEW, Seen.DONE, Seen.BEGUN)
    assert await updates.begin(conn, "other", [1], "8", NOW) == (Seen.NEW,)


@pytest.mark.parametrize(("finished", "taken"), [([], True), ([1], False), ([2], True)])
async def test_only_what_is_unfinished_is_taken_over(conn: Connection, finished: list[int], taken: bool) -> None:
    await updates.begin(conn, "telegram", [1], "7", NOW)
    await updates.finish(conn, "telegram", finished)
    assert await updates.take_over(conn, "telegram", 1, "8", NOW) is taken


async def test_what_is_no_text_to_a_store_is_kept_all_the_same(conn: Connection) -> None:
    """Half a surrogate pair is no UTF-8, and PostgreSQL takes no NUL in a text."""
    said = {"text": "a\ud800b", "caption": "a\x00b", "typed": r"\u0000"}
    assert await keep(conn, Arrived(1, said, "4711\ud800\x00"), claim=None) == set()
    (kept,) = await received.claim(conn, "telegram", NOW, LEASE, 10)
    assert kept.body == said | {"text": "a\ufffdb"}
