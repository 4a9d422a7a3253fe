from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.files import documents


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.PDF", "notes.doc", "deep/c.html", "deep/.d.htm"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["b.txt"], ["b.txt"]),
        (["notes.doc"], ["notes.doc"]),  # named itself: tried, whatever it is
        (["."], ["a.PDF", "b.txt", "deep/.d.htm", "deep/c.html"]),  # from a folder only what can be read
        (["deep", "b.txt", "deep/c.html"], ["deep/.d.htm", "deep/c.html", "b.txt"]),  # each once
        (["*.txt"], ["b.txt"]),
        (["**/*.html"], ["deep/c.html"]),
        (["none.txt", "b.txt"], ["none.txt", "b.txt"]),  # kept, so that reading it can say so
    ],
)
def test_names_become_files(folder: Path, typed: list[str], meant: list[str]) -> None:
    assert [path.as_posix() for path in documents(typed)] == meant


def test_a_name_with_pattern_signs_that_exists_is_that_file(folder: Path) -> None:
    (folder / "x[1].txt").touch()
    assert list(documents(["x[1].txt"])) == [Path("x[1].txt")]
