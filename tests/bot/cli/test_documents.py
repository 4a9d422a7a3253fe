"""read, ingest, ask, chat, db: what works on files and the store alone."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Typed


def test_read_shows_the_record(beschlussbote: Typed, documents: Path) -> None:
    ran = beschlussbote("read", "documents/termine.html")
    assert ran.code == 0
    assert "40. Beispielministerkonferenz 2026 · Hauptkonferenz · 05.11.2026 – 06.11.2026 · Musterstadt" in ran.out
    assert "TOP 4.2 Digitale Termine in Ausländerbehörden" in ran.out
    assert "Antragsteller: Berlin, Brandenburg, Saarland" in ran.out
    assert "mehrheitlich beschlossen, 3 Ziffern, 3 Absätze" in ran.out
    assert "Protokollnotiz von Sachsen, Thüringen: Sachsen und Thüringen betreiben" in ran.out


def test_read_as_json_has_the_public_shape(beschlussbote: Typed, documents: Path, home: Path) -> None:
    record = json.loads(beschlussbote("read", "documents/kurse.pdf", "--json").out)
    assert record["publication"]["source"] == "documents/kurse.pdf"
    assert (record["publication"]["body"], record["publication"]["session"]) == ("BspMK", 40)
    (resolution,) = record["resolutions"]
    assert resolution["number"] == "4.1"
    assert len(resolution["applicants"]) == 9
    assert [item["lines"] for item in resolution["items"]] == [[1, 4], [5, 9], [10, 15], [16, 19], [20, 23]]
    assert resolution["protocol_notes"][0]["states"] == ["Bayern"]
    assert resolution["protocol_notes"][0]["item"] == 2
    assert not (home / "b.sqlite").exists(), "reading stores nothing"
    topics = {one["topic"]: one["evidence"] for one in record["resolutions"][0]["topics"]}
    assert any("Sprachkurs" in word for word in topics["sprachkurse"])


@pytest.mark.parametrize(("name", "content"), [("none.pdf", None), ("broken.pdf", b"%PDF-1.4 broken")])
def test_a_document_that_cannot_be_read_is_one_line(
    beschlussbote: Typed, home: Path, name: str, content: bytes | None
) -> None:
    if content:
        (home / name).write_bytes(content)
    ran = beschlussbote("read", name)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert name in ran.err or "PDF" in ran.err


@pytest.mark.parametrize(("name", "content"), [("leer.txt", ""), ("blank.txt", " \n"), ("leer.html", "<html></html>")])
@pytest.mark.parametrize("words", [("read",), ("read", "--json"), ("ingest",)], ids=" ".join)
def test_a_document_without_text_is_a_problem(
    beschlussbote: Typed, home: Path, words: tuple[str, ...], name: str, content: str
) -> None:
    (home / name).write_text(content, encoding="utf-8")
    ran = beschlussbote(*words, name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"beschlussbote: {name}: Kein Text gefunden.\n"


def test_a_document_without_text_is_not_stored(beschlussbote: Typed, home: Path) -> None:
    (home / "leer.txt").touch()
    for _ in range(2):
        assert "known already" not in beschlussbote("ingest", "leer.txt").out


def test_a_folder_without_documents_is_a_problem_and_stops_nobody(beschlussbote: Typed, documents: Path) -> None:
    (documents / "none").mkdir()
    (documents / "none" / "notes.doc").touch()
    ran = beschlussbote("ingest", "documents/none", "documents/kurse.pdf")
    assert ran.code == 1
    assert ran.out == "documents/kurse.pdf: new, 1 resolution\n"
    assert len(ran.err.splitlines()) == 1
    assert "documents/none: no documents in this folder" in ran.err


def test_asking_waits_for_no_writer(beschlussbote: Typed, documents: Path, home: Path) -> None:
    beschlussbote("ingest", "documents")
    writer = sqlite3.connect(home / "b.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    ran = beschlussbote("ask", "/topic Sprachkurse")  # would fail after half a minute: nobody gives the lock up
    writer.close()
    assert (ran.code, ran.err) == (0, "")


def test_one_broken_file_does_not_stop_the_others(beschlussbote: Typed, documents: Path) -> None:
    (documents / "a_broken.pdf").write_bytes(b"%PDF-1.4 broken")
    ran = beschlussbote("ingest", "documents", "none.txt")
    assert ran.code == 1
    assert [line.split(":")[1] for line in ran.err.splitlines()] == [" documents/a_broken.pdf", " none.txt"]
    assert ran.out.splitlines() == [
        "documents/kurse.pdf: new, 1 resolution",
        "documents/termine.html: new, 1 resolution",
        "4 documents: 2 new, 2 failed",
    ]


NO_RESOLUTIONS = [
    ("hallo.txt", "Hallo Welt"),
    ("kekse.html", "<html><body><h1>Cookies</h1><p>Wir verwenden Cookies. Bitte stimmen Sie zu.</p></body></html>"),
]


@pytest.mark.parametrize(("name", "content"), NO_RESOLUTIONS)
def test_what_is_no_resolution_is_said_and_never_shown(
    beschlussbote: Typed, documents: Path, home: Path, name: str, content: str
) -> None:
    (home / name).write_text(content, encoding="utf-8")
    for _ in range(2):
        ran = beschlussbote("ingest", name, "documents/kurse.pdf", "--notify")
        assert ran.code == 1
        assert ran.out.splitlines()[-1].endswith(", 1 not recognised")
        assert ran.err.startswith(f"beschlussbote: {name}: not recognised, kept as a document without resolutions (")
        assert f"'beschlussbote read {name}'" in ran.err
    for question in ("/neu", "/topic Hallo", "/topic Cookies"):
        reply = json.loads(beschlussbote("ask", question, "--json").out)
        assert {hit["number"] for hit in reply["hits"]} <= {"4.1"}


def test_a_document_that_was_not_recognised_is_read_anew_when_it_is_seen_again(
    beschlussbote: Typed, documents: Path, home: Path
) -> None:
    (home / "kurse.pdf").write_text("Wartungsarbeiten", encoding="utf-8")
    assert beschlussbote("ingest", "kurse.pdf").code == 1
    (home / "kurse.pdf").write_bytes((documents / "kurse.pdf").read_bytes())
    assert beschlussbote("ingest", "kurse.pdf").out == "kurse.pdf: new, 1 resolution\n"
    assert beschlussbote("ingest", "kurse.pdf").out == "kurse.pdf: known already\n"


TEXT = """7. Beispielministerkonferenz 2026
Hauptkonferenz am 5. – 6. November 2026 in Musterstadt

