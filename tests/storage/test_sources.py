"""What is remembered of sources and the documents that they list."""

from __future__ import annotations

import datetime as dt

from feeds.entry import Entry
from storage import sources
from storage.database import Connection
from storage.sources import KEPT_ROUNDS, EntryState, FailingDocuments, SourceState
from tests.storage.samples import MINUTE, NOW

HOUR = dt.timedelta(hours=1)


def entry(name: str, title: str | None = None, updated: dt.datetime | None = None) -> Entry:
    return Entry(f"https://bspmk.example/{name}.pdf", title or name, updated=updated)


async def due(conn: Connection, after: dt.timedelta = dt.timedelta()) -> list[str]:
    return [one.title or "" for one in await sources.due_entries(conn, "bspmk", NOW + after)]


async def listed(conn: Connection, *entries: Entry, silent: bool = False) -> int:
    await sources.sync(conn, ["bspmk"])
    return await sources.upsert_entries(conn, "bspmk", entries, NOW, silent)


async def test_sources_are_known_once_and_kept(conn: Connection) -> None:
    await sources.sync(conn, ["b", "a"])
    await sources.record_failure(conn, "a", "HTTP 500", NOW, NOW + HOUR)
    await sources.sync(conn, ["a"])
    assert [(state.id, state.failures) for state in await sources.states(conn)] == [("a", 1), ("b", 0)]
    assert await sources.state(conn, "b") == SourceState("b", None, None, None, None, 0, None, False)
    assert await sources.state(conn, "c") is None


async def test_failures_add_up_and_a_success_ends_them(conn: Connection) -> None:
    await sources.sync(conn, ["a"])
    assert await sources.record_failure(conn, "a", "HTTP 500", NOW, NOW + MINUTE) == 1
    assert await sources.record_failure(conn, "a", "timeout", NOW + MINUTE, NOW + HOUR) == 2
    failed = await sources.state(conn, "a")
    assert failed == SourceState("a", None, None, None, "timeout", 2, NOW + HOUR, False, NOW + MINUTE)
    await sources.record_success(conn, "a", NOW + HOUR, NOW + 2 * HOUR, '"e1"', "Wed, 04 Mar 2026 08:00:00 GMT", 3, 1)
    good = await sources.state(conn, "a")
    assert good is not None
    assert (good.etag, good.failures, good.last_error, good.looked_once) == ('"e1"', 0, None, True)
    assert (good.last_success, good.next_due) == (NOW + HOUR, NOW + 2 * HOUR)


async def test_a_failure_keeps_the_validators(conn: Connection) -> None:
    await sources.sync(conn, ["a"])
    await sources.record_success(conn, "a", NOW, NOW + HOUR, '"e1"')
    await sources.record_failure(conn, "a", "timeout", NOW + HOUR, NOW + 2 * HOUR)
    state = await sources.state(conn, "a")
    assert state is not None
    assert (state.etag, state.last_success, state.looked_once) == ('"e1"', NOW, True)


async def test_the_last_rounds_are_kept_newest_first(conn: Connection) -> None:
    await sources.sync(conn, ["a", "b"])
    await sources.record_success(conn, "b", NOW, NOW)
    for number in range(KEPT_ROUNDS + 3):
        await sources.record_success(conn, "a", NOW + number * MINUTE, NOW, listed=number)
    await sources.record_failure(conn, "a", "timeout", NOW + HOUR, NOW)
    await sources.forget_rounds(conn)
    rounds = await sources.rounds(conn, "a", limit=100)
    assert len(rounds) == KEPT_ROUNDS
    assert (rounds[0].error, rounds[0].at, rounds[1].listed) == ("timeout", NOW + HOUR, KEPT_ROUNDS + 2)
    assert len(await sources.rounds(conn, "b")) == 1


async def test_new_entries_are_due_at_once_in_their_order(conn: Connection) -> None:
    assert await listed(conn, entry("b"), entry("a"), entry("b")) == 2
    assert await due(conn) == ["b", "a"]


async def test_the_same_list_again_makes_nothing_due(conn: Connection) -> None:
    await listed(conn, entry("a", updated=NOW))
    await sources.mark_entry(conn, "bspmk", entry("a").address, "read", None, sha256="x")
    assert await listed(conn, entry("a", updated=NOW)) == 0
    assert await due(conn) == []


async def test_a_changed_entry_is_due_again_and_keeps_what_is_known(conn: Connection) -> None:
    await listed(conn, entry("a", updated=NOW), silent=True)
    await sources.mark_entry(conn, "bspmk", entry("a").address, "read", None, etag='"e"', sha256="x")
    for change in (entry("a", updated=NOW + MINUTE), entry("a", title="neuer Titel", updated=NOW + MINUTE)):
        assert await listed(conn, change) == 1
        (state,) = await sources.due_entries(conn, "bspmk", NOW)
        assert (state.status, state.etag, state.sha256, state.silent) == ("waiting", '"e"', "x", False)
        await sources.mark_entry(conn, "bspmk", state.address, "read", None, etag='"e"', sha256="x")


async def test_silence_holds_until_the_first_reading(conn: Connection) -> None:
    await listed(conn, entry("a"), silent=True)
    address = entry("a").address
    await sources.mark_entry(conn, "bspmk", address, "failed", NOW + HOUR, error="timeout")
    failed = await sources.entry(conn, "bspmk", address)
    assert failed == EntryState("bspmk", address, "a", None, None, None, "failed", True, 1, NOW + HOUR, "timeout", NOW)
    await sources.mark_entry(conn, "bspmk", address, "read", NOW + 2 * HOUR, '"e"', "yesterday", "x")
    read = await sources.entry(conn, "bspmk", address)
    assert read == EntryState(
        "bspmk", address, "a", '"e"', "yesterday", "x", "read", False, 0, NOW + 2 * HOUR, None, NOW
    )


async def test_a_recheck_comes_when_it_is_due(conn: Connection) -> None:
    await listed(conn, entry("a"))
    await sources.mark_entry(conn, "bspmk", entry("a").address, "read", NOW + HOUR)
    assert await due(conn) == []
    assert await due(conn, HOUR) == ["a"]


async def test_the_same_address_in_two_sources_is_two_entries(conn: Connection) -> None:
    await listed(conn, entry("a"))
    await sources.sync(conn, ["other"])
    await sources.upsert_entries(conn, "other", [entry("a")], NOW, silent=True)
    assert len(await sources.due_entries(conn, "other", NOW)) == 1
    assert await sources.entry(conn, "third", entry("a").address) is None


async def test_failing_documents_are_counted_and_the_newest_reason_is_kept(conn: Connection) -> None:
    await listed(conn, entry("old"), entry("new"), entry("read"), entry("waiting"))
    for name, error in (("old", "timeout"), ("old", "HTTP 500"), ("new", "no PDF"), ("read", "HTTP 404")):
        await sources.mark_entry(conn, "bspmk", entry(name).address, "failed", NOW, error=error)
    await sources.mark_entry(conn, "bspmk", entry("read").address, "read", NOW)
    assert await sources.failing_documents(conn) == {"bspmk": FailingDocuments(2, "no PDF")}


async def test_each_source_has_its_own_failing_documents(conn: Connection) -> None:
    await listed(conn, entry("a"))
    await sources.sync(conn, ["other"])
    await sources.upsert_entries(conn, "other", [entry("a")], NOW, silent=True)
    assert await sources.failing_documents(conn) == {}
    await sources.mark_entry(conn, "other", entry("a").address, "failed", NOW, error="timeout")
    assert await sources.failing_documents(conn) == {"other": FailingDocuments(1, "timeout")}
