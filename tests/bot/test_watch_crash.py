"""The program ends in the middle of a round: the next one loses nothing and tells nothing twice."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.bot.watching import (
    HOUR,
    MINUTE,
    NOW,
    KillAt,
    Killed,
    Workshop,
    document,
    feed_source,
    make_workshop,
    publish,
)
from tests.publisher import Publisher, rss


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make_workshop(tmp_path_factory.mktemp("watch"))


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
