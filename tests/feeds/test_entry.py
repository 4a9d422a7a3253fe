from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.entry import Entry, Listing, distinct, document_address

BASE = "https://x.example/a/b.html"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("c.pdf", "https://x.example/a/c.pdf"),
        ("/c.pdf", "https://x.example/c.pdf"),
        ("//y.example/c.pdf", "https://y.example/c.pdf"),
        ("http://y.example", "http://y.example/"),
        ("?id=1", "https://x.example/a/b.html?id=1"),
        ("  c.pdf\n", "https://x.example/a/c.pdf"),
        ("c\n.pdf", "https://x.example/a/c.pdf"),
        ("c.pdf#page=2", "https://x.example/a/c.pdf"),
        ("Beschluss 5.pdf", "https://x.example/a/Beschluss%205.pdf"),
        ("Beschlüsse.pdf", "https://x.example/a/Beschl%C3%BCsse.pdf"),
        ("Beschl%C3%BCsse.pdf", "https://x.example/a/Beschl%C3%BCsse.pdf"),
        ("c.pdf?__blob=publicationFile&v=2", "https://x.example/a/c.pdf?__blob=publicationFile&v=2"),
        ("c.html;jsessionid=0A1B.live_2?nn=1", "https://x.example/a/c.html?nn=1"),
        ("#oben", None),
        (" #oben", None),
        ("mailto:post@x.example", None),
        ("tel:+4930", None),
        ("javascript:void(0)", None),
        ("data:text/plain,x", None),
        ("ftp://x.example/c.pdf", None),
        ("http://[::1", None),
        ("http://x.example:99999/", None),
    ],
)
def test_where_a_link_leads(href: str, address: str | None) -> None:
    assert document_address(BASE, href) == address


@given(st.text(max_size=60))
def test_an_address_stays_the_same_when_it_is_read_again(href: str) -> None:
    address = document_address(BASE, href)
    if address is not None:
        assert document_address(BASE, address) == address
        assert urlsplit(address).scheme in ("http", "https")


def test_every_address_once_with_its_first_title() -> None:
    listed = [Entry("a", None), Entry("b", "B"), Entry("a", "A"), Entry("a", "other"), Entry("b", None)]
    assert [(entry.address, entry.title) for entry in distinct(listed)] == [("a", "A"), ("b", "B")]


@pytest.mark.parametrize(
    ("listing", "usable"),
    [
        (Listing(()), True),
        (Listing((), "broken"), False),
        (Listing((Entry("a", None),), "odd"), True),
    ],
)
def test_an_empty_index_is_usable_unless_something_is_wrong_with_it(listing: Listing, usable: bool) -> None:
    assert listing.usable is usable
