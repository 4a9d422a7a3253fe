"""The Bundestag's documentation as an index: addresses and answers, by its public description."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from feeds.read_dip import FIRST, OVERLAP, page_address, read_page, since

NOW = dt.datetime(2026, 11, 6, 12, tzinfo=dt.UTC)


def document(number: int, **changed: Any) -> dict[str, Any]:
    plain = {
        "id": f"{number}",
        "drucksachetyp": "Antrag",
        "dokumentnummer": f"500/{number}",
        "titel": "Sprachkurse  im Beispielland",
        "datum": "2026-11-05",
        "aktualisiert": "2026-11-06T10:00:00+01:00",
        "fundstelle": {"pdf_url": f"https://dserver.example/500/{number}.pdf"},
    }
    return plain | changed


def page(*documents: Any, cursor: str = "weiter") -> bytes:
    return json.dumps({"numFound": 99, "cursor": cursor, "documents": documents}).encode()


def test_a_page_gives_entries_and_where_to_go_on() -> None:
    found = read_page(page(document(1), document(2)), None)
    assert found.cursor == "weiter"
    first, second = found.entries
    assert (first.address, second.address) == (
        "https://dserver.example/500/1.pdf",
        "https://dserver.example/500/2.pdf",
    )
    assert first.title == "Antrag 500/1: Sprachkurse im Beispielland"
    assert first.updated == dt.datetime(2026, 11, 6, 9, tzinfo=dt.UTC)
    assert first.published == dt.datetime(2026, 11, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("body", "cursor", "why"),
    [
        (page(document(1), cursor="x"), "x", "the cursor stays the same"),
        (page(cursor="neu"), "x", "an empty page"),
    ],
)
def test_the_list_ends(body: bytes, cursor: str, why: str) -> None:
    assert read_page(body, cursor).cursor is None, why


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"fundstelle": None}, "not published as a file"),
        ({"fundstelle": {}}, "no file either"),
        ({"fundstelle": {"pdf_url": "javascript:alert(1)"}}, "no address on the web"),
        ({"fundstelle": {"pdf_url": 5}}, "no text"),
    ],
)
def test_a_document_without_a_file_is_left_out(odd: dict[str, Any], why: str) -> None:
    assert [one.key for one in read_page(page(document(1, **odd), document(2)), None).entries] == ["2"], why


@pytest.mark.parametrize("gone", ["titel", "datum", "aktualisiert", "drucksachetyp", "dokumentnummer", "id"])
def test_what_is_missing_is_no_reason_to_lose_the_document(gone: str) -> None:
    (entry,) = read_page(page(document(1, **{gone: None})), None).entries
    assert entry.address.endswith("/1.pdf")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"documents": {}, "cursor": "x"}',
        b'{"documents": [], "cursor": 5}',
        b"[" * 99_999,
    ],
    ids=lambda body: repr(body[:30]),
)
def test_what_is_no_list_is_a_problem(body: bytes) -> None:
    found = read_page(body, None)
    assert (found.entries, found.cursor) == ((), None)
    assert "DIP" in (found.problem or "")


def test_the_catalogues_filters_are_kept() -> None:
    asked = page_address("https://dip.example/api/v1/drucksache?f.zuordnung=BR", NOW, "a b/+=")
    assert urlsplit(asked).path == "/api/v1/drucksache"
    assert parse_qs(urlsplit(asked).query) == {
        "f.zuordnung": ["BR"],
        "f.aktualisiert.start": ["2026-11-06T12:00:00+00:00"],
        "cursor": ["a b/+="],
    }


def test_looks_overlap() -> None:
    assert since(None, NOW) == NOW - FIRST
    assert since(NOW, NOW + dt.timedelta(hours=1)) == NOW - OVERLAP
