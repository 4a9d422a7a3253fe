"""Files as other programs open them: calendars, spreadsheets, readers of PDF."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from handlers.files.calendar_file import Entry, calendar_file
from handlers.files.document_file import pdf_file, text_file
from handlers.files.table_file import csv_file, json_file
from handlers.reply import Block, Span, plain

NOW = dt.datetime(2026, 3, 4, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 30)
CLOSING = "Maßgeblich ist das Original."


def events(*entries: Entry) -> list[dict[str, Any]]:
    calendar = Calendar.from_ical(calendar_file("Fristen", entries, NOW).decode())
    return [dict(one) for one in calendar.walk("VEVENT")]


def test_a_deadline_is_a_whole_day() -> None:
    (event,) = events(Entry("frist-1-0", DAY, "Frist: TOP 5.2; a, b", "Zeile 1\nZeile 2", "https://b.example/7.pdf"))
    assert str(event["SUMMARY"]) == "Frist: TOP 5.2; a, b"
    assert str(event["DESCRIPTION"]) == "Zeile 1\nZeile 2"
    assert event["DTSTART"].dt == DAY
    assert event["DTEND"].dt == DAY + dt.timedelta(days=1)
    assert str(event["URL"]) == "https://b.example/7.pdf"


def test_the_same_deadline_has_the_same_name_at_every_export() -> None:
    (first,), (second,) = events(Entry("frist-1-0", DAY, "a", "")), events(Entry("frist-1-0", DAY, "b", ""))
    assert first["UID"] == second["UID"]


def test_lines_are_as_the_standard_wants_them() -> None:
    data = calendar_file("Fristen", [Entry("x", DAY, "ä" * 200, "")], NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545, 3.1: octets, not characters"
    assert b"\n" not in data.replace(b"\r\n", b"")


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=40), min_size=2, max_size=2))
def test_a_table_is_read_back_as_it_was(cells: list[str]) -> None:
    data = csv_file({"a": "a", "b": "b"}, [{"a": cells[0], "b": cells[1]}])
    _, row = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


@pytest.mark.parametrize("bad", ["=1+1", "+49", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_carried_out(bad: str) -> None:
    data = csv_file({"a": "A"}, [{"a": bad}]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(data.splitlines()[1]), delimiter=";"))[0].startswith("'")


def test_lists_and_gaps() -> None:
    rows = [{"a": ("Bayern", "Hessen"), "b": None, "c": 7}]
    titles = {"a": "Länder", "b": "Ort", "c": "Zahl"}
    assert csv_file(titles, rows).decode("utf-8-sig") == "Länder;Ort;Zahl\r\nBayern, Hessen;;7\r\n"
    assert json.loads(json_file(("a", "b", "c"), rows)) == [{"a": ["Bayern", "Hessen"], "b": None, "c": 7}]


BLOCKS = (
    plain("TOP 5.2 – Sprachkurse", "heading"),
    Block((Span("„Fett“ ", "bold"), Span("<kein Markup> & "), Span("Quelle", "link", "https://b.example/?a=1&b=2"))),
    *(plain(f"{number}. Die Länder bitten den Bund um größere Mittel.", "bullet") for number in range(80)),
)


def test_a_pdf_has_all_the_words_and_a_foot_on_each_page() -> None:
    document = pypdfium2.PdfDocument(pdf_file("TOP 5.2", BLOCKS, CLOSING))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert all(CLOSING in text for text in texts)
    whole = " ".join(" ".join(texts).split())
    assert "„Fett“ <kein Markup> & Quelle" in whole
    assert all(f"{number}. Die Länder" in whole for number in range(80))
    assert document.get_metadata_value("Title") == "TOP 5.2"


def test_text_says_the_same() -> None:
    text = text_file(BLOCKS[:3], CLOSING).decode("utf-8-sig")
    assert text.split("\n\n") == [
        "TOP 5.2 – Sprachkurse",
        "„Fett“ <kein Markup> & Quelle",
        "• 0. Die Länder bitten den Bund um größere Mittel.",
        CLOSING,
    ]
