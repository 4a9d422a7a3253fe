"""Sources as they really are: they move, say how long a page holds, and are not at fault when we are offline."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from config.catalogue import Source
from tests.bot.watching import DAY, HOUR, MINUTE, NOW, Workshop, document, feed_source, make_workshop, publish
from tests.publisher import Publisher, rss


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make_workshop(tmp_path_factory.mktemp("real"))


def paths(publisher: Publisher) -> list[str]:
    return [one.path for one in publisher.asked if one.path.endswith(".xml")]


class TestMoving:
    @pytest.mark.parametrize(("status", "remembered"), [(301, True), (308, True), (302, False), (307, False)])
    async def test_what_moves_for_good_is_asked_for_there_from_then_on(
        self, publisher: Publisher, workshop: Workshop, status: int, remembered: bool
    ) -> None:
        publish(publisher, "1.1", index="/neu.xml")
        publisher.redirect("/feed.xml", "/neu.xml", status)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            await watching.round(NOW + HOUR)
            assert (await watching.source()).moved_to == (publisher.address("/neu.xml") if remembered else None)
        again = ["/neu.xml"] if remembered else ["/feed.xml", "/neu.xml"]
        assert paths(publisher) == ["/feed.xml", "/neu.xml", *again]

    async def test_a_corrected_catalogue_counts_more(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1", index="/neu.xml")
        publish(publisher, "1.1", index="/besser.xml")
        publisher.redirect("/feed.xml", "/neu.xml", 301)
        url = workshop.store()
        async with workshop.open(feed_source(publisher), url=url) as watching:
            await watching.round(NOW)
        async with workshop.open(feed_source(publisher, path="/besser.xml"), url=url) as watching:
            await watching.round(NOW + HOUR)
        assert paths(publisher)[-1] == "/besser.xml"

    async def test_a_move_that_leads_nowhere_is_forgotten(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1", index="/neu.xml")
        publisher.redirect("/feed.xml", "/neu.xml", 301)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            publisher.fail("/neu.xml", 404)
            publish(publisher, "1.1", "1.2", index="/feed.xml")
            assert (await watching.visit(NOW + HOUR)).look == "failed"
            assert (await watching.visit(NOW + 2 * HOUR)).look == "listed", "it is back at its old place"
        assert paths(publisher)[-2:] == ["/neu.xml", "/feed.xml"]

    async def test_only_what_is_behind_lasting_hops_is_kept(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1", index="/heute.xml")
        publisher.redirect("/feed.xml", "/neu.xml", 301)
        publisher.redirect("/neu.xml", "/heute.xml", 302)
        async with workshop.open(feed_source(publisher)) as watching:
            await watching.round(NOW)
            assert (await watching.source()).moved_to == publisher.address("/neu.xml")


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("max-age=7200", 2 * HOUR),
        ("public, MAX-AGE=10800, must-revalidate", 3 * HOUR),
        ("max-age=60", HOUR),
        ("max-age=31536000", DAY),
        ("s-maxage=7200", HOUR),
        ("max-age=soon", HOUR),
        ("no-cache", HOUR),
    ],
)
async def test_a_page_is_not_asked_for_before_it_may_have_changed(
    publisher: Publisher, workshop: Workshop, header: str, pause: dt.timedelta
) -> None:
    publisher.put("/1.1.txt", document("1.1"))
    feed = rss([(publisher.address("/1.1.txt"), "TOP 1.1")])
    publisher.put("/feed.xml", replace(feed, etag='"1"', headers={"Cache-Control": header}))
    async with workshop.open(feed_source(publisher)) as watching:
        await watching.round(NOW)
        assert (await watching.source()).next_due == NOW + pause
        await watching.round(NOW + pause)
        assert (await watching.source()).next_due == NOW + 2 * pause, "a 304 says so too"


class TestBeingOffline:
    def sources(self, publisher: Publisher, port: int) -> tuple[Source, ...]:
        """Three that nobody listens at."""
        return tuple(
            replace(feed_source(publisher, id), address=f"http://127.0.0.1:{port}/{id}.xml") for id in ("a", "b", "c")
        )

    async def test_no_source_is_to_blame_and_all_are_tried_again_soon(
        self, publisher: Publisher, workshop: Workshop
    ) -> None:
        nobody = 9  # the port of "discard", at which nothing listens here
        async with workshop.open(*self.sources(publisher, nobody)) as watching:
            for minutes in (0, 5, 10):
                report = await watching.round(NOW + minutes * MINUTE)
                assert report.offline == ("a", "b", "c")
            state = await watching.source("a")
        assert (state.failures, state.next_due) == (0, NOW + 15 * MINUTE)
        assert state.last_error == "we were offline"

    async def test_where_one_is_reached_the_others_are_ill(self, publisher: Publisher, workshop: Workshop) -> None:
        publish(publisher, "1.1")
        async with workshop.open(*self.sources(publisher, 9), feed_source(publisher)) as watching:
            report = await watching.round(NOW)
            assert report.offline == ()
            assert (await watching.source("a")).failures == 1
