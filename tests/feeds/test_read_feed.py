"""Feeds as they come: whole, odd, broken, and what is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.entry import Entry
from feeds.read_feed import read_feed

ADDRESS = "https://x.example/rss/feed.xml"
NOON = dt.datetime(2026, 11, 6, 11, tzinfo=dt.UTC)


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    opening = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Neues</title>'
    return f"{head}{opening}{items}</channel></rss>".encode()


def only(items: str) -> Entry:
    (entry,) = read_feed(rss(items), ADDRESS).entries
    return entry


def test_an_entry_of_rss() -> None:
    entry = only(
        "<item><title>Beschluss 5.2</title><link>https://x.example/a.pdf</link><guid isPermaLink='false'>17</guid>"
        "<pubDate>Fri, 06 Nov 2026 12:00:00 +0100</pubDate></item>"
    )
    assert entry == Entry("https://x.example/a.pdf", "Beschluss 5.2", NOON, NOON, "17")


def test_an_entry_of_atom() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title>A</title>
      <link rel="enclosure" href="/a.zip"/><link href="../a.html"/>
      <published>2026-11-06T11:00:00Z</published><updated>2026-11-07T12:00:00+01:00</updated></entry></feed>"""
    (entry,) = read_feed(body.encode(), ADDRESS).entries
    assert entry == Entry("https://x.example/a.html", "A", NOON, NOON + dt.timedelta(days=1), "urn:1")


@pytest.mark.parametrize(
    ("item", "address", "why"),
    [
        ("<link>https://y.example/a</link>", "https://y.example/a", "absolute"),
        ("<link>/a</link>", "https://x.example/a", "relative to the feed"),
        ("<link>a</link>", "https://x.example/rss/a", "relative to the feed's folder"),
        ("<link>\n https://x.example/a \n</link>", "https://x.example/a", "blanks around it"),
        ("<link>/a;jsessionid=1.live?x=1</link>", "https://x.example/a?x=1", "without the session"),
        ("<guid>https://x.example/a</guid>", "https://x.example/a", "the guid is the link"),
        ('<enclosure url="/a.pdf" type="application/pdf"/>', "https://x.example/a.pdf", "only a file"),
        ("<link>/a?b=1&amp;c=2</link>", "https://x.example/a?b=1&c=2", "escaped"),
    ],
)
def test_where_an_entry_leads(item: str, address: str, why: str) -> None:
    assert only(f"<item><title>A</title>{item}</item>").address == address, why


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ("<guid isPermaLink='false'> abc </guid>", "abc"),
        ("<guid></guid>", "https://x.example/a"),
        ("", "https://x.example/a"),
    ],
)
def test_an_entry_without_guid_is_known_by_its_link(item: str, key: str) -> None:
    assert only(f"<item><link>https://x.example/a</link>{item}</item>").key == key


@pytest.mark.parametrize(
    ("item", "moment"),
    [
        ("<pubDate>Fr, 06 Nov 2026 12:00:00 +0100</pubDate>", NOON),
        ("<pubDate>6. November 2026, 12:00 Uhr</pubDate>", NOON),
        ("<dc:date>2026-11-06T12:00:00+01:00</dc:date>", NOON),
        ("<pubDate>irgendwann</pubDate>", None),
        ("<pubDate>0000-00-00</pubDate>", None),
        ("", None),
    ],
)
def test_when_an_entry_was_published(item: str, moment: dt.datetime | None) -> None:
    entry = only(f"<item><link>/a</link>{item}</item>")
    assert (entry.published, entry.updated) == (moment, moment)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<title>Drucksache &amp;amp; Beschluss</title>", "Drucksache & Beschluss"),
        ("<title>&lt;b&gt;Fett&lt;/b&gt; und\n mager</title>", "Fett und mager"),
        ("<title><![CDATA[Größe <i>x</i>]]></title>", "Größe x"),
        ("<title> </title>", None),
        ("", None),
    ],
)
def test_titles_without_markup_on_one_line(title: str, shown: str | None) -> None:
    assert only(f"<item>{title}<link>/a</link></item>").title == shown


def test_an_entry_that_stands_twice_counts_once() -> None:
    listing = read_feed(rss("<item><link>/a#1</link></item><item><title>A</title><link>/a#2</link></item>"), ADDRESS)
    assert [(entry.address, entry.title) for entry in listing.entries] == [("https://x.example/a", "A")]


def test_entries_without_a_link_are_left_out_and_told_of() -> None:
    listing = read_feed(rss("<item><title>A</title></item><item><link>/b</link></item>"), ADDRESS)
    assert len(listing.entries) == 1
    assert listing.problem == "1 of the feed's 2 entries have no link and were left out"


def test_a_feed_without_entries_is_no_problem() -> None:
    listing = read_feed(rss(""), ADDRESS)
    assert (listing.entries, listing.problem, listing.usable) == ((), None, True)


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "application/xml"),
        ('<?xml version="1.0" encoding="utf-8"?>', "application/xml; charset=iso-8859-1"),
        ('<?xml version="1.0"?>', "text/xml; charset=utf-8"),
    ],
    ids=["says it itself", "the server is right", "the server is wrong"],
)
def test_characters_of_older_sets(head: str, content_type: str) -> None:
    body = rss("<item><title>Länder</title><link>/a</link></item>", head).decode().encode("iso-8859-1")
    listing = read_feed(body, ADDRESS, content_type)
    assert [entry.title for entry in listing.entries] == ["Länder"]
    assert listing.problem is None


def test_a_feed_with_the_type_of_a_page_is_read() -> None:
    listing = read_feed(rss("<item><link>/a</link></item>"), ADDRESS, "text/html; charset=utf-8")
    assert (len(listing.entries), listing.problem) == (1, None)


def test_a_feed_that_breaks_off_gives_what_is_whole_and_says_so() -> None:
    whole = rss("<item><title>A</title><link>/a</link></item><item><title>B</title><link>/b</link></item>")
    listing = read_feed(whole[: whole.index(b"<title>B")], ADDRESS)
    assert listing.entries[0].address == "https://x.example/a"
    assert listing.usable
    assert "the feed is broken" in str(listing.problem)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><html><body><h1>Wartungsarbeiten</h1></body></html>",
        b"%PDF-1.7",
        b'{"items": []}',
        b"\x00\xff\xfe\x80",
        b"<rss",
    ],
)
def test_what_is_no_feed_is_a_problem_not_silence(body: bytes) -> None:
    listing = read_feed(body, ADDRESS, "text/html")
    assert not listing.usable
    assert listing.problem


def test_a_body_that_names_a_file_does_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss("<item><link>/a</link></item>"))
    assert not read_feed(str(path).encode(), ADDRESS).usable


@given(st.binary(max_size=300) | st.text("<>/&;itemlnkrsfd '\"!?=[]", max_size=200).map(str.encode))
def test_rubbish_is_survived(body: bytes) -> None:
    listing = read_feed(body, ADDRESS)
    assert listing.usable or listing.problem


@given(st.integers(0, 600), st.binary(max_size=4))
def test_a_damaged_feed_is_survived(at: int, damage: bytes) -> None:
    whole = rss(
        "<item><title>A &amp; B</title><link>/a</link><pubDate>Fri, 06 Nov 2026 12:00:00 +0100</pubDate></item>" * 2
    )
    listing = read_feed(whole[:at] + damage + whole[at + len(damage) :], ADDRESS)
    assert listing.usable or listing.problem
