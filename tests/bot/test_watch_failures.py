"""What a failure costs: nobody but the source or document that failed, and it not for ever."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from functools import partial

import pytest

from bot.visit import MAX_DOCUMENTS
from feeds.fetch import Limits
from feeds.isolated import ReadingLimits, read_isolated
from tests.bot.watching import HOUR, MINUTE, NOW, Workshop, document, feed_source, links_source, make_workshop, publish
from tests.publisher import Page, Publisher, rss


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make_workshop(tmp_path_factory.mktemp("watch"))


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

    async def test_a_document_that_takes_for_ever_is_given_up_and_stops_no_other(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "1.1", "5.2")
        endless = document("1.1", "Die BspMK bittet den Bund, die Berufssprachkurse dauerhaft zu fördern. " * 100_000)
        publisher.put("/1.1.txt", endless)
        limited = replace(workshop, read=partial(read_isolated, limits=ReadingLimits(seconds=4)))
        async with limited.open(feed_source(publisher)) as watching:
            report = await watching.visit()
            entry = await watching.entry(publisher, "/1.1.txt")
        assert (report.count("failed"), report.count("new")) == (1, 1)
        assert "mehr als 4 Sekunden" in str(entry.error)

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
