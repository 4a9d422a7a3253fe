from __future__ import annotations

import aiohttp
import pytest

from bot.demo.publisher import FEED_PATH, LIST_PATH, Document, Publisher


def page(path: str, shown_in: str = "list", data: bytes = b"text") -> Document:
    return Document(path, f"Titel <{path}>", "text/html", data, "feed" if shown_in == "feed" else "list")


async def get(address: str, **headers: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.get(address, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("ETag", "")


async def test_feed_and_list_show_what_was_published_where_newest_first() -> None:
    async with Publisher() as site:
        for document in (page("/a"), page("/b", "feed"), page("/c")):
            site.publish(document)
        _, feed, _ = await get(site.address + FEED_PATH)
        _, links, _ = await get(site.address + LIST_PATH)
    assert f"<link>{site.address}/b</link>" in feed
    assert "/a" not in feed.replace(site.address, "")
    assert links.index('href="/c"') < links.index('href="/a"')
    assert "Titel &lt;/c&gt;" in links


async def test_whoever_has_the_page_already_gets_no_body_until_it_changes() -> None:
    async with Publisher() as site:
        site.publish(page("/a", data=b"one"))
        status, text, tag = await get(site.address + "/a")
        assert (status, text) == (200, "one")
        assert (await get(site.address + "/a", **{"If-None-Match": tag}))[:2] == (304, "")
        site.publish(page("/a", data=b"two"))
        assert (await get(site.address + "/a", **{"If-None-Match": tag}))[:2] == (200, "two")
    assert site.asked == ["/a", "/a", "/a"]


async def test_an_unknown_page_is_404_and_nothing_answers_after_the_end() -> None:
    async with Publisher() as site:
        assert (await get(site.address + "/none"))[0] == 404
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(site.address + "/a")
