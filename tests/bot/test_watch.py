"""Polling rounds over real HTTP and a real store: what is found, and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.watch import UnknownSource, check
from config.catalogue import Source
from tests.bot.watching import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    Workshop,
    document,
    feed_source,
    links_source,
    make_workshop,
    publish,
)
from tests.publisher import Page, Publisher, rss


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make_workshop(tmp_path_factory.mktemp("watch"))


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

    async def test_a_document_that_has_long_been_listed_is_asked_for_weekly(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        publish(publisher, "5.2", index="/liste.html")
        late = NOW + 100 * DAY
        async with workshop.open(links_source(publisher)) as watching:
            await watching.round(NOW)
            young = await watching.entry(publisher, "/5.2.txt", "links")
            await watching.round(late)
            old = await watching.entry(publisher, "/5.2.txt", "links")
        assert (young.next_due, old.next_due) == (NOW + 2 * DAY, late + 7 * DAY)

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


PAGE = Page(b"<html><body><h1>Wartung</h1><p>Bitte versuchen Sie es morgen wieder.</p></body></html>", etag='"w"')


class TestDoubtful:
    async def test_a_page_that_is_no_resolution_is_named_and_read_anew_at_every_look(
        self, publisher: Publisher, workshop: Workshop, caplog: pytest.LogCaptureFixture
    ) -> None:
        publish(publisher, "5.2")
        publisher.put("/5.2.txt", PAGE)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.subscribe()
            reports = [await watching.visit(NOW + days * DAY) for days in (0, 3)]
            assert (await watching.kept()).resolutions == ()
            assert caplog.messages.count("document.doubtful") == 2
            publisher.put("/5.2.txt", document("5.2"))
            await watching.round(NOW + 6 * DAY)
            kept = await watching.kept()
        address = publisher.address("/5.2.txt")
        for report, found in zip(reports, ("1 listed, 1 fresh", "1 listed, 0 fresh"), strict=True):
            first, second = report.lines()
            assert first == f"feed: {found}; documents: 1 not recognised"
            assert second.startswith(f"feed: {address}: Kein Beschluss erkannt")
        assert (kept.resolutions, kept.messages) == ((("5.2", 1),), 0), (
            "it was listed before anybody was told of anything"
        )

    async def test_a_document_that_breaks_off_is_not_told_and_asked_for_again(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        whole = document("5.2", "Die BspMK bittet den Bund, mehr Sprachkurse in den Städten zu fördern.")
        cut = Page(whole.body[: whole.body.index("Städten".encode())], whole.content_type, etag='"cut"')
        publish(publisher, "5.2")
        publisher.put("/5.2.txt", whole)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            await watching.subscribe()
            publisher.put("/5.2.txt", cut)
            report = await watching.visit(NOW + 3 * DAY)
            known = await watching.entry(publisher, "/5.2.txt")
            kept = await watching.kept()
        address = publisher.address("/5.2.txt")
        assert report.lines()[1] == f"feed: {address}: shorter than stored, the stored text stays: 5.2"
        assert (known.etag, known.sha256) == (None, None), "the next look asks for all of it"
        assert (kept.resolutions, kept.messages) == ((("5.2", 1),), 0)


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
            report = await check(watching.services, feed_source(publisher), NOW)
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
                report = await check(watching.services, source, NOW)
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
            report = await check(watching.services, feed_source(publisher), NOW)
        assert not report.ok
        assert (report.problem, report.reading) == (None, None)
        assert says in str(report.document_problem)
