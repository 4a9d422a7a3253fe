"""Watching the Bundestag's documentation: with a key, page by page, over real HTTP."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from yarl import URL

from bot.watch import check
from bot.watch import run_round as round_of
from config.catalogue import Source
from config.settings import Secret
from feeds.read_dip import page_address, since
from tests.bot.watching import HOUR, NOW, Watching, Workshop, document, feed_source, make_workshop
from tests.publisher import Page, Publisher

KEY = Secret("geheimer-schluessel")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return make_workshop(tmp_path_factory.mktemp("dip"))


def source(publisher: Publisher) -> Source:
    return replace(feed_source(publisher, "dip", "/drucksache?f.zuordnung=BR"), kind="dip")


def path_of(address: str) -> str:
    """As it stands in the request."""
    return str(URL(address).relative())


def put(publisher: Publisher, cursor: str | None, following: str, *numbers: str, looked: bool = False) -> None:
    """The answer to one page's request, as the first look asks for it, or with `looked` the one an hour later."""
    when = since(NOW, NOW + HOUR) if looked else since(None, NOW)
    place = path_of(page_address(source(publisher).address, when, cursor))
    found = [{"id": one, "fundstelle": {"pdf_url": publisher.address(f"/{one}.txt")}} for one in numbers]
    body = json.dumps({"numFound": 3, "cursor": following, "documents": found})
    publisher.put(place, Page(body.encode(), "application/json"))
    for one in numbers:
        publisher.put(f"/{one}.txt", document(one))


def keyed(watching: Watching) -> Watching:
    return Watching(replace(watching.services, dip_key=KEY))


async def test_all_pages_are_read_with_the_key_and_later_only_what_has_changed(
    publisher: Publisher, workshop: Workshop
) -> None:
    put(publisher, None, "a", "1.1", "1.2")
    put(publisher, "a", "b", "1.3")
    put(publisher, "b", "b")
    put(publisher, None, "c", "1.4", looked=True)
    put(publisher, "c", "c", looked=True)
    async with workshop.open(source(publisher)) as plain:
        watching = keyed(plain)
        assert (await watching.visit(NOW)).listed == 3
        assert (await watching.visit(NOW + HOUR)).fresh == 1
        assert (await watching.kept()).resolutions == (("1.1", 1), ("1.2", 1), ("1.3", 1), ("1.4", 1))
    lists = [one for one in publisher.asked if one.path.startswith("/drucksache")]
    assert {one.headers["Authorization"] for one in lists} == {f"ApiKey {KEY.reveal()}"}
    others = [one for one in publisher.asked if not one.path.startswith("/drucksache")]
    assert not any("Authorization" in one.headers for one in others), "the key is for the interface alone"


async def test_a_key_that_is_refused_is_a_failure_that_does_not_show_it(
    publisher: Publisher, workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    place = path_of(page_address(source(publisher).address, since(None, NOW), None))
    publisher.fail(place, 401)
    async with workshop.open(source(publisher)) as plain:
        report = await keyed(plain).visit(NOW)
    assert report.look == "failed"
    assert "401" in (report.problem or "")
    assert KEY.reveal() not in f"{report.problem} {caplog.text}"


async def test_no_redirect_takes_the_key_to_another_host(publisher: Publisher, workshop: Workshop) -> None:
    place = path_of(page_address(source(publisher).address, since(None, NOW), None))
    publisher.redirect(place, f"http://localhost:{publisher.port}/anderswo")
    publisher.put("/anderswo", Page(b'{"documents": [], "cursor": ""}'))
    async with workshop.open(source(publisher)) as plain:
        await keyed(plain).visit(NOW)
    (elsewhere,) = [one for one in publisher.asked if one.path == "/anderswo"]
    assert "Authorization" not in elsewhere.headers


async def test_without_a_key_it_is_not_watched_and_a_trial_says_why(publisher: Publisher, workshop: Workshop) -> None:
    async with workshop.open(source(publisher)) as watching:
        assert (await round_of(watching.services, NOW)).sources[0].look == "not watched"
        report = await check(watching.services, source(publisher), NOW)
    assert "DIP_KEY" in (report.problem or "")
    assert publisher.asked == []
