"""`sources add URL`, against a real publisher."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.manuscript import packaged
from bot.demo.typeset import typeset
from config.catalogue import load_catalogue
from tests.bot.cli.conftest import Typed, beside
from tests.publisher import Page, Publisher, links_page, rss


@pytest.fixture
def own(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one's own, still empty but for a comment."""
    path = home / "own.toml"
    path.write_text("# Unsere Quellen\n", encoding="utf-8")
    monkeypatch.setenv("BESCHLUSSBOTE_SOURCES", str(path))
    monkeypatch.setenv("BESCHLUSSBOTE_FETCH_ALLOW", "127.0.0.1")
    return path


@pytest.fixture
def site(publisher: Publisher) -> Publisher:
    publisher.put("/7.pdf", Page(typeset(packaged("top_4_1_sprachkurse")), "application/pdf"))
    publisher.put("/liste", links_page([(publisher.address("/7.pdf"), "7. BspMK")]))
    return publisher


def begins_as_before(catalogue: Path) -> bool:
    return catalogue.read_text(encoding="utf-8").startswith("# Unsere Quellen\n")


async def test_a_page_with_documents_is_tried_and_written(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    ran = await beside(
        beschlussbote, "sources", "add", site.address("/liste"), "--as", "bspmk", "--name", 'Die "BspMK"'
    )
    assert (ran.code, ran.err) == (0, "")
    (source,) = load_catalogue(own)
    assert (source.id, source.name, source.kind) == ("bspmk", 'Die "BspMK"', "links")
    assert source.verified
    assert begins_as_before(own)
    watched = await beside(beschlussbote, "watch", "--once")
    assert "1 new" in watched.out


async def test_the_feed_that_a_page_announces_is_preferred(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    site.put("/rss.xml", rss([(site.address("/7.pdf"), "7. BspMK")]))
    head = '<head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>'
    site.put("/start", f'{head}<main><a href="/7.pdf">7</a></main>')
    ran = await beside(beschlussbote, "sources", "add", site.address("/start"))
    assert ran.code == 0
    (source,) = load_catalogue(own)
    assert (source.kind, source.address, source.id) == ("feed", site.address("/rss.xml"), "127-0-0-1")


async def test_a_feed_that_fails_gives_way_to_the_page(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    head = '<head><link rel="alternate" type="application/rss+xml" href="/weg.xml"></head>'
    site.put("/start", f'{head}<main><a href="/7.pdf">7</a></main>')
    ran = await beside(beschlussbote, "sources", "add", site.address("/start"))
    assert ran.code == 0
    assert "404" in ran.err
    assert [source.kind for source in load_catalogue(own)] == ["links"]


async def test_the_sitemap_that_robots_txt_names_is_found(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    site.robots(f"User-agent: *\nSitemap: {site.address('/s.xml')}\n")
    site.put("/s.xml", f"<urlset><url><loc>{site.address('/7.pdf')}</loc></url></urlset>")
    site.put("/start", "<p>Guten Tag</p>")
    assert (await beside(beschlussbote, "sources", "add", site.address("/start"))).code == 0
    assert [source.kind for source in load_catalogue(own)] == ["sitemap"]
    watched = await beside(beschlussbote, "watch", "--once")
    assert "1 new" in watched.out


async def test_what_cannot_be_added_changes_nothing(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    site.put("/start", "<p>Guten Tag</p>")
    nothing = await beside(beschlussbote, "sources", "add", site.address("/start"))
    assert (nothing.code, len(nothing.err.splitlines())) == (1, 1)
    gone = await beside(beschlussbote, "sources", "add", site.address("/weg"))
    assert (gone.code, "404" in gone.err) == (1, True)
    alone = await beside(beschlussbote, "sources", "add")
    assert (alone.code, "sources add https://" in alone.err) == (2, True)
    assert load_catalogue(own) == ()


async def test_an_id_is_taken_once(beschlussbote: Typed, own: Path, site: Publisher) -> None:
    first = await beside(beschlussbote, "sources", "add", site.address("/liste"), "--as", "bspmk")
    second = await beside(beschlussbote, "sources", "add", site.address("/liste"), "--as", "bspmk")
    assert (first.code, second.code) == (0, 2)
    assert "--as" in second.err
    odd = await beside(beschlussbote, "sources", "add", site.address("/liste"), "--as", "Mit Leerzeichen")
    assert odd.code == 1
    assert len(load_catalogue(own)) == 1


async def test_the_packaged_catalogue_is_not_written_to(
    beschlussbote: Typed, own: Path, site: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BESCHLUSSBOTE_SOURCES")
    ran = await beside(beschlussbote, "sources", "add", site.address("/liste"))
    assert ran.code == 0
    assert "[[source]]" in ran.out
    assert "BESCHLUSSBOTE_SOURCES" in ran.out