TOP 1

Lesebusse

Die BspMK hat einstimmig beschlossen:

1. Die BspMK dankt den Städten für ihre Lesebusse.

2. Sie bittet die Länder, weitere Haltestellen für Lesebusse einzurichten.
"""


def test_a_copy_that_broke_off_leaves_the_stored_text_and_is_named(beschlussbote: Typed, home: Path) -> None:
    (home / "ganz.txt").write_text(TEXT, encoding="utf-8")
    (home / "halb.txt").write_text(TEXT[:-30], encoding="utf-8")
    assert beschlussbote("ingest", "ganz.txt").out == "ganz.txt: new, 1 resolution\n"
    ran = beschlussbote("ingest", "halb.txt")
    assert (ran.code, ran.err) == (0, "")
    first, warning = ran.out.splitlines()
    assert first.startswith("halb.txt: known already; 1 resolution shorter than stored, the stored text stays: 1 (")
    assert warning.startswith("  warning: 1: Der Text bricht am Ende mitten im Satz ab")
    assert "einzurichten." in beschlussbote("ask", "/beschluss 1").out
    accepted = beschlussbote("ingest", "halb.txt", "--accept-shorter")
    assert accepted.out.splitlines()[0] == "halb.txt: changed, 1 resolution"
    assert "einzurichten." not in beschlussbote("ask", "/beschluss 1").out


def test_the_same_document_again_is_no_news(beschlussbote: Typed, documents: Path) -> None:
    assert beschlussbote("ingest", "documents").code == 0
    again = beschlussbote("ingest", "documents/*.pdf", "--notify")
    assert (again.code, again.out) == (0, "documents/kurse.pdf: known already\n")


@pytest.mark.parametrize(("notify", "told"), [((), ""), (("--notify",), ", 1 message enqueued")])
def test_a_first_import_is_silent_unless_asked_for(
    beschlussbote: Typed, documents: Path, notify: tuple[str, ...], told: str
) -> None:
    assert beschlussbote("ask", "/abo topic Sprachkurse", "--chat", "telegram:1").code == 0
    ran = beschlussbote("ingest", "documents/kurse.pdf", *notify)
    assert ran.out == f"documents/kurse.pdf: new, 1 resolution{told}\n"


def test_ask_answers_as_json_and_as_text(beschlussbote: Typed, documents: Path) -> None:
    beschlussbote("ingest", "documents")
    reply = json.loads(beschlussbote("ask", "/topic Sprachkurse", "--json").out)
    assert set(reply) == {"text", "blocks", "buttons", "hits", "total", "suggestions", "error", "attachments"}
    assert reply["total"] == 1
    assert set(reply["hits"][0]) == {"source", "number", "body", "session", "title", "role", "score", "id", "revision"}
    assert (reply["hits"][0]["number"], reply["hits"][0]["source"]) == ("4.1", "documents/kurse.pdf")
    text = beschlussbote("ask", "/topic Sprachkurse").out
    assert "Protokollnotiz von Bayern zu Ziffer 2 (Z.\u00a024–26)" in text
    assert "  /abo topic Sprachkurse " in text


def test_a_typing_error_gets_what_was_meant(beschlussbote: Typed, documents: Path) -> None:
    beschlussbote("ingest", "documents")
    reply = json.loads(beschlussbote("ask", "/topic Sprachkruse", "--json").out)
    assert "Sprachkurse" in reply["suggestions"]
    assert reply["hits"][0]["number"] == "4.1"


def test_limit_bounds_what_is_shown_but_not_what_is_counted(beschlussbote: Typed, documents: Path) -> None:
    beschlussbote("ingest", "documents")
    reply = json.loads(beschlussbote("ask", "/topic Länder", "--json", "--limit", "1").out)
    assert (len(reply["hits"]), reply["total"]) == (1, 2)


def test_chat_answers_line_by_line_until_the_input_ends(
    beschlussbote: Typed, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beschlussbote("ingest", "documents")
    monkeypatch.setattr("sys.stdin", io.StringIO("/abo state Sachsen\n\n1\n/neu\n"))
    ran = beschlussbote("chat")
    assert ran.code == 0
    assert "Abonniert: Land Sachsen" in ran.out
    assert ran.out.index("Abonniert") < ran.out.index("Beendet") < ran.out.rindex("TOP 4.2"), "1 pressed “Rückgängig”"


def test_db_shows_and_upgrades(beschlussbote: Typed) -> None:
    before = beschlussbote("db", "current")
    assert before.code == 0
    assert before.out.startswith("empty (this version needs ")
    newest = before.out.split()[-1].rstrip(")")
    assert f"is at {newest} (was at nothing)" in beschlussbote("db", "upgrade").out
    assert beschlussbote("db", "current").out == f"{newest}\n"
    assert "nothing to do" in beschlussbote("db", "upgrade").out
