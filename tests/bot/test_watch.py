"""Polling rounds over real HTTP and a real store: what is found, what is told, and what a failure costs."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.visit import MAX_DOCUMENTS
from bot.watch import UnknownSource, check
from config.catalogue import Source
from config.topics import load_topics
from feeds.fetch import Limits
from feeds.words import Analyser
from storage.migrate import upgrade
from tests.bot.watching import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    KillAt,
    Killed,
    Workshop,
    document,
    feed_source,
    links_source,
    publish,
)
from tests.publisher import Page, Publisher, rss


def address(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("watch")
    template = folder / "empty.sqlite"
    asyncio.run(upgrade(address(template)))
    numbers = itertools.count()

    def store() -> str:
        path = folder / f"{next(numbers)}.sqlite"
        shutil.copy(template, path)
        return address(path)

    return Workshop(store, Analyser.load(), load_topics())


class TestFinding:
    @pytest.mark.parametrize("index", ["/feed.xml", "/liste.html"])
    async def test_the_first_look_is_silent_and_what_comes_later_is_told(
        self, publisher: Publisher, workshop: Workshop, index: str
    ) -> None:
        source = feed_source(publisher) if index.endswith(".xml") else links_source(publisher)
        publish(publisher, "1.1", "1.2", index=index)
        async with workshop.open(source) as watching:
            await watching.subscribe()
            first = await watching.visit(NOW)
            publish(publisher, "1.1", "1.2", "5.2", index=index)
            second = await watching.visit(NOW + HOUR)
            kept = await watching.kept()
        assert (first.look, first.listed, first.fresh, first.count("new"), first.enqueued) == ("listed", 2, 2, 2, 0)
        assert (second.listed, second.fresh, second.count("new"), second.enqueued) == (3, 1, 1, 1)
        assert kept.resolutions == (("1.1", 1), ("1.2", 1), ("5.2", 1))
        assert kept.messages == 1

    async def test_a_source_that_was_empty_at_first_is_not_silent_any_more(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            publish(publisher, "5.2")
            await watching.round(NOW + HOUR)
            assert (await watching.kept()).messages == 1

    async def test_a_look_that_failed_was_no_first_look(self, publisher: Publisher, workshop: Workshop) -> None:
        publisher.fail("/feed.xml")
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            publish(publisher, "5.2")
            await watching.round(NOW + HOUR)
            kept = await watching.kept()
        assert (kept.resolutions, kept.messages) == ((("5.2", 1),), 0)

    async def test_a_silent_document_that_fails_at_first_stays_silent(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "5.2")
        publisher.fail("/5.2.txt")
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            publisher.put("/5.2.txt", document("5.2"))
            await watching.round(NOW + HOUR)
            kept = await watching.kept()
        assert (kept.resolutions, kept.messages) == ((("5.2", 1),), 0)

    async def test_the_same_again_is_no_news_and_is_not_asked_for(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "5.2")
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            at_once = await watching.visit(NOW + MINUTE)
            later = await watching.visit(NOW + HOUR)
        assert (at_once.look, at_once.documents) == ("not due", ())
        assert (later.look, later.fresh, later.documents) == ("listed", 0, ())
        assert publisher.paths == ["/feed.xml", "/5.2.txt", "/feed.xml"]

    async def test_an_index_that_is_unchanged_is_not_sent_again(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "5.2")
        publisher.put("/feed.xml", replace(rss([(publisher.address("/5.2.txt"), "5.2")]), etag='"1"'))
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            looks = [(await watching.visit(NOW + hour * HOUR)).look for hour in (1, 2)]
            state = await watching.source()
        assert looks == ["unchanged", "unchanged"]
        assert (state.etag, state.next_due) == ('"1"', NOW + 3 * HOUR)

    async def test_a_corrected_document_is_told_as_a_revision(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "5.2")
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            publisher.put("/5.2.txt", document("5.2", "Die BspMK bittet die Länder, Sprachkurse zu bezahlen."))
            before = await watching.visit(NOW + DAY)
            after = await watching.visit(NOW + 2 * DAY)
            kept = await watching.kept()
        assert before.documents == ()
        assert (after.count("changed"), after.enqueued) == (1, 1)
        assert (kept.resolutions, kept.messages) == ((("5.2", 2),), 1)

    @pytest.mark.parametrize("etag", ['"1"', None], ids=["not modified", "sent again"])
    async def test_a_document_that_is_asked_for_again_and_the_same_is_no_news(
        self, publisher: Publisher, workshop: Workshop, etag: str | None
    ) -> None:
        publish(publisher, "5.2")
        publisher.put("/5.2.txt", replace(document("5.2"), etag=etag))
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            reports = [await watching.visit(NOW + day * DAY) for day in (2, 4)]
            kept = await watching.kept()
            entry = await watching.entry(publisher, "/5.2.txt")
        assert [report.count("same") for report in reports] == [1, 1]
        assert (kept.resolutions, kept.messages) == ((("5.2", 1),), 0)
        assert (entry.etag, entry.next_due) == (etag, NOW + 6 * DAY)
        assert entry.sha256

    async def test_an_entry_that_was_changed_in_its_feed_is_asked_for_at_once(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "5.2")
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            publisher.put("/feed.xml", rss([(publisher.address("/5.2.txt"), "TOP 5.2 (korrigiert)")]))
            report = await watching.visit(NOW + HOUR)
        assert (report.fresh, report.count("same")) == (1, 1)

    async def test_one_document_in_two_sources_is_told_once(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, index="/feed.xml")
        publish(publisher, "1.1", index="/liste.html")
        async with workshop.open(feed_source(publisher), links_source(publisher)) as watching:
            await watching.subscribe()
            await watching.round(NOW)
            publish(publisher, "5.2", index="/feed.xml")
            publish(publisher, "5.2", index="/liste.html")
            report = await watching.round(NOW + HOUR)
            kept = await watching.kept()
        assert (report.count("new"), report.count("same"), report.enqueued) == (1, 1, 1)
        assert kept.messages == 1

    async def test_a_host_is_asked_one_thing_at_a_time_by_all_sources_together(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        catalogue = [feed_source(publisher, f"s{number}", f"/{number}.xml") for number in range(12)]
        for number in range(12):
            publish(publisher, f"1.{number}", index=f"/{number}.xml")
        publisher.takes = 0.01
        async with workshop.open(*catalogue) as watching:
            report = await watching.round()
        assert (report.looked_at, report.count("new")) == (12, 12)
        assert publisher.most_at_once == 1


class TestOneSource:
    async def test_is_looked_at_due_or_not_and_the_whole_of_it(self, publisher: Publisher, workshop: Workshop) -> None:
        """Without validators: the operator may have mended the selector while the page stayed the same."""
        publish(publisher, "5.2", index="/liste.html")
        publisher.put("/liste.html", replace(Page(b"<main><a href='/5.2.txt'>x</a></main>"), etag='"1"'))
        async with workshop.open(links_source(publisher), feed_source(publisher)) as watching:
            await watching.round(NOW, "links")
            report = await watching.round(NOW + MINUTE, "links")
        assert [source.look for source in report.sources] == ["listed"]
        assert "/feed.xml" not in publisher.paths

    async def test_that_does_not_exist_is_an_error_that_names_near_ones(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        async with workshop.open(feed_source(publisher, "bundestag-hib"), links_source(publisher)) as watching:
            with pytest.raises(UnknownSource, match="no source 'bundestag-hip': did you mean bundestag-hib"):
                await watching.round(only="bundestag-hip")
            with pytest.raises(UnknownSource, match="known are bundestag-hib, links"):
                await watching.round(only="qqq")

    async def test_that_is_for_later_is_left_alone(self, workshop: Workshop) -> None:
        async with workshop.open(Source("dip", "DIP", "api-later")) as watching:
            assert [(await watching.visit(only=only)).look for only in (None, "dip")] == ["not watched"] * 2


class TestFailing:
    async def test_the_good_source_gets_through_beside_all_kinds_of_broken_ones(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publisher.hang("/hangs.xml")
        publisher.fail("/fails.xml", 500)
        publisher.put("/broken.xml", "<rss><channel><item><title>Kaputt")
        publisher.put("/page.xml", "<html><body>Wartung</body></html>")
        publish(publisher, "5.2")
        names = ("hangs", "fails", "broken", "page", "missing")
        broken = [feed_source(publisher, name, f"/{name}.xml", "localhost") for name in names]
        patient = replace(workshop, limits=Limits(pause=0, time=0.5))
        async with patient.open(*broken, feed_source(publisher)) as watching:
            report = await watching.round()
            kept = await watching.kept()
            states = {name: await watching.source(name) for name in names}
        assert {one.source: one.look for one in report.sources} == dict.fromkeys(names, "failed") | {"feed": "listed"}
        assert kept.resolutions == (("5.2", 1),)
        assert all(state.failures == 1 and state.next_due == NOW + 10 * MINUTE for state in states.values())
        assert "no complete answer" in str(states["hangs"].last_error)
        assert "answers 500" in str(states["fails"].last_error)
        assert "answers 404" in str(states["missing"].last_error)
        assert "no feed" in str(states["page"].last_error)

    async def test_a_failing_source_is_asked_less_and_less_and_recovers(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publisher.fail("/feed.xml")
        async with workshop.open(feed_source(publisher)) as watching:
            at, asked_at = NOW, list[dt.datetime]()
            while len(asked_at) < 10:
                asked_at.append(at)
                await watching.round(at)
                state = await watching.source()
                assert state.next_due
                at = state.next_due
            publish(publisher, "5.2")
            recovered = await watching.visit(at)
            state = await watching.source()
        waits = [(later - before) / MINUTE for before, later in itertools.pairwise(asked_at)]
        assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 1440]
        assert recovered.count("new") == 1
        assert (state.failures, state.last_error, state.next_due) == (0, None, at + HOUR)

    async def test_a_selector_that_finds_nothing_is_a_failure_and_loses_nothing(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "1.1", index="/liste.html")
        async with workshop.open(links_source(publisher)) as watching:
            await watching.round(NOW)
            publisher.put("/liste.html", "<html><body><div>Neuer Auftritt</div></body></html>")
            report = await watching.visit(NOW + HOUR)
            state = await watching.source("links")
        assert report.look == "failed"
        assert "may have been rebuilt" in str(report.problem)
        assert (state.failures, state.last_success) == (1, NOW)

    @pytest.mark.parametrize(
        ("page", "says"),
        [
            (Page(b"x", status=500), "answers 500"),
            (Page(b"x", status=404), "answers 404"),
            (Page(b"\x00\x01\xff" * 50, "application/octet-stream"), "PDF"),
            (Page(b"%PDF-1.7 kaputt", "application/pdf"), "PDF"),
            (Page(b"half", manner="break off"), "broke off"),
        ],
        ids=["500", "404", "no document", "broken PDF", "breaks off"],
    )
    async def test_a_broken_document_stops_no_other_and_is_tried_again(
        self, publisher: Publisher, workshop: Workshop, page: Page, says: str
    ) -> None:
        publish(publisher, "1.1", "5.2", "7.1")
        publisher.put("/5.2.txt", page)
        async with workshop.open(feed_source(publisher)) as watching:
            report = await watching.visit(NOW)
            entry = await watching.entry(publisher, "/5.2.txt")
            publisher.put("/5.2.txt", document("5.2"))
            again = await watching.visit(NOW + 10 * MINUTE)
            kept = await watching.kept()
        assert (report.count("new"), report.count("failed")) == (2, 1)
        assert (entry.status, entry.failures, entry.next_due) == ("failed", 1, NOW + 10 * MINUTE)
        assert says in str(entry.error)
        assert (again.look, again.count("new")) == ("not due", 1)
        assert [number for number, _ in kept.resolutions] == ["1.1", "5.2", "7.1"]

    async def test_a_reader_that_falls_over_a_document_stops_no_other(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "1.1", "5.2")
        fell: list[str] = []

        def fault(point: str) -> None:
            if point == "before read_document" and not fell:
                fell.append(point)
                raise RecursionError("too deep")

        async with workshop.open(feed_source(publisher), fault=fault) as watching:
            report = await watching.visit()
            entry = await watching.entry(publisher, "/1.1.txt")
        assert (report.count("failed"), report.count("new")) == (1, 1)
        assert entry.error == "unexpected: RecursionError: too deep"

    async def test_a_source_that_falls_over_is_recorded_like_any_failure(
        self, publisher: Publisher, workshop: Workshop, caplog: pytest.LogCaptureFixture
    ) -> None:
        publish(publisher, "5.2")

        def fault(point: str) -> None:
            if point == "before read_index":
                raise RecursionError("too deep")

        async with workshop.open(feed_source(publisher), fault=fault) as watching:
            report = await watching.visit()
            state = await watching.source()
        assert (report.look, report.problem) == ("failed", "unexpected: RecursionError: too deep")
        assert (state.failures, state.last_error) == (1, report.problem)
        assert "source.unexpected" in caplog.messages

    async def test_a_host_that_wants_a_pause_is_left_alone(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1", "5.2", "7.1")
        publisher.fail("/5.2.txt", 503, {"Retry-After": "7200"})
        async with workshop.open(feed_source(publisher)) as watching:
            report = await watching.visit()
            waiting = await watching.entry(publisher, "/5.2.txt")
            untouched = await watching.entry(publisher, "/7.1.txt")
        assert [one.outcome for one in report.documents] == ["new", "failed"]
        assert waiting.next_due == NOW + 2 * HOUR
        assert (untouched.status, untouched.failures, untouched.next_due) == ("waiting", 0, NOW)

    async def test_a_host_that_hangs_does_not_hold_up_the_round_for_every_document(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "1.1", "5.2", "7.1")
        for path in ("/1.1.txt", "/5.2.txt"):
            publisher.hang(path)
        hasty = replace(workshop, limits=Limits(pause=0, time=0.3))
        async with hasty.open(feed_source(publisher)) as watching:
            rounds = [await watching.visit(NOW + minute * MINUTE) for minute in range(3)]
        assert [[one.outcome for one in report.documents] for report in rounds] == [["failed"], ["failed"], ["new"]]

    async def test_a_round_takes_a_bounded_number_of_documents_and_the_next_goes_on(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        count = MAX_DOCUMENTS + 5
        publisher.put("/feed.xml", rss([(publisher.address(f"/{number}"), "x") for number in range(count)]))
        async with workshop.open(feed_source(publisher)) as watching:
            rounds = [await watching.visit(NOW + minute * MINUTE) for minute in range(2)]
        assert [report.count("failed") for report in rounds] == [MAX_DOCUMENTS, 5]


class TestReport:
    async def test_tells_what_happened_by_source_and_in_sum(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1", "5.2")
        publisher.fail("/5.2.txt", 500)
        publisher.fail("/liste.html", 500)
        later = Source("dip", "DIP", "api-later")
        async with workshop.open(feed_source(publisher), links_source(publisher), later) as watching:
            report = await watching.round()
            quiet = await watching.round(NOW + MINUTE)
        assert report.lines() == (
            "feed: 2 listed, 2 fresh; documents: 1 new, 1 failed",
            f"feed: {publisher.address('/5.2.txt')}: {publisher.address('/5.2.txt')} answers 500 Internal Server Error",
            f"links: failed: {publisher.address('/liste.html')} answers 500 Internal Server Error",
            "2 sources looked at, 1 of them failed; documents: 1 new, 0 changed, 0 same, 1 failed; 0 messages enqueued",
        )
        assert len(quiet.lines()) == 1


class TestCheck:
    async def test_reads_index_and_first_document_and_stores_nothing(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "5.2", "7.1")
        async with workshop.open(feed_source(publisher)) as watching:
            report = await check(watching.services, feed_source(publisher))
            kept = await watching.kept()
        assert report.ok
        assert [entry.title for entry in report.entries] == ["TOP 5.2", "TOP 7.1"]
        assert report.reading
        assert [resolution.number for resolution in report.reading.resolutions] == ["5.2"]
        assert kept.resolutions == ()
        assert publisher.paths == ["/feed.xml", "/5.2.txt"]

    async def test_says_what_is_wrong_with_the_index(self, publisher: Publisher, workshop: Workshop) -> None:
        publisher.put("/liste.html", "<html></html>")
        cases = {
            feed_source(publisher): "answers 404",
            links_source(publisher): "may have been rebuilt",
            Source("dip", "DIP", "api-later"): "not watched yet",
        }
        async with workshop.open() as watching:
            for source, says in cases.items():
                report = await check(watching.services, source)
                assert not report.ok
                assert says in str(report.problem)

    @pytest.mark.parametrize(
        ("page", "says"), [(Page(b"x", status=500), "answers 500"), (Page(b"%PDF-", "application/pdf"), "PDF")]
    )
    async def test_says_what_is_wrong_with_the_document(
        self, publisher: Publisher, workshop: Workshop, page: Page, says: str
    ) -> None:
        publish(publisher, "5.2")
        publisher.put("/5.2.txt", page)
        async with workshop.open() as watching:
            report = await check(watching.services, feed_source(publisher))
        assert not report.ok
        assert (report.problem, report.reading) == (None, None)
        assert says in str(report.document_problem)


class TestCrash:
    """The program ends at every point in turn; the next start must lose nothing and tell nothing twice."""

    async def _rounds(self, publisher: Publisher, workshop: Workshop, url: str, fault: KillAt | None) -> bool:
        """A second round with two new documents; whether it came to its end."""
        async with workshop.open(feed_source(publisher), url=url, fault=fault) as watching:
            try:
                await watching.round(NOW + HOUR)
            except (Killed, BaseExceptionGroup):
                return False
        return True

    async def test_in_a_round_with_news(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1")
        publisher.put("/feed.xml", replace(rss([(publisher.address("/1.1.txt"), "TOP 1.1")]), etag='"1"'))
        before = workshop.store()
        async with workshop.open(feed_source(publisher), url=before) as watching:
            await watching.subscribe()
            await watching.round(NOW)
        publish(publisher, "1.1", "5.2", "7.1")
        news = [(publisher.address(f"/{number}.txt"), f"TOP {number}") for number in ("1.1", "5.2", "7.1")]
        publisher.put("/feed.xml", replace(rss(news), etag='"2"'))
        for point in _until_it_ends(killed := []):
            url = _copy(before, workshop.store())
            killed.append(not await self._rounds(publisher, workshop, url, KillAt(point)))
            async with workshop.open(feed_source(publisher), url=url) as watching:
                await watching.round(NOW + HOUR + MINUTE)
                kept = await watching.kept()
            assert kept.resolutions == (("1.1", 1), ("5.2", 1), ("7.1", 1)), f"point {point}"
            assert kept.messages == 2, f"point {point}"
            assert kept.read == ("1.1.txt", "5.2.txt", "7.1.txt"), f"point {point}"
        assert len(killed) > 20

    async def test_in_the_first_look(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "5.2", "7.1")
        for point in _until_it_ends(killed := []):
            url = workshop.store()
            async with workshop.open(feed_source(publisher), url=url) as watching:
                await watching.subscribe()
            killed.append(not await self._rounds(publisher, workshop, url, KillAt(point)))
            async with workshop.open(feed_source(publisher), url=url) as watching:
                await watching.round(NOW + HOUR + MINUTE)
                kept = await watching.kept()
            assert kept.resolutions == (("5.2", 1), ("7.1", 1)), f"point {point}"
            assert kept.messages == 0, f"point {point}: the first look is silent also when it took two rounds"
        assert len(killed) > 20

    async def test_a_round_that_is_told_to_stop_goes_on_next_time(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "1.1", "5.2")
        publisher.hang("/5.2.txt")
        url = workshop.store()
        async with workshop.open(feed_source(publisher), url=url) as watching:
            running = asyncio.create_task(watching.round(NOW))
            await publisher.until_asked("/5.2.txt")
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
        publisher.put("/5.2.txt", document("5.2"))
        async with workshop.open(feed_source(publisher), url=url) as watching:
            report = await watching.visit(NOW + MINUTE)
            kept = await watching.kept()
        assert (report.look, report.count("new")) == ("not due", 1)
        assert [number for number, _ in kept.resolutions] == ["1.1", "5.2"]


def _until_it_ends(killed: list[bool]) -> Iterator[int]:
    """Points from 1 on, until a run was not killed any more because it has no further one."""
    for point in itertools.count(1):
        if killed and not killed[-1]:
            return
        yield point


def _copy(source: str, target: str) -> str:
    """The store at one address, closed, to the other."""
    shutil.copy(source.partition(":///")[2], target.partition(":///")[2])
    return target
