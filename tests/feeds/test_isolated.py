"""A document is read in a process of its own, and whatever that process does costs this one document only."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.as_json import reading_from_json, reading_to_json
from feeds.isolated import ReadingLimits, read_isolated
from feeds.read import UnreadableDocument, read_document
from tests.feeds.pdf_pages import Look, Type, column, drawn, printed
from tests.seeds import Seeds

DOCUMENT = printed([Type("TOP 1.1"), Type("Titel", gap=True), Type("Die Länder danken.", gap=True)], Look(foot="#"))
LONG = (
    "TOP 1.1\n\nTitel\n\nAntragsteller: Bayern\n\n" + "Die Länder bitten den Bund um mehr Mittel.\n" * 60_000
).encode()


async def refusal(data: bytes, limits: ReadingLimits) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        await read_isolated(data, "any", None, limits)
    return str(raised.value)


def children() -> set[str]:
    """The processes that this one has started and not yet waited for."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


@pytest.fixture(autouse=True)
def _leaves_no_process() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


class TestReading:
    async def test_gives_what_reading_here_gives(self, seeds: Seeds) -> None:
        data = seeds.intmk.read_bytes()
        assert await read_isolated(data, "https://example.org/a.txt", "text/plain") == read_document(
            data, "https://example.org/a.txt", "text/plain"
        )
        assert await read_isolated(DOCUMENT, "b.pdf") == read_document(DOCUMENT, "b.pdf")

    async def test_passes_on_what_is_wrong_with_a_document(self) -> None:
        assert "Passwort" in await refusal(drawn(column(["Text"]), password="geheim"), ReadingLimits())
        assert "weder PDF noch HTML noch Text" in await refusal(b"PK\x03\x04\x00\x00", ReadingLimits())

    async def test_several_at_once_do_not_disturb_each_other(self) -> None:
        texts = [f"Papier Nummer {n}.\n\nDie Länder danken." for n in range(6)]
        readings = await asyncio.gather(*(read_isolated(text.encode(), f"{n}.txt") for n, text in enumerate(texts)))
        assert readings == [read_document(text.encode(), f"{n}.txt") for n, text in enumerate(texts)]

    async def test_needs_no_environment_and_gives_none(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Not even where it is started; and the child sees no secret of ours."""
        (tmp_path / "feeds").mkdir()
        (tmp_path / "feeds" / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
        monkeypatch.setenv("PYTHONHOME", "/nowhere")
        assert (await read_isolated(DOCUMENT, "b.pdf")).publication.source == "b.pdf"


class TestLimits:
    async def test_time(self) -> None:
        assert "mehr als 0.3 Sekunden" in await refusal(LONG, ReadingLimits(seconds=0.3))

    async def test_memory(self) -> None:
        assert "mehr als 40 MB Speicher" in await refusal(LONG * 4, ReadingLimits(memory=40_000_000))

    async def test_a_pdf_that_unpacks_to_much_more_than_it_is(self) -> None:
        """Some kilobytes of packed blanks that pdfium unpacks to hundreds of megabytes."""
        bomb = packed(b" " * 300_000_000)
        assert len(bomb) < 1_000_000
        assert await refusal(bomb, ReadingLimits(memory=200_000_000))

    async def test_size_of_the_answer(self) -> None:
        assert "unsinnig großes Ergebnis" in await refusal(DOCUMENT, ReadingLimits(answer=100))

    async def test_a_caller_that_gives_up_leaves_no_child(self) -> None:
        reading = asyncio.create_task(read_isolated(LONG * 4, "any"))
        await asyncio.sleep(0.1)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading


class TestChildThatMisbehaves:
    """Another program in the place of Python stands for a child that a document has taken over."""

    @pytest.mark.parametrize(
        ("script", "says"),
        [
            ("exit 0", "nicht sinnvoll geantwortet"),
            ("echo '{\"reading\": 5}'", "nicht sinnvoll geantwortet"),
            ('echo \'{"result": {"publication": {"kind": "virus"}}}\'', "nicht sinnvoll geantwortet"),
            ("head -c 300000 /dev/zero | tr '\\0' '['", "nicht sinnvoll geantwortet"),
            ("cat >/dev/null; exit 3", "Code 3"),
            ("kill -SEGV $$", "SIGSEGV"),
            ("kill -XCPU $$", "mehr als 2 Sekunden"),
            ("exec sleep 60", "mehr als 2 Sekunden"),
            ("sleep 60 & exit 0", "mehr als 2 Sekunden"),
            ("yes", "unsinnig großes Ergebnis"),
        ],
    )
    async def test_costs_the_document(
        self, script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _stand_in(script, tmp_path, monkeypatch)
        assert says in await refusal(LONG, ReadingLimits(seconds=2))

    async def test_cannot_pass_for_another_document(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        lie = {"source": "x", "kind": "paper", "title": "t", "sha256": "0"}
        answer = json.dumps({"result": {"publication": lie, "resolutions": []}})
        _stand_in(f"cat >/dev/null; echo '{answer}'", tmp_path, monkeypatch)
        told = (await read_isolated(DOCUMENT, "b.pdf")).publication
        true = read_document(DOCUMENT, "b.pdf").publication
        assert (told.source, told.sha256) == (true.source, true.sha256)


def _stand_in(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "child"
    program.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def packed(content: bytes) -> bytes:
    """A PDF of one page with this content, packed."""
    stream = zlib.compress(content, 9)
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    head = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" + page
    body = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n" % (len(stream), stream)
    return b"%PDF-1.4\n" + head + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_a_reading_goes_through_json_unchanged(seeds: Seeds) -> None:
    for path in (seeds.intmk, seeds.roadmap, seeds.alliance):
        reading = read_document(path.read_bytes(), path.name)
        assert reading_from_json(reading_to_json(reading)) == reading
